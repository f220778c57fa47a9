//! What is needed by every request and seldom changes, keys above all, kept in memory for a while.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use runtime::Problem;
use tokio::sync::Mutex;

/// Well below the hour for which a new key is announced before it is used.
const KEPT_FOR: SignedDuration = SignedDuration::from_mins(6);

/// How long a value serves while it cannot be read again.
const SERVES_AT_MOST: SignedDuration = SignedDuration::from_mins(30);

pub(crate) struct Cached<T> {
    kept: Mutex<Option<(Timestamp, Arc<T>)>>,
}

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self { kept: Mutex::new(None) }
    }
}

impl<T> Cached<T> {
    /// The value, read again when it is old. While it cannot be read again, the old one serves for half an hour.
    pub(crate) async fn get(
        &self,
        now: Timestamp,
        read: impl AsyncFnOnce() -> Result<Option<T>, Problem>,
    ) -> Result<Arc<T>, Problem> {
        let mut kept = self.kept.lock().await;
        let fresh = kept.as_ref().filter(|(since, _)| now.duration_since(*since) < KEPT_FOR);
        if let Some((_, value)) = fresh {
            return Ok(value.clone());
        }
        match (read().await, kept.as_ref()) {
            (Ok(Some(value)), _) => {
                let value = Arc::new(value);
                *kept = Some((now, value.clone()));
                Ok(value)
            }
            (Ok(None), _) => Err(Problem::unavailable("there are no keys yet")),
            (Err(problem), Some((since, value))) if now.duration_since(*since) < SERVES_AT_MOST => {
                tracing::warn!(%problem, "could not be read again");
                Ok(value.clone())
            }
            (Err(problem), _) => Err(problem),
        }
    }
}
