//! How often a password was hashed for a request, which takes longer than everything else together: where the answer must not tell
//! something, neither must the time.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::{LazyLock, Mutex};

use tracing::field::Field;
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::world::Answer;

/// Runs by the id of the request. What counts them listens to the whole process, in which other tests may run beside this one.
static RUNS: LazyLock<Mutex<HashMap<String, u32>>> = LazyLock::new(|| {
    let heard = Targets::new().with_target("identity", LevelFilter::DEBUG).with_target("runtime", LevelFilter::INFO);
    let listener = tracing_subscriber::registry().with(Listener.with_filter(heard));
    tracing::subscriber::set_global_default(listener).unwrap();
    Mutex::default()
});

/// Begins to count. Requests from before are not counted.
pub(crate) fn listen() {
    LazyLock::force(&RUNS);
}

/// How often Argon2 ran for the request that was answered so.
pub(crate) fn runs(answer: &Answer) -> u32 {
    let request_id = answer.headers["x-request-id"].to_str().unwrap();
    RUNS.lock().unwrap().get(request_id).copied().unwrap_or_default()
}

struct Listener;

/// The id of a request, kept with its span.
struct RequestId(String);

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for Listener {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut found = None;
        attributes.record(&mut |field: &Field, value: &dyn Debug| {
            if field.name() == "requestId" {
                found = Some(RequestId(format!("{value:?}")));
            }
        });
        if let (Some(request_id), Some(span)) = (found, context.span(id)) {
            span.extensions_mut().insert(request_id);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let is_run = event.metadata().target() == "identity::password";
        let Some(scope) = context.event_scope(event).filter(|_| is_run) else { return };
        for span in scope {
            if let Some(RequestId(id)) = span.extensions().get() {
                *RUNS.lock().unwrap().entry(id.clone()).or_default() += 1;
            }
        }
    }
}
