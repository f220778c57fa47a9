//! The one door for writes.
//!
//! A decision becomes one `TransactWriteItems`
//! ([at most 100 actions, 4 MB](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html)).
//! When another transaction holds one of the items for a moment, the commit is tried again; when a condition does not hold,
//! the state has changed since it was read, and it is for the caller to read and decide again ([`retry_on_conflict`]).

use std::time::Duration;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{CancellationReason, ConditionCheck, Delete, Put, TransactWriteItem, Update};
use decision::{Decision, Fault, Guard, MayConflict, Patch, Place, Remedy, Write};
use jiff::Timestamp;
use uuid::Uuid;

use crate::expression::{self, Placeholders};
use crate::{IdempotencyRecord, Store, StoreError, item};

const ATTEMPTS: u32 = 8;
const FIRST_WAIT: Duration = Duration::from_millis(10);

/// What a commit was refused for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A record was created, changed or removed since it was read.
    Changed,
    /// The request has been answered before.
    Answered,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A condition does not hold.
    #[error("a condition does not hold: {0:?}")]
    Refused(Refusal),
    /// DynamoDB did not store it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The answer to a request that may be sent again.
#[derive(Debug)]
pub struct Answered {
    /// The answer.
    pub record: IdempotencyRecord,
    /// The time: an answer there that is kept no longer gives way.
    pub now: Timestamp,
}

struct Step {
    action: TransactWriteItem,
    refusal: Refusal,
}

impl Store {
    /// Stores all of a decision, or nothing. A decision without any content costs nothing.
    ///
    /// # Errors
    /// [`CommitError`]
    pub async fn commit(&self, decision: Decision) -> Result<(), CommitError> {
        self.commit_with_answer(decision, None).await
    }

    /// The same, together with the answer to the request that asked for it.
    ///
    /// # Errors
    /// [`CommitError`]
    pub async fn commit_with_answer(&self, decision: Decision, answer: Option<Answered>) -> Result<(), CommitError> {
        let mut steps = self.steps(decision, Refusal::Changed)?;
        if let Some(answer) = answer {
            let mut kept = Decision::default();
            kept.put(&answer.record, Guard::AbsentOrExpired(answer.now));
            steps.extend(self.steps(kept, Refusal::Answered)?);
        }
        if steps.is_empty() { Ok(()) } else { self.write(steps).await }
    }

    fn steps(&self, decision: Decision, refusal: Refusal) -> Result<Vec<Step>, StoreError> {
        let events = decision.events.iter().map(|event| Write::Put(event.put()));
        let writes = decision.writes.into_iter().chain(events);
        writes.map(|write| Ok(Step { action: self.action(write)?, refusal: refusal.clone() })).collect()
    }

    fn action(&self, write: Write) -> Result<TransactWriteItem, StoreError> {
        let action = TransactWriteItem::builder();
        Ok(match write {
            Write::Put(put) => action.put(self.put(put.place, item::of_attributes(&put.attributes)?, &put.guard)?),
            Write::Patch(patch) => action.update(self.update(patch)?),
            Write::Delete(place, guard) => action.delete(self.delete(place, &guard)?),
            Write::Check(place, guard) => action.condition_check(self.check(place, &guard)?),
        }
        .build())
    }

    fn put(&self, place: Place, item: item::Item, guard: &Guard) -> Result<Put, StoreError> {
        let (condition, names, values) = expression::condition(guard)?;
        Ok(Put::builder()
            .table_name(&self.table)
            .set_item(Some(item::at(place, item)))
            .condition_expression(condition)
            .set_expression_attribute_names(names)
            .set_expression_attribute_values(values)
            .build()?)
    }

    fn update(&self, patch: Patch) -> Result<Update, StoreError> {
        let mut placeholders = Placeholders::default();
        let update = placeholders.update(&patch)?;
        let condition = patch.guard.as_ref().map(|guard| placeholders.condition(guard)).transpose()?;
        let (names, values) = placeholders.split();
        Ok(Update::builder()
            .table_name(&self.table)
            .set_key(Some(item::key(patch.place)))
            .update_expression(update)
            .set_condition_expression(condition)
            .set_expression_attribute_names(names)
            .set_expression_attribute_values(values)
            .build()?)
    }

    fn delete(&self, place: Place, guard: &Guard) -> Result<Delete, StoreError> {
        let (condition, names, values) = expression::condition(guard)?;
        Ok(Delete::builder()
            .table_name(&self.table)
            .set_key(Some(item::key(place)))
            .condition_expression(condition)
            .set_expression_attribute_names(names)
            .set_expression_attribute_values(values)
            .build()?)
    }

    fn check(&self, place: Place, guard: &Guard) -> Result<ConditionCheck, StoreError> {
        let (condition, names, values) = expression::condition(guard)?;
        Ok(ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(item::key(place)))
            .condition_expression(condition)
            .set_expression_attribute_names(names)
            .set_expression_attribute_values(values)
            .build()?)
    }

    async fn write(&self, steps: Vec<Step>) -> Result<(), CommitError> {
        let (actions, refusals): (Vec<_>, Vec<_>) = steps.into_iter().map(|step| (step.action, step.refusal)).unzip();
        // The same token with every attempt: if an earlier one was stored and only its answer was lost, DynamoDB says so.
        let token = Uuid::new_v4().to_string();
        let mut wait = FIRST_WAIT;
        for attempt in 1.. {
            let request = self.client.transact_write_items().set_transact_items(Some(actions.clone()));
            let Err(error) = request.client_request_token(&token).send().await else { return Ok(()) };
            match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    if let Some(refusal) = refusal(cancelled.cancellation_reasons(), &refusals) {
                        return Err(CommitError::Refused(refusal));
                    }
                }
                Some(TransactWriteItemsError::TransactionInProgressException(_)) => {}
                _ => return Err(StoreError::of(error).into()),
            }
            if attempt == ATTEMPTS {
                return Err(StoreError::of(error).into());
            }
            tracing::info!(attempt, "another transaction holds the items; trying again");
            tokio::time::sleep(jittered(wait)).await;
            wait *= 2;
        }
        unreachable!("the loop ends with the last attempt")
    }
}

/// Reads, decides and commits again while others change the same records in between.
///
/// # Errors
/// What `work` returns; the last refusal if it is refused time after time.
pub async fn retry_on_conflict<T, E, W>(mut work: impl FnMut() -> W) -> Result<T, E>
where
    W: Future<Output = Result<T, E>>,
    E: MayConflict,
{
    let mut wait = FIRST_WAIT;
    for _ in 1..ATTEMPTS {
        match work().await {
            Err(error) if error.is_conflict() => tokio::time::sleep(jittered(wait)).await,
            settled => return settled,
        }
        wait *= 2;
    }
    work().await
}

impl Fault for CommitError {
    fn remedy(&self) -> Remedy {
        match self {
            Self::Refused(Refusal::Changed | Refusal::Answered) => Remedy::ReadAgain,
            Self::Store(error) => error.remedy(),
        }
    }
}

/// What a cancelled transaction was refused for; nothing if it was only in another's way. A record that has been answered for
/// counts before anything else: it explains why the rest changed.
fn refusal(reasons: &[CancellationReason], refusals: &[Refusal]) -> Option<Refusal> {
    let failed = reasons.iter().zip(refusals).filter(|(reason, _)| reason.code() == Some("ConditionalCheckFailed"));
    let failed: Vec<&Refusal> = failed.map(|(_, refusal)| refusal).collect();
    failed.iter().find(|refusal| ***refusal == Refusal::Answered).or(failed.first()).map(|refusal| (*refusal).clone())
}

/// Between half of a wait and all of it, so that those who collided do not meet again.
pub(crate) fn jittered(wait: Duration) -> Duration {
    let [random] = runtime::seed();
    wait / 2 + wait * u32::from(random) / 512
}
