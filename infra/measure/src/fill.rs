//! What a registration costs the local cloud as it fills: `cargo run -p measure -- fill`.
//!
//! A cloud in this process takes one registration after another and carries out what follows from each: events, mails, sweeps. Measured
//! is processor time of the whole process, the client and the password hash included, over the last registrations before each mark. In
//! turns with them, a cloud that was empty takes as many, so that whatever else the machine is doing strikes both alike. It says how a
//! laptop fares with demo data, and nothing about AWS.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use local::{Data, LocalCloud, Options};
use reqwest::{Client, StatusCode};
use serde_json::json;
use tokio::task::JoinSet;

use crate::error::Error;
use crate::processor::processor_time;

/// Registrations at the same time.
const AT_ONCE: usize = 8;

/// Registrations of one turn.
const A_TURN: usize = 20;

/// Measures what a registration costs the local cloud as it fills.
#[derive(Args)]
pub(crate) struct Fill {
    /// After how many registrations the cost is told
    #[arg(long, value_name = "COUNT", value_delimiter = ',', default_values_t = [200, 2_000, 20_000])]
    marks: Vec<usize>,
    /// Over how many registrations before each mark it is measured
    #[arg(long, default_value_t = 200)]
    over: usize,
    /// The folder that data is kept in, instead of in memory
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Fill {
    /// Fills a cloud and prints a line for each mark.
    pub(crate) async fn run(&self) -> Result<(), Error> {
        let data = self.data.clone().map_or(Data::InMemory, Data::Folder);
        let mut filling = Filling::start(data).await?;
        let mut marks = self.marks.clone();
        marks.sort_unstable();
        println!("| registrations | CPU each | in a fresh cloud | ratio | resident memory |\n|--:|--:|--:|--:|--:|");
        for mark in marks {
            let measured = self.over.clamp(1, mark.max(1));
            filling.register_up_to(mark - measured).await?;
            let (full, fresh) = beside_a_fresh_cloud(&mut filling, mark).await?;
            let each =
                |time: Duration| time.as_secs_f64() * 1e3 / f64::from(u32::try_from(measured).unwrap_or(u32::MAX));
            let ratio = full.as_secs_f64() / fresh.as_secs_f64();
            let memory = resident_memory();
            println!("| {mark} | {:.1} ms | {:.1} ms | {ratio:.2} | {memory} |", each(full), each(fresh));
        }
        filling.cloud.stop().await;
        Ok(())
    }
}

/// What the registrations up to a mark cost, and as many in a cloud that was empty.
async fn beside_a_fresh_cloud(filling: &mut Filling, mark: usize) -> Result<(Duration, Duration), Error> {
    let mut fresh = Filling::start(Data::InMemory).await?;
    // The first registrations of a cloud also make clients and open connections.
    fresh.register_up_to(A_TURN).await?;
    let mut costs = (Duration::ZERO, Duration::ZERO);
    while filling.registered < mark {
        let turn = A_TURN.min(mark - filling.registered);
        costs.0 += filling.register_up_to(filling.registered + turn).await?;
        costs.1 += fresh.register_up_to(fresh.registered + turn).await?;
    }
    fresh.cloud.stop().await;
    Ok(costs)
}

/// A cloud that fills up.
struct Filling {
    cloud: LocalCloud,
    client: Client,
    registered: usize,
}

impl Filling {
    async fn start(data: Data) -> Result<Self, Error> {
        let cloud = LocalCloud::start(Options { data, ..Options::default() }).await?;
        Ok(Self { cloud, client: Client::new(), registered: 0 })
    }

    /// Makes registrations until there are this many, and waits until nothing follows from them any more. Returns the processor time of
    /// this process meanwhile.
    async fn register_up_to(&mut self, count: usize) -> Result<Duration, Error> {
        let before = processor_time();
        register(&self.cloud, &self.client, self.registered, count).await?;
        self.registered = self.registered.max(count);
        Ok(processor_time() - before)
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

/// The memory that this process holds, where the system tells (Linux).
fn resident_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kibibytes =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
    kibibytes.map_or("unknown".to_owned(), |kibibytes: u64| format!("{} MiB", kibibytes / 1024))
}
