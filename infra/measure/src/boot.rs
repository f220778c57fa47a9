//! A function as a process: its cold start, and what it answers afterwards.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::error::Error;
use crate::runtime_api::{Exchange, RuntimeApi};
use crate::subject::Subject;

/// Longer than Lambda gives a function to get ready.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a cold start took.
#[derive(Clone, Copy)]
pub(crate) struct Boot {
    /// From just before `exec` until the first event was asked for.
    pub(crate) ready: Duration,
    /// From the same moment until its answer was in.
    pub(crate) first_answer: Duration,
}

/// A function that runs.
pub(crate) struct Running {
    api: RuntimeApi,
    process: Process,
    started: Instant,
}

/// Starts a function, has it answer its first event, and ends it.
pub(crate) async fn boot(subject: &Subject) -> Result<Boot, Error> {
    let mut running = Running::start(subject).await?;
    let Exchange { asked, answered, .. } = running.exchange(subject).await?;
    Ok(Boot { ready: asked - running.started, first_answer: answered - running.started })
}

impl Running {
    /// Starts a function, with its first event ready.
    pub(crate) async fn start(subject: &Subject) -> Result<Self, Error> {
        let api = RuntimeApi::start().await?;
        api.give(&subject.event);
        let mut command = command(subject, &api);
        let started = Instant::now();
        let process = Process::spawn(&mut command).map_err(|error| subject.failed(&error))?;
        Ok(Self { api, process, started })
    }

    /// What it answers to the event that it was given first.
    pub(crate) async fn first(&mut self, subject: &Subject) -> Result<(), Error> {
        self.exchange(subject).await.map(|_| ())
    }

    /// What it answers to another event.
    pub(crate) async fn answer(&mut self, subject: &Subject, event: &Value) -> Result<Value, Error> {
        self.api.give(event);
        let outcome = self.outcome().await;
        let answer = outcome.and_then(|exchange| serde_json::from_slice(&exchange.answer).map_err(|e| e.to_string()));
        answer.map_err(|reason| self.failed(subject, &reason))
    }

    /// The processor time that the process has used, in ticks of the kernel.
    pub(crate) fn processor_time(&self) -> Result<Duration, Error> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.child.id()))?;
        // The name of the program, in parentheses, may have blanks in it (proc_pid_stat(5)).
        let (_, fields) = stat.rsplit_once(") ").ok_or("/proc/…/stat is not as expected")?;
        let of_user_and_system = fields.split(' ').skip(11).take(2).map(str::parse::<u32>);
        let ticks = of_user_and_system.sum::<Result<u32, _>>()?;
        Ok(Duration::from_secs(1) * ticks / u32::try_from(rustix::param::clock_ticks_per_second())?)
    }

    async fn exchange(&mut self, subject: &Subject) -> Result<Exchange, Error> {
        let outcome = self.outcome().await;
        outcome.and_then(|exchange| checked(subject, exchange)).map_err(|reason| self.failed(subject, &reason))
    }

    async fn outcome(&mut self) -> Result<Exchange, String> {
        let outcome = tokio::time::timeout(PATIENCE, self.api.outcome()).await;
        outcome.unwrap_or_else(|_| Err("it did not answer".to_owned()))
    }

    fn failed(&mut self, subject: &Subject, reason: &str) -> Error {
        match self.process.end() {
            Ok(said) => subject.failed(&format!("{reason}\n{said}")),
            Err(error) => error.into(),
        }
    }
}

fn command(subject: &Subject, api: &RuntimeApi) -> Command {
    let mut command = Command::new(&subject.artifact);
    command
        .env_clear()
        .envs(&subject.variables)
        .env("AWS_LAMBDA_RUNTIME_API", &api.address)
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A fast wrong answer would pass for a good start.
fn checked(subject: &Subject, exchange: Exchange) -> Result<Exchange, String> {
    let answer: Value = serde_json::from_slice(&exchange.answer).map_err(|error| error.to_string())?;
    let (pointer, expected) = &subject.answer;
    if answer.pointer(pointer) == Some(expected) {
        return Ok(exchange);
    }
    Err(format!("it answered {answer}, where {pointer} should be {expected}"))
}

/// A process that does not outlive this value.
struct Process {
    child: Child,
    said: Vec<JoinHandle<io::Result<String>>>,
}

impl Process {
    /// Starts it, and reads what it says as it says it: a full pipe would stop it.
    fn spawn(command: &mut Command) -> io::Result<Self> {
        let mut child = command.spawn()?;
        let said = [child.stdout.take().map(read_to_end), child.stderr.take().map(read_to_end)];
        Ok(Self { child, said: said.into_iter().flatten().collect() })
    }

    /// Ends it, and returns what it said.
    fn end(&mut self) -> io::Result<String> {
        self.child.kill()?;
        let said = self.said.drain(..).map(|pipe| pipe.join().unwrap_or_else(|_| Ok(String::new())));
        said.collect()
    }
}

fn read_to_end(mut pipe: impl Read + Send + 'static) -> JoinHandle<io::Result<String>> {
    std::thread::spawn(move || {
        let mut said = String::new();
        pipe.read_to_string(&mut said)?;
        Ok(said)
    })
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
