//! How often something can be tried: counted before it is tried, in [stages], so that a refusal costs nobody else anything.

use decision::Key;
use domain_accounts::{Attempt, day_of, stages};
use identity::hashed_name;
use runtime::Problem;
use store::Counter;
use tokio::task::JoinSet;

use crate::Service;

impl Service {
    /// Counts attempts: those of a stage beside each other, in one round trip, and the next stage if none of them is refused.
    ///
    /// # Errors
    /// [`runtime::ProblemKind::TooManyRequests`] if one of them comes too soon.
    pub async fn count(&self, attempts: &[Attempt]) -> Result<(), Problem> {
        self.count_after(&[], attempts).await
    }

    /// Counts further attempts of a request.
    pub(crate) async fn count_after(&self, counted: &[Attempt], attempts: &[Attempt]) -> Result<(), Problem> {
        for stage in stages(attempts, counted) {
            self.count_stage(&stage).await?;
        }
        Ok(())
    }

    async fn count_stage(&self, attempts: &[Attempt]) -> Result<(), Problem> {
        let now = self.clock.now();
        let mut counting = JoinSet::new();
        for attempt in attempts {
            let (store, counter, allowance) = (self.store.clone(), self.counter(attempt), attempt.allowance());
            counting.spawn(async move { store.count(counter, allowance, now).await });
        }
        let mut longest = None;
        while let Some(counted) = counting.join_next().await {
            longest = longest.max(counted.map_err(Problem::internal)??);
        }
        longest.map_or(Ok(()), |seconds| Err(Problem::too_many(seconds)))
    }

    /// Takes attempts back, because they were right: one from each counter, so that others' wrong ones still count. That this fails
    /// does no harm but to the count.
    pub async fn take_back(&self, attempts: &[Attempt]) {
        let mut returning = JoinSet::new();
        for attempt in stages(attempts, &[]).concat() {
            let (store, counter) = (self.store.clone(), self.counter(&attempt));
            returning.spawn(async move { store.take_back_attempt(counter).await });
        }
        while let Some(returned) = returning.join_next().await {
            if !matches!(returned, Ok(Ok(()))) {
                tracing::warn!(?returned, "attempts could not be taken back");
            }
        }
    }

    fn counter(&self, attempt: &Attempt) -> Key<Counter> {
        let name = attempt.name();
        let parts: Vec<&str> = name.iter().map(String::as_str).collect();
        Counter::key_of(&hashed_name(&parts), day_of(self.clock.now()))
    }
}
