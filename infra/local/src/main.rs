//! `cargo run`: the whole system on this machine.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;

use clap::Parser;
use local::{Data, LocalCloud, Options, StartError, TemplateSource};
use serde_json::json;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Which logs are kept unless `RUST_LOG` says otherwise. The database would report every condition that did not hold.
const LOGGED: &str = "info,dynoxide=error";

/// The whole of Clientele on this machine: the API, the mailbox, and everything in between.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The port of the API
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The folder that data is kept in
    #[arg(long, value_name = "DIR", default_value = ".local")]
    data: PathBuf,
    /// Keep nothing: start afresh and leave nothing behind
    #[arg(long, conflicts_with = "data")]
    in_memory: bool,
    /// Who is invited as the first administrator
    #[arg(long, value_name = "EMAIL", default_value = "administrator@example.com")]
    administrator: String,
    /// The template that describes the system
    #[arg(long, value_name = "FILE", default_value = "template.yaml")]
    template: PathBuf,
    /// Print the logs of the functions instead of keeping them in the data folder
    #[arg(long)]
    verbose: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = tokio::runtime::Runtime::new()
        .map_err(|error| format!("The program cannot run: {error}."))
        .and_then(|runtime| runtime.block_on(run(&arguments)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), String> {
    let log = start_logging(arguments)?;
    let cloud = LocalCloud::start(options(arguments)).await.map_err(|error| error.to_string())?;
    let administrator = invitation(&cloud, &arguments.administrator).await;
    let url = cloud.url();
    println!("Clientele is running. Stop it with Ctrl-C.\n");
    println!("  API            {url}");
    println!("  Mailbox        {url}/_local/mailbox");
    println!("  Control page   {url}/_local/");
    println!("  Administrator  {administrator}");
    if let Some(log) = log {
        println!("  Logs           {}", log.display());
    }
    let stopped = tokio::signal::ctrl_c().await;
    cloud.stop().await;
    stopped.map_err(|error| format!("Ctrl-C cannot be waited for: {error}."))
}

fn options(arguments: &Arguments) -> Options {
    Options {
        template: TemplateSource::File(arguments.template.clone()),
        port: arguments.port,
        data: if arguments.in_memory { Data::InMemory } else { Data::Folder(arguments.data.clone()) },
        administrator: arguments.administrator.clone(),
        prepared: true,
        ..Options::default()
    }
}

/// Starts logging, to a file unless the console is asked for, and returns the file.
fn start_logging(arguments: &Arguments) -> Result<Option<PathBuf>, String> {
    let wanted = std::env::var("RUST_LOG").ok().and_then(|levels| levels.parse().ok());
    let levels: Targets = wanted.or_else(|| LOGGED.parse().ok()).unwrap_or_default();
    let lines = tracing_subscriber::fmt::layer();
    if arguments.in_memory || arguments.verbose {
        tracing_subscriber::registry().with(levels).with(lines.with_writer(std::io::stderr)).init();
        return Ok(None);
    }
    let unusable = |error| StartError::Folder { path: arguments.data.clone(), error }.to_string();
    std::fs::create_dir_all(&arguments.data).map_err(unusable)?;
    let path = arguments.data.join("functions.log");
    let file = std::fs::File::options().create(true).append(true).open(&path).map_err(unusable)?;
    let lines = lines.json().flatten_event(true).with_current_span(false).with_span_list(true);
    tracing_subscriber::registry().with(levels).with(lines.with_writer(Mutex::new(file))).init();
    Ok(Some(path))
}

/// Invites the first administrator, as ops do after the first deployment, and says where the invitation is.
async fn invitation(cloud: &LocalCloud, administrator: &str) -> String {
    let invited = cloud.invoke("invite_administrator", &json!({"email": administrator})).await;
    let outcome = match invited {
        Ok(answer) => answer["outcome"].as_str().unwrap_or_default().to_owned(),
        Err(error) => return format!("could not be invited: {error}"),
    };
    match outcome.as_str() {
        "already-staff" => return format!("{administrator} has accepted the invitation already"),
        "belongs-to-customer" => return format!("{administrator} is a customer's address and cannot be invited"),
        _ => {}
    }
    if let Err(error) = cloud.settle().await {
        return format!("is invited, but {error}");
    }
    let mails = cloud.mailbox();
    let to_administrator = mails.iter().filter(|mail| mail.to.contains(administrator));
    let link = to_administrator.flat_map(|mail| mail.text.lines()).find(|line| line.contains("token="));
    match link {
        Some(link) => link.trim().to_owned(),
        None => format!("{administrator} is invited ({outcome}); the mail is not in the mailbox"),
    }
}
