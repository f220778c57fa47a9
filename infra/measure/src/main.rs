//! Cold starts, measured on real processes: `cargo run -p measure`. And what a hash costs in what is deployed ([`hash`]), and a
//! registration in a local cloud that fills up ([`fill`]).
//!
//! Every artifact is started as Lambda starts it: its release build, with the environment that template.yaml gives it, against a
//! Lambda runtime API that holds an event. AWS is the local cloud, in this process. Measured is wall time,
//!
//! - **ready**: from just before `exec` until the process asks for its first event. Clients are made, and keys read, after that;
//! - **first answer**: from the same moment until the answer to that event has come in. It is a real request, and where
//!   it can be, an administrator's ([`Subject::reads_twice`](subject::Subject::reads_twice)).
//!
//! A function that does nothing (`infra/bare`), built in the same profile, goes through the same, and a ratio to it says more
//! than milliseconds do, which are those of this machine. All take turns, so that whatever else the machine is doing strikes them
//! alike, after a round that is not counted, in which files come into memory.
//!
//! What this leaves out is what a machine of one's own cannot show: the download of the artifact, TLS (the local cloud speaks HTTP)
//! and the share of a processor that Lambda gives. It is a benchmark and no test: `--check` is for a person, or for a machine that
//! does nothing else.

mod administrator;
mod boot;
mod build;
mod error;
mod fill;
mod hash;
mod processor;
mod report;
mod runtime_api;
mod subject;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use local::{LocalCloud, Options};

use crate::boot::{Boot, boot};
use crate::build::Artifacts;
use crate::error::Error;
use crate::fill::Fill;
use crate::hash::Hash;
use crate::report::{Measured, Report};

/// Measures the cold start of every artifact, and its size.
#[derive(Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    other: Option<Measurement>,
    #[command(flatten)]
    starts: Starts,
}

/// What is measured instead of cold starts.
#[derive(Subcommand)]
enum Measurement {
    /// What a registration costs the local cloud as it fills
    Fill(Fill),
    /// What a password hash costs in what is deployed
    Hash(Hash),
}

#[derive(Args)]
struct Starts {
    /// How often each artifact is started
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Fail if an artifact is too large, or too slow to get ready
    #[arg(long)]
    check: bool,
    /// Measure the artifacts as they were built before
    #[arg(long)]
    no_build: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let measured = tokio::runtime::Runtime::new().map_err(Error::from).and_then(|runtime| {
        runtime.block_on(async {
            match arguments.other {
                Some(Measurement::Hash(hash)) => hash.run().await,
                Some(Measurement::Fill(fill)) => fill.run().await.map(|()| ExitCode::SUCCESS),
                None => measure_starts(&arguments.starts).await,
            }
        })
    });
    measured.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

async fn measure_starts(arguments: &Starts) -> Result<ExitCode, Error> {
    let report = measure(arguments).await?;
    print!("{report}");
    let missed = report.missed();
    missed.iter().for_each(|aim| eprintln!("{aim}"));
    Ok(if arguments.check && !missed.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn measure(arguments: &Starts) -> Result<Report, Error> {
    let artifacts = Artifacts::of_this_workspace()?;
    if !arguments.no_build {
        artifacts.build()?;
    }
    let cloud = LocalCloud::start(Options::default()).await?;
    let subjects = subject::all(&artifacts, &cloud, &administrator::log_in(&cloud).await?)?;
    let mut boots: Vec<Vec<Boot>> = vec![Vec::new(); subjects.len()];
    for run in 0..=arguments.runs {
        eprint!("\rround {run} of {}", arguments.runs);
        for (subject, boots) in subjects.iter().zip(&mut boots) {
            let measured = boot(subject).await?;
            if run > 0 {
                boots.push(measured);
            }
        }
    }
    eprintln!();
    cloud.stop().await;
    let measured = subjects.iter().zip(boots).map(|(subject, boots)| Measured::new(subject, &boots));
    Ok(Report::new(measured.collect::<Result<_, _>>()?))
}
