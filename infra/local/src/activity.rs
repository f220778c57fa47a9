//! What is still going on, so that "everything has settled" can be known and need not be guessed.
//!
//! Whoever has work in hand or has promised some holds a [`Busy`]: an invocation, a delivery that waits for its next attempt, a
//! stream with records that were not read yet. When nobody holds one, nothing can happen any more without a new cause.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

/// How long nothing may begin or end before waiting is given up.
const PATIENCE: Duration = Duration::from_secs(90);

/// Counts what is going on in one cloud.
#[derive(Clone)]
pub(crate) struct Activity {
    going_on: Arc<Mutex<BTreeMap<u64, String>>>,
    count: Arc<watch::Sender<(u64, usize)>>,
}

/// Something that is going on until this is dropped.
pub(crate) struct Busy {
    id: u64,
    activity: Activity,
}

/// The cloud did not settle in time.
#[derive(Debug, thiserror::Error)]
#[error("the cloud has not settled: {0}")]
pub struct NotSettled(String);

impl Activity {
    pub(crate) fn new() -> Self {
        Self { going_on: Arc::default(), count: Arc::new(watch::channel((0, 0)).0) }
    }

    /// Something begins. `what` is told when it is waited for in vain.
    pub(crate) fn begin(&self, what: impl Into<String>) -> Busy {
        let mut id = 0;
        self.count.send_modify(|(begun, going_on)| {
            *begun += 1;
            *going_on += 1;
            id = *begun;
        });
        self.names().insert(id, what.into());
        Busy { id, activity: self.clone() }
    }

    /// Waits until nothing is going on, for as long as there is any progress.
    pub(crate) async fn settle(&self) -> Result<(), NotSettled> {
        let mut count = self.count.subscribe();
        while count.borrow_and_update().1 > 0 {
            if tokio::time::timeout(PATIENCE, count.changed()).await.is_err() {
                let names: Vec<String> = self.names().values().take(5).cloned().collect();
                return Err(NotSettled(names.join("; ")));
            }
        }
        Ok(())
    }

    fn names(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, String>> {
        self.going_on.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.activity.names().remove(&self.id);
        self.activity.count.send_modify(|(_, going_on)| *going_on -= 1);
    }
}
