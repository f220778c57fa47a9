//! Every minute: does what has come due, the longest overdue first.
//!
//! Each due record is handled by itself, so one that fails holds up no other. It is put off, for longer with each failure, and the
//! invocation fails so that the alarm sees it. So is a record of a kind that this code knows nothing about: newer code may have stored
//! it. A sweep goes on page by page until nothing is due or little time is left.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};
use runtime::{Error, Function, LambdaEvent};
use serde::Serialize;
use serde::de::IgnoredAny;
use service::Service;
use store::{DueItem, StoreError};
use tokio::task::JoinSet;
use tracing::Instrument;

use crate::due::JOBS;

pub(crate) const FUNCTION: Function =
    Function { handler: "run_due", routes: &[], build: |environment| service::consumer(environment, &[], run_due) };

/// How many records of each of the index's shards are handled beside each other.
const PAGE: i32 = 10;

/// What a page of due records takes at most, so that a sweep ends before Lambda ends it.
const SPARE: Duration = Duration::from_secs(10);

/// A record that failed so often has not succeeded for about two hours.
const HOPELESS: u32 = 8;

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
        return Err(format!("{} due records failed, {} were done", swept.failed, swept.done).into());
    }
    Ok(swept)
}

async fn sweep(service: &Arc<Service>, request_id: &str, deadline: SystemTime) -> Result<Swept, Error> {
    let mut swept = Swept::default();
    let mut after = store::DuePosition::default();
    loop {
        let now = service.clock.now();
        let page = service.store.due(now, &mut after, PAGE).await?;
        report_lag(&page, now);
        if page.is_empty() {
            return Ok(swept);
        }
        let count = page.len();
        let failed = handle_all(service, page, request_id).await?;
        swept.done += count - failed;
        swept.failed += failed;
        let time_left = deadline.duration_since(SystemTime::now()).unwrap_or_default();
        if time_left < SPARE {
            return Ok(swept);
        }
    }
}

/// How long the oldest record has waited, for the alarm on overdue work.
fn report_lag(page: &[DueItem], now: Timestamp) {
    if let Some(oldest) = page.first() {
        tracing::info!(overdueSeconds = now.duration_since(oldest.due_at).as_secs(), "work is due");
    }
}

/// How many failed. Each of them is put off.
async fn handle_all(service: &Arc<Service>, items: Vec<DueItem>, request_id: &str) -> Result<usize, StoreError> {
    let mut handling = JoinSet::new();
    for item in items {
        let (service, request_id) = (service.clone(), request_id.to_owned());
        let span = tracing::info_span!("due", kind = item.kind(), pk = item.place.pk, sk = item.place.sk);
        handling.spawn(async move { handle(service, item, request_id).await }.instrument(span));
    }
    let mut failed = 0;
    while let Some(handled) = handling.join_next().await {
        failed += usize::from(!handled.expect("a due record does not panic")?);
    }
    Ok(failed)
}

/// Whether it was done.
async fn handle(service: Arc<Service>, item: DueItem, request_id: String) -> Result<bool, StoreError> {
    let job = JOBS.iter().find(|job| job.kind == item.kind());
    let done = match job {
        Some(job) => (job.run)(service.clone(), item.clone(), request_id).await.map_err(|error| {
            tracing::error!(%error, cause = ?error, "a due record failed");
        }),
        None => {
            tracing::error!("nothing is known about due records of this kind");
            Err(())
        }
    };
    if done.is_ok() {
        return Ok(true);
    }
    let now = service.clock.now();
    if let Some(failures) = service.store.put_off(&item, |failures| now + wait_after(failures)).await?
        && failures >= HOPELESS
    {
        tracing::error!(failures, "a due record never succeeds");
    }
    Ok(false)
}

/// A minute, then twice as long each time, up to six hours.
fn wait_after(failures: u32) -> SignedDuration {
    SignedDuration::from_mins(1 << failures.saturating_sub(1).min(8)).min(SignedDuration::from_hours(6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let minutes = [1, 2, 3, 8, 9, 10, u32::MAX].map(|failures| wait_after(failures).as_mins());
        assert_eq!(minutes, [1, 2, 4, 128, 256, 256, 256]);
    }
}
