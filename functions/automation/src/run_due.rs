//! Every minute: does what has come due, the longest overdue first.
//!
//! Each due item is handled by itself, so one that fails holds up no other; it stays due and is tried again with the next
//! sweep, and the invocation fails so that the alarm sees it. A sweep goes on while there is more and time is left.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use domain::{Actor, Cause, Context, messages, registrations};
use jiff::Timestamp;
use runtime::{Error, Function, LambdaEvent};
use serde::Serialize;
use serde::de::IgnoredAny;
use service::Service;
use store::{CommitError, DueItem, DueKind, Key, until_settled};
use tokio::task::JoinSet;
use tracing::Instrument;

pub(crate) const FUNCTION: Function =
    Function { handler: "run_due", routes: &[], build: |environment| service::consumer(environment, &[], run_due) };

/// How many items of each of the index's shards are handled beside each other.
const PAGE: i32 = 10;

/// What a page of due items takes at most, so that a sweep ends before Lambda ends it.
const SPARE: Duration = Duration::from_secs(10);

/// What was done.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Swept {
    done: usize,
    failed: usize,
}

async fn run_due(service: Arc<Service>, event: LambdaEvent<IgnoredAny>) -> Result<Swept, Error> {
    let (request_id, deadline) = (event.context.request_id.clone(), event.context.deadline());
    let span = tracing::info_span!("sweep", requestId = %request_id);
    let swept = sweep(&service, &request_id, deadline).instrument(span).await?;
    if swept.failed > 0 {
        return Err(format!("{} due items failed, {} were done", swept.failed, swept.done).into());
    }
    Ok(swept)
}

async fn sweep(service: &Arc<Service>, request_id: &str, deadline: SystemTime) -> Result<Swept, Error> {
    let mut swept = Swept::default();
    let mut seen = HashSet::new();
    loop {
        let now = service.clock.now();
        let page = service.store.due(now, PAGE).await?;
        report_lag(&page, now);
        let fresh: Vec<DueItem> = page.into_iter().filter(|item| seen.insert(format!("{:?}", item.kind))).collect();
        if fresh.is_empty() {
            return Ok(swept);
        }
        let count = fresh.len();
        let failed = handle_all(service, fresh, request_id).await;
        swept.done += count - failed;
        swept.failed += failed;
        let time_left = deadline.duration_since(SystemTime::now()).unwrap_or_default();
        if time_left < SPARE {
            return Ok(swept);
        }
    }
}

/// How long the oldest item has waited, for the alarm on overdue work.
fn report_lag(page: &[DueItem], now: Timestamp) {
    if let Some(oldest) = page.first() {
        tracing::info!(overdueSeconds = now.duration_since(oldest.due_at).as_secs(), "work is due");
    }
}

async fn handle_all(service: &Arc<Service>, items: Vec<DueItem>, request_id: &str) -> usize {
    let mut handling = JoinSet::new();
    for item in items {
        let (service, request_id) = (service.clone(), request_id.to_owned());
        let span = tracing::info_span!("due", item = ?item.kind);
        let handled = async move {
            let handled = handle(&service, &item.kind, &request_id).await;
            handled.inspect_err(|error| tracing::error!(%error, cause = ?error, "a due item failed"))
        };
        handling.spawn(handled.instrument(span));
    }
    handling.join_all().await.into_iter().filter(Result::is_err).count()
}

async fn handle(service: &Service, item: &DueKind, request_id: &str) -> Result<(), CommitError> {
    let context = || service.context(Actor::System, Cause::request(request_id));
    match item {
        DueKind::Registration(key) => until_settled(async || expire(service, key, &context).await).await,
        DueKind::Message(key) => until_settled(async || revive(service, key, &context).await).await,
    }
}

async fn expire(
    service: &Service,
    key: &Key<domain::Registration>,
    context: &impl Fn() -> Context,
) -> Result<(), CommitError> {
    let Some(registration) = service.store.get(key.clone()).await? else { return Ok(()) };
    let credential = service.store.get(Key::credential(&registration.email)).await?;
    service.store.commit(registrations::expire(&registration, credential.as_ref(), &context())).await
}

async fn revive(
    service: &Service,
    key: &Key<domain::Message>,
    context: &impl Fn() -> Context,
) -> Result<(), CommitError> {
    let Some(message) = service.store.get(key.clone()).await? else { return Ok(()) };
    service.store.commit(messages::revive(&message, &context())).await
}
