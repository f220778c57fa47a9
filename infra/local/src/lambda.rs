//! Invokes functions: each is prepared once, when it is first needed, and then called as often and as concurrently as asked.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lambda_runtime::{Context, LambdaEvent};
use runtime::{Environment, Function, Handler};
use serde_json::value::RawValue;
use tokio::sync::OnceCell;

use crate::activity::{Activity, Busy};
use crate::faults::Dice;
use crate::template::{ACCOUNT, REGION};

/// How long a function may prepare itself.
const PREPARATION: Duration = Duration::from_secs(10);

/// After how long, at most, a function that is to crash is gone.
const CRASH_WITHIN: Duration = Duration::from_millis(8);

/// How long the requests of a function that was cut off may still be on their way.
const AFTERMATH: Duration = Duration::from_millis(20);

/// A function as it is deployed here.
pub(crate) struct Deployed {
    pub(crate) function: Function,
    pub(crate) environment: Environment,
    pub(crate) timeout: Duration,
    handler: OnceCell<Handler>,
    in_flight: Mutex<BTreeSet<String>>,
}

impl Deployed {
    pub(crate) fn new(function: Function, environment: Environment, timeout: Duration) -> Self {
        Self { function, environment, timeout, handler: OnceCell::new(), in_flight: Mutex::default() }
    }
}

/// Why an invocation gave no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum InvokeError {
    /// There is no such function.
    #[error("there is no function {0}")]
    Unknown(String),
    /// The function could not be prepared.
    #[error("the function could not be prepared: {0}")]
    Start(String),
    /// The function returned an error.
    #[error("{0}")]
    Failed(String),
    /// The function panicked.
    #[error("the function panicked: {0}")]
    Panicked(String),
    /// The function took too long.
    #[error("the function timed out after {} s", .0.as_secs_f64())]
    TimedOut(Duration),
    /// The function was made to crash.
    #[error("the function was gone in the middle of its work, as faults demanded")]
    Crashed,
}

/// The functions of a cloud.
pub(crate) struct Lambda {
    functions: BTreeMap<String, Arc<Deployed>>,
    activity: Activity,
    dice: Arc<Dice>,
}

impl Lambda {
    pub(crate) fn new(functions: BTreeMap<String, Arc<Deployed>>, activity: Activity, dice: Arc<Dice>) -> Self {
        Self { functions, activity, dice }
    }

    /// Finds a function by its logical id or its handler.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        let named = |(id, deployed): &(&String, &Arc<Deployed>)| *id == name || deployed.function.handler == name;
        self.functions.iter().find(named).map(|(id, _)| id.as_str())
    }

    /// What a function is given at start.
    pub(crate) fn environment(&self, id: &str) -> Option<&Environment> {
        self.functions.get(id).map(|deployed| &deployed.environment)
    }

    /// The request at which a function is at work, if there is exactly one.
    pub(crate) fn request_of(&self, id: &str) -> Option<String> {
        let in_flight = self.functions.get(id)?.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        let mut requests = in_flight.iter();
        requests.next().filter(|_| requests.next().is_none()).cloned()
    }

    /// Prepares every function.
    ///
    /// # Errors
    /// The first that could not be prepared, and why.
    pub(crate) async fn prepare_all(&self) -> Result<(), (String, InvokeError)> {
        for (id, deployed) in &self.functions {
            ready(deployed).await.map_err(|error| (id.clone(), error))?;
        }
        Ok(())
    }

    /// Invokes a function as AWS does: it may be struck by faults.
    pub(crate) async fn invoke(&self, id: &str, payload: String) -> Result<Box<RawValue>, InvokeError> {
        let crash = self.dice.strike(|faults| faults.crash).then(|| self.dice.part_of(CRASH_WITHIN));
        self.run(id, payload, crash).await
    }

    /// Invokes a function for a person or a test: faults spare it.
    pub(crate) async fn invoke_safely(&self, id: &str, payload: String) -> Result<Box<RawValue>, InvokeError> {
        self.run(id, payload, None).await
    }

    async fn run(&self, id: &str, payload: String, crash: Option<Duration>) -> Result<Box<RawValue>, InvokeError> {
        let busy = self.activity.begin(format!("{id} is running"));
        let deployed = self.functions.get(id).ok_or_else(|| InvokeError::Unknown(id.to_owned()))?;
        let handler = ready(deployed).await?;
        let request_id = uuid::Uuid::new_v4().to_string();
        let event = event(id, &request_id, payload, deployed.timeout)?;
        let limit = crash.unwrap_or(deployed.timeout);
        let outcome = bounded(Arc::clone(deployed), handler, event, busy, limit).await;
        let outcome = match outcome {
            Err(InvokeError::TimedOut(_)) if crash.is_some() => Err(InvokeError::Crashed),
            outcome => outcome,
        };
        if let Err(error) = &outcome {
            tracing::error!(function = id, request_id, %error, "invocation failed");
        }
        outcome
    }
}

async fn ready(deployed: &Deployed) -> Result<Handler, InvokeError> {
    let prepare = || async {
        let building = tokio::spawn((deployed.function.build)(deployed.environment.clone()));
        match tokio::time::timeout(PREPARATION, building).await {
            Ok(Ok(Ok(handler))) => Ok(handler),
            Ok(Ok(Err(error))) => Err(InvokeError::Start(with_causes(&*error))),
            Ok(Err(panic)) => Err(InvokeError::Start(panic.to_string())),
            Err(_) => Err(InvokeError::Start(format!("it took longer than {} s", PREPARATION.as_secs()))),
        }
    };
    deployed.handler.get_or_try_init(prepare).await.cloned()
}

fn event(
    id: &str,
    request_id: &str,
    payload: String,
    timeout: Duration,
) -> Result<LambdaEvent<Box<RawValue>>, InvokeError> {
    let payload = RawValue::from_string(payload).map_err(|error| InvokeError::Failed(error.to_string()))?;
    let deadline = SystemTime::now() + timeout;
    let mut context = Context::default();
    context.request_id = request_id.to_owned();
    context.deadline = deadline
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|deadline| u64::try_from(deadline.as_millis()).ok())
        .unwrap_or_default();
    context.invoked_function_arn = format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{id}");
    Ok(LambdaEvent::new(payload, context))
}

/// Calls the handler and cuts it off at the limit. The call goes on if whoever waits for it does not.
async fn bounded(
    deployed: Arc<Deployed>,
    handler: Handler,
    event: LambdaEvent<Box<RawValue>>,
    busy: Busy,
    limit: Duration,
) -> Result<Box<RawValue>, InvokeError> {
    let supervised = tokio::spawn(async move {
        let _busy = busy;
        let _flight = Flight::new(&deployed.in_flight, &event.context.request_id);
        let mut call = tokio::spawn(async move { handler(event).await });
        match tokio::time::timeout(limit, &mut call).await {
            Ok(Ok(Ok(answer))) => Ok(answer),
            Ok(Ok(Err(error))) => Err(InvokeError::Failed(with_causes(&*error))),
            Ok(Err(failure)) => Err(panicked(failure)),
            Err(_) => {
                call.abort();
                tokio::time::sleep(AFTERMATH).await;
                Err(InvokeError::TimedOut(limit))
            }
        }
    });
    supervised.await.unwrap_or_else(|failure| Err(panicked(failure)))
}

/// An error and what caused it, on one line: the outermost alone rarely says anything.
fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    std::iter::once(error.to_string()).chain(causes.map(ToString::to_string)).collect::<Vec<_>>().join(": ")
}

fn panicked(failure: tokio::task::JoinError) -> InvokeError {
    match failure.try_into_panic() {
        Ok(panic) => InvokeError::Panicked(message_of(&*panic)),
        Err(failure) => InvokeError::Failed(failure.to_string()),
    }
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let message = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    message.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without a message".to_owned())
}

/// A request that a function is at work on, until this is dropped.
struct Flight<'function> {
    in_flight: &'function Mutex<BTreeSet<String>>,
    request_id: String,
}

impl<'function> Flight<'function> {
    fn new(in_flight: &'function Mutex<BTreeSet<String>>, request_id: &str) -> Self {
        in_flight.lock().unwrap_or_else(PoisonError::into_inner).insert(request_id.to_owned());
        Self { in_flight, request_id: request_id.to_owned() }
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        self.in_flight.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.request_id);
    }
}
