//! What a password hash costs in the artifact that is deployed: `cargo run -p measure -- hash`.
//!
//! Link-time optimisation compiles the whole program again, and at the opt-level of small code it undoes what `opt-level = 3` was
//! for. So the release build of `access` is run as a process, and asked to log in addresses that nobody has: each takes one hash. The
//! same requests with a password too long to be hashed take everything else, and what remains is the hash. Beside it, in turns, the same
//! hash is made in this program, whose dev profile builds the crate at opt-level 3 and links without optimising again.
//!
//! Measured is processor time: of the process as the kernel counts it, in ticks of 10 ms, and of this program.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use identity::verify_password;
use local::{LocalCloud, Options};
use serde_json::{Value, json};

use crate::boot::Running;
use crate::build::Artifacts;
use crate::error::Error;
use crate::processor::processor_time;
use crate::subject::{self, Subject};

/// How many times as long as at opt-level 3 a hash may take in the artifact.
const SLOWEST: f64 = 1.1;

/// Longer than any password that is hashed.
const TOO_LONG: usize = 2_000;

/// Measures a password hash in the artifact that is deployed.
#[derive(Args)]
pub(crate) struct Hash {
    /// In how many turns it is measured
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    turns: u32,
    /// How many hashes each turn takes
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    hashes: u32,
    /// Fail if a hash takes more than 1.1 times as long as at opt-level 3
    #[arg(long)]
    check: bool,
    /// Measure the artifact as it was built before
    #[arg(long)]
    no_build: bool,
}

impl Hash {
    pub(crate) async fn run(&self) -> Result<ExitCode, Error> {
        let artifacts = Artifacts::of_this_workspace()?;
        if !self.no_build {
            artifacts.build()?;
        }
        let cloud = LocalCloud::start(Options::default()).await?;
        let subject = subject::log_in(&artifacts, &cloud)?;
        let mut process = Running::start(&subject).await?;
        process.first(&subject).await?;
        let mut deployed = Duration::ZERO;
        let mut optimised = Duration::ZERO;
        self.log_in(&subject, &mut process, 0).await?;
        for turn in 1..=self.turns {
            let with_hash = self.log_in(&subject, &mut process, turn).await?;
            let without = self.log_in_without_hash(&subject, &mut process, turn).await?;
            deployed += with_hash.saturating_sub(without);
            optimised += self.hash_here().await;
        }
        cloud.stop().await;
        let hashes = self.turns * self.hashes;
        let ratio = deployed.as_secs_f64() / optimised.as_secs_f64();
        println!("| a hash in | CPU each |\n|---|--:|");
        println!("| the artifact `access` | {:.1} ms |", (deployed / hashes).as_secs_f64() * 1e3);
        println!("| this program, at opt-level 3 | {:.1} ms |", (optimised / hashes).as_secs_f64() * 1e3);
        println!("\n{ratio:.2} times, over {hashes} hashes");
        Ok(if self.check && ratio > SLOWEST { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    async fn log_in(&self, subject: &Subject, process: &mut Running, turn: u32) -> Result<Duration, Error> {
        self.requests(subject, process, turn, "a password of nobody", 401).await
    }

    async fn log_in_without_hash(
        &self,
        subject: &Subject,
        process: &mut Running,
        turn: u32,
    ) -> Result<Duration, Error> {
        self.requests(subject, process, turn, &"x".repeat(TOO_LONG), 422).await
    }

    /// Processor time of the process for requests with this password, which are answered with this status.
    async fn requests(
        &self,
        subject: &Subject,
        process: &mut Running,
        turn: u32,
        password: &str,
        status: u16,
    ) -> Result<Duration, Error> {
        let before = process.processor_time()?;
        for number in 0..self.hashes {
            let answer = process.answer(subject, &event(turn * self.hashes + number, password)).await?;
            if answer["statusCode"] != json!(status) {
                return Err(format!("{answer}, where {status} was expected").into());
            }
        }
        Ok(process.processor_time()? - before)
    }

    async fn hash_here(&self) -> Duration {
        let before = processor_time();
        for _ in 0..self.hashes {
            verify_password("a password of nobody".to_owned(), None).await;
        }
        processor_time() - before
    }
}

/// A login, each at an address of its own and from a source of its own: what one source may do is limited.
fn event(number: u32, password: &str) -> Value {
    let body = json!({"email": format!("nobody-{number}@example.com"), "password": password});
    let mut event = subject::request("POST", "/v1/sessions", Some(body));
    event["requestContext"]["http"]["sourceIp"] =
        format!("2001:db8:{:x}:{:x}::1", number >> 16, number & 0xffff).into();
    event
}
