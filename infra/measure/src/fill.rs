//! What a registration costs the local cloud as it fills: `cargo run -p measure -- fill`.
//!
//! A cloud in this process takes one registration after another and carries out what follows from each: events, mails, sweeps. Measured
//! is processor time of the whole process, the client and the password hash included, over the last registrations before each mark. It says how a
//! laptop fares with demo data, and nothing about AWS.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use local::{Data, LocalCloud, Options};
use reqwest::{Client, StatusCode};
use rustix::time::{ClockId, clock_gettime};
use serde_json::json;
use tokio::task::JoinSet;

use crate::Error;

/// Registrations at the same time.
const AT_ONCE: usize = 8;

/// Measures what a registration costs the local cloud as it fills.
#[derive(Args)]
pub(crate) struct Fill {
    /// After how many registrations the cost is told
    #[arg(long, value_name = "COUNT", value_delimiter = ',', default_values_t = [200, 2_000, 20_000])]
    marks: Vec<usize>,
    /// Over how many registrations before each mark it is measured
    #[arg(long, default_value_t = 100)]
    over: usize,
    /// The folder that data is kept in, instead of in memory
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Fill {
    /// Fills a cloud and prints a line for each mark.
    pub(crate) async fn run(&self) -> Result<(), Error> {
        let data = self.data.clone().map_or(Data::InMemory, Data::Folder);
        let cloud = LocalCloud::start(Options { data, ..Options::default() }).await?;
        let client = Client::new();
        let mut marks = self.marks.clone();
        marks.sort_unstable();
        println!("| registrations | CPU each | resident memory |\n|---|---|---|");
        let mut registered = 0;
        for mark in marks {
            let measured = self.over.clamp(1, mark.max(1));
            register(&cloud, &client, registered, mark - measured).await?;
            let before = processor_time();
            register(&cloud, &client, mark - measured, mark).await?;
            let each = (processor_time() - before) / u32::try_from(measured)?;
            println!("| {mark} | {:.1} ms | {} |", each.as_secs_f64() * 1e3, resident_memory());
            registered = mark;
        }
        cloud.stop().await;
        Ok(())
    }
}

/// Makes the registrations from one number to another, and waits until nothing follows from them any more.
async fn register(cloud: &LocalCloud, client: &Client, from: usize, to: usize) -> Result<(), Error> {
    let mut numbers = from..to;
    while !numbers.is_empty() {
        let mut requests = JoinSet::new();
        for number in numbers.by_ref().take(AT_ONCE) {
            requests.spawn(register_one(client.clone(), cloud.url().to_owned(), number));
        }
        while let Some(answer) = requests.join_next().await {
            let status = answer??;
            if status != StatusCode::ACCEPTED {
                return Err(format!("a registration was answered with {status}").into());
            }
        }
        cloud.settle().await?;
    }
    Ok(())
}

/// Registers somebody, each from a source of their own: what one source may do is limited.
async fn register_one(client: Client, url: String, number: usize) -> reqwest::Result<StatusCode> {
    let body = json!({
        "kind": "person",
        "name": "Ada Lovelace",
        "email": format!("{number}@example.com"),
        "password": "correct horse battery",
        "language": "en",
        "phone": "+44 20 7946 0000",
        "promotionalMail": false,
    });
    let [.., second, third, fourth] = number.to_be_bytes();
    let request = client
        .post(format!("{url}/v1/registrations"))
        .header("local-source", format!("10.{second}.{third}.{fourth}"))
        .json(&body);
    Ok(request.send().await?.status())
}

/// The processor time that this process has used.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// The memory that this process holds, where the system tells (Linux).
fn resident_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kibibytes =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
    kibibytes.map_or("unknown".to_owned(), |kibibytes: u64| format!("{} MiB", kibibytes / 1024))
}
