//! How often something can be tried: counted before it is tried, in one round trip however many limits there are.

use domain::{Attempt, day_of};
use identity::hashed_name;
use runtime::Problem;
use store::{Counter, Key};
use tokio::task::JoinSet;

use crate::Service;

impl Service {
    /// Counts attempts, beside each other.
    ///
    /// # Errors
    /// [`runtime::ProblemKind::TooManyRequests`] if one of them comes too soon.
    pub async fn count(&self, attempts: &[Attempt]) -> Result<(), Problem> {
        let now = self.clock.now();
        let mut counting = JoinSet::new();
        for attempt in attempts.iter().filter(|attempt| **attempt != Attempt::Source(String::new())) {
            let (store, counter, allowance) = (self.store.clone(), self.counter(attempt), attempt.allowance());
            counting.spawn(async move { store.count(counter, allowance, now).await });
        }
        let mut longest = None;
        while let Some(counted) = counting.join_next().await {
            longest = longest.max(counted.map_err(Problem::internal)??);
        }
        longest.map_or(Ok(()), |seconds| Err(Problem::too_many(seconds)))
    }

    /// Forgets attempts, because the last one was right: those on an account altogether, and one of those from a source, which
    /// others may share. That this fails does no harm but to the count.
    pub async fn forgive(&self, attempts: &[Attempt]) {
        let mut forgiving = JoinSet::new();
        for attempt in attempts {
            let (store, counter, shared) =
                (self.store.clone(), self.counter(attempt), matches!(attempt, Attempt::Source(_)));
            forgiving.spawn(async move {
                if shared { store.take_back_attempt(counter).await } else { store.forget_attempts(counter).await }
            });
        }
        while let Some(forgiven) = forgiving.join_next().await {
            if !matches!(forgiven, Ok(Ok(()))) {
                tracing::warn!(?forgiven, "attempts could not be forgiven");
            }
        }
    }

    fn counter(&self, attempt: &Attempt) -> Key<Counter> {
        let name = attempt.name();
        let parts: Vec<&str> = name.iter().map(String::as_str).collect();
        Key::counter(&hashed_name(&parts), day_of(self.clock.now()))
    }
}
