//! Schedules, on the clock of the cloud: each runs at the start, then once a period, and once whenever the clock was moved.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::Notify;

use crate::clock::{ClockError, CloudClock};
use crate::deliveries::Deliveries;
use crate::journal::Journal;
use crate::template::{ACCOUNT, REGION, Schedule};

/// A run of a schedule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleRun {
    /// The name of the schedule.
    pub schedule: String,
    /// The logical id of the function.
    pub function: String,
    /// When it ran, by the clock of the cloud.
    pub at: Timestamp,
    /// Why it failed, if it did.
    pub error: Option<String>,
}

/// The schedules of a cloud.
pub(crate) struct Schedules {
    schedules: Vec<(String, Schedule)>,
    next: Mutex<Vec<Timestamp>>,
    moved: Notify,
    runs: Arc<Journal<ScheduleRun>>,
    clock: CloudClock,
    deliveries: Arc<Deliveries>,
}

impl Schedules {
    /// `schedules` are given with the function that each of them calls.
    pub(crate) fn new(
        schedules: Vec<(String, Schedule)>,
        runs: Arc<Journal<ScheduleRun>>,
        clock: CloudClock,
        deliveries: Arc<Deliveries>,
    ) -> Self {
        let next = Mutex::new(vec![Timestamp::MAX; schedules.len()]);
        Self { schedules, next, moved: Notify::new(), runs, clock, deliveries }
    }

    /// Moves the clock and runs every schedule once.
    pub(crate) async fn after_moving(self: &Arc<Self>, by: SignedDuration) -> Result<(), ClockError> {
        {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            self.clock.advance(by)?;
            for (next, (_, schedule)) in next.iter_mut().zip(&self.schedules) {
                *next = after(self.clock.now(), schedule.period);
            }
        }
        self.moved.notify_one();
        let runs = (0..self.schedules.len()).map(|index| {
            let schedules = Arc::clone(self);
            tokio::spawn(async move { schedules.run_one(index).await })
        });
        for run in runs.collect::<Vec<_>>() {
            let _ = run.await;
        }
        Ok(())
    }

    /// Runs the schedules that are due, for as long as the cloud lasts.
    pub(crate) async fn keep_running(self: Arc<Self>) {
        loop {
            for index in self.take_due() {
                let schedules = Arc::clone(&self);
                tokio::spawn(async move { schedules.run_one(index).await });
            }
            tokio::select! {
                () = tokio::time::sleep(self.until_next()) => {}
                () = self.moved.notified() => {}
            }
        }
    }

    /// The runs there were lately, the newest first.
    pub(crate) fn runs(&self) -> Vec<ScheduleRun> {
        self.runs.newest_first()
    }

    fn take_due(&self) -> Vec<usize> {
        let now = self.clock.now();
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let mut due = Vec::new();
        for (index, (next, (_, schedule))) in next.iter_mut().zip(&self.schedules).enumerate() {
            if *next <= now {
                *next = after(now, schedule.period);
                due.push(index);
            }
        }
        due
    }

    fn until_next(&self) -> Duration {
        let next = self.next.lock().unwrap_or_else(PoisonError::into_inner).iter().min().copied();
        let wait = next.unwrap_or(Timestamp::MAX).duration_since(self.clock.now());
        Duration::try_from(wait).unwrap_or_default().min(Duration::from_secs(3600))
    }

    async fn run_one(&self, index: usize) {
        let (function, schedule) = &self.schedules[index];
        let at = self.clock.now();
        let payload = schedule.input.clone().unwrap_or_else(|| default_input(&schedule.name, at));
        let outcome = self.deliveries.promise_and_wait(function, &schedule.name, &payload).await;
        let run = ScheduleRun {
            schedule: schedule.name.clone(),
            function: function.clone(),
            at,
            error: outcome.err().map(|error| error.to_string()),
        };
        self.runs.push(run);
    }
}

fn after(now: Timestamp, period: Duration) -> Timestamp {
    now.checked_add(period).unwrap_or(Timestamp::MAX)
}

/// What EventBridge Scheduler sends when a schedule has no input of its own.
fn default_input(name: &str, at: Timestamp) -> String {
    json!({
        "version": "0",
        "id": uuid::Uuid::new_v4().to_string(),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": ACCOUNT,
        "time": at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "region": REGION,
        "resources": [format!("arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/{name}")],
        "detail": "{}",
    })
    .to_string()
}
