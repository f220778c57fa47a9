//! A [Lambda runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) for one process.
//!
//! `lambda-simulator` has more of it, and for that reason does not fit here: it does not say when it was asked, and it depends on
//! `rustls` with a second crypto library. Features unify over the workspace, so to measure with it would change what is measured.

use std::io;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

/// What hands events to a process, and hears what came of them.
pub(crate) struct RuntimeApi {
    /// Where it is, as `AWS_LAMBDA_RUNTIME_API` says it.
    pub(crate) address: String,
    events: UnboundedSender<String>,
    outcomes: UnboundedReceiver<Result<Exchange, String>>,
    server: JoinHandle<io::Result<()>>,
}

/// An event that was answered.
pub(crate) struct Exchange {
    /// When the event was asked for. The first is handed over at once.
    pub(crate) asked: Instant,
    /// When the answer had come in.
    pub(crate) answered: Instant,
    /// The answer.
    pub(crate) answer: Bytes,
}

struct Api {
    events: Mutex<UnboundedReceiver<String>>,
    asked: std::sync::Mutex<Option<Instant>>,
    outcomes: UnboundedSender<Result<Exchange, String>>,
}

impl RuntimeApi {
    /// Waits, on a port of its own, for a process that asks for events.
    pub(crate) async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?.to_string();
        let (events, given) = unbounded_channel();
        let (sender, outcomes) = unbounded_channel();
        let api = Api { events: Mutex::new(given), asked: std::sync::Mutex::default(), outcomes: sender };
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(error))
            .with_state(Arc::new(api));
        let server = tokio::spawn(axum::serve(listener, router).into_future());
        Ok(Self { address, events, outcomes, server })
    }

    /// Has an event ready for the process, which may not have started yet.
    pub(crate) fn give(&self, event: &Value) {
        // That nobody is there any more shows as an outcome that never comes.
        let _ = self.events.send(event.to_string());
    }

    /// Waits until an event is answered, or the process says that it cannot.
    pub(crate) async fn outcome(&mut self) -> Result<Exchange, String> {
        self.outcomes.recv().await.unwrap_or_else(|| Err("the runtime API is gone".to_owned()))
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn next(State(api): State<Arc<Api>>) -> Response {
    let now = Instant::now();
    let Some(event) = api.events.lock().await.recv().await else { return std::future::pending().await };
    *api.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    let headers = [
        ("content-type", "application/json"),
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
        ("lambda-runtime-deadline-ms", "4102444800000"),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-central-1:000000000000:function:measure"),
    ];
    (headers, event).into_response()
}

async fn response(State(api): State<Arc<Api>>, answer: Bytes) -> StatusCode {
    let answered = Instant::now();
    let asked = *api.asked.lock().unwrap_or_else(PoisonError::into_inner);
    let exchange = asked.map(|asked| Exchange { asked, answered, answer });
    api.say(exchange.ok_or_else(|| "there was an answer before the question".to_owned()))
}

async fn error(State(api): State<Arc<Api>>, error: Bytes) -> StatusCode {
    api.say(Err(String::from_utf8_lossy(&error).into_owned()))
}

impl Api {
    /// Whoever gave up waiting need not be told.
    fn say(&self, outcome: Result<Exchange, String>) -> StatusCode {
        let _ = self.outcomes.send(outcome);
        StatusCode::ACCEPTED
    }
}
