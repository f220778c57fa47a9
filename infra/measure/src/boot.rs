//! One cold start.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Error;
use crate::runtime_api::{Exchange, RuntimeApi};
use crate::subject::Subject;

/// Longer than Lambda gives a function to get ready.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a cold start took.
#[derive(Clone, Copy)]
pub(crate) struct Boot {
    /// From just before `exec` until the first event was asked for.
    pub(crate) ready: Duration,
    /// From there until its answer was in.
    pub(crate) first_request: Duration,
}

/// Starts a function, has it answer its first event, and ends it.
pub(crate) async fn boot(subject: &Subject) -> Result<Boot, Error> {
    let mut api = RuntimeApi::start(subject.event.to_string()).await?;
    let mut command = command(subject, &api);
    let started = Instant::now();
    let process = Process(command.spawn().map_err(|error| subject.failed(&error))?);
    let outcome = tokio::time::timeout(PATIENCE, api.outcome()).await;
    let outcome = outcome.unwrap_or_else(|_| Err("it did not answer".to_owned()));
    match outcome.and_then(|exchange| checked(subject, exchange)) {
        Ok(Exchange { asked, answered, .. }) => Ok(Boot { ready: asked - started, first_request: answered - asked }),
        Err(reason) => Err(subject.failed(&format!("{reason}\n{}", process.end()?))),
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
struct Process(Child);

impl Process {
    /// Ends it, and returns what it said.
    fn end(mut self) -> io::Result<String> {
        self.0.kill()?;
        let mut said = String::new();
        if let (Some(mut out), Some(mut errors)) = (self.0.stdout.take(), self.0.stderr.take()) {
            out.read_to_string(&mut said)?;
            errors.read_to_string(&mut said)?;
        }
        Ok(said)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
