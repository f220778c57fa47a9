//! A Lambda function: a name, what it is given at start, and how it answers an event.
//!
//! All functions of an area live in one artifact. [`run`] picks the one that `_HANDLER` names and connects it to the Lambda
//! runtime; the local cloud builds the same [`Function`]s and calls them in one process. Neither the functions nor this module
//! know which of the two they are in: what differs is passed in with the [`Environment`].

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::Route;

/// What a function returns when it cannot do its work: Lambda counts it as an error and tries again where it can.
pub type Error = lambda_runtime::Error;

/// A future that can be sent between threads.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A function that is ready for events: JSON in, JSON out.
pub type Handler = Arc<dyn Fn(LambdaEvent<Box<RawValue>>) -> BoxFuture<Result<Box<RawValue>, Error>> + Send + Sync>;

/// A Lambda function of an area.
#[derive(Clone, Copy)]
pub struct Function {
    /// Its name, the `Handler` in the template and the module it stands in.
    pub handler: &'static str,
    /// What the HTTP API calls it for; nothing for a function that answers events.
    pub routes: &'static [Route],
    /// Prepares it: everything that need not be done for each event.
    pub build: fn(Environment) -> BoxFuture<Result<Handler, Error>>,
}

/// The time, which tests and the local cloud can move.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The time of this machine.
    pub fn system() -> Self {
        Self::new(Timestamp::now)
    }

    /// Another time.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

/// What a function is given at start: its environment variables and the clock.
#[derive(Clone)]
pub struct Environment {
    variables: Arc<BTreeMap<String, String>>,
    /// The time.
    pub clock: Clock,
}

/// An environment variable that a function needs is not set.
#[derive(Debug, thiserror::Error)]
#[error("the environment variable {0} is not set")]
pub struct MissingVariable(String);

impl Environment {
    /// An environment of these variables.
    pub fn new(variables: BTreeMap<String, String>, clock: Clock) -> Self {
        Self { variables: Arc::new(variables), clock }
    }

    /// The environment of this process, as Lambda sets it.
    pub fn of_process() -> Self {
        Self::new(std::env::vars().collect(), Clock::system())
    }

    /// All variables.
    pub fn variables(&self) -> &BTreeMap<String, String> {
        &self.variables
    }

    /// A variable that may be missing. An empty one counts as missing: a template cannot leave a variable out.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A variable that must be there.
    ///
    /// # Errors
    /// [`MissingVariable`], with its name.
    pub fn require(&self, name: &str) -> Result<&str, MissingVariable> {
        self.get(name).ok_or_else(|| MissingVariable(name.to_owned()))
    }
}

/// Makes a handler of a function over typed events.
pub fn handler<Event, Answer, Handling>(
    handle: impl Fn(LambdaEvent<Event>) -> Handling + Send + Sync + 'static,
) -> Handler
where
    Event: DeserializeOwned,
    Answer: Serialize,
    Handling: Future<Output = Result<Answer, Error>> + Send + 'static,
{
    Arc::new(move |event| {
        let LambdaEvent { payload, context } = event;
        let handling = serde_json::from_str(payload.get()).map(|payload| handle(LambdaEvent { payload, context }));
        Box::pin(async move { Ok(serde_json::value::to_raw_value(&handling?.await?)?) })
    })
}

/// Runs the function that Lambda asks for, until the process is stopped. The body of every artifact's `main`.
///
/// # Errors
/// When `_HANDLER` names no function of this area, when the function cannot be prepared, or when the Lambda runtime is gone.
pub fn run(functions: &[Function]) -> Result<(), Error> {
    crate::log::start();
    let environment = Environment::of_process();
    let name = environment.require("_HANDLER")?;
    let function = functions
        .iter()
        .find(|function| function.handler == name)
        .ok_or_else(|| format!("there is no function `{name}` in this artifact"))?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let handler = (function.build)(environment.clone()).await?;
        lambda_runtime::run(service_fn(move |event| handler(event))).await
    })
}
