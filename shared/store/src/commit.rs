//! The one door for writes.
//!
//! A decision becomes one `TransactWriteItems`
//! ([at most 100 actions, 4 MB](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html)).
//! When another transaction holds one of the items for a moment, the commit is tried again; when a condition does not hold,
//! the state has changed since it was read, and it is for the caller to read and decide again ([`until_settled`]).

use std::time::Duration;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, ConditionCheck, Delete, Put, TransactWriteItem, Update,
};
use domain::{
    AccountId, AddressLanguage, Condition, Decision, DeviceId, DeviceNaming, DeviceSighting, Proof, Release, Removal,
    Requirement, Save,
};
use runtime::{Problem, ProblemKind};
use uuid::Uuid;

use crate::item::{self, Item, Stored};
use crate::{Key, OnceRecord, Place, Store, StoreError};

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

/// Where the answer to a request is kept, and the answer.
pub type Answered = (Key<OnceRecord>, OnceRecord);

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
        self.commit_once(decision, None).await
    }

    /// The same, together with the answer to the request that asked for it.
    ///
    /// # Errors
    /// [`CommitError`]
    pub async fn commit_once(&self, decision: Decision, answer: Option<Answered>) -> Result<(), CommitError> {
        let mut steps = self.steps(decision)?;
        if let Some((key, record)) = answer {
            steps.push(self.answer(key, &record)?);
        }
        if steps.is_empty() { Ok(()) } else { self.write(steps).await }
    }

    fn steps(&self, decision: Decision) -> Result<Vec<Step>, StoreError> {
        let mut steps = Vec::new();
        for requirement in decision.requirements {
            steps.push(self.require(requirement)?);
        }
        for save in decision.saves {
            steps.push(self.save(&save)?);
        }
        for removal in decision.removals {
            steps.push(self.remove(&removal)?);
        }
        for release in decision.releases {
            steps.push(self.release(&release)?);
        }
        for sighting in decision.sightings {
            steps.push(self.sight(&sighting)?);
        }
        for naming in decision.namings {
            steps.push(self.name_device(&naming)?);
        }
        for (account, device) in decision.forgotten_devices {
            steps.push(self.forget_device(account, device)?);
        }
        for proof in decision.proofs {
            steps.push(self.prove(&proof)?);
        }
        for spoken in decision.languages {
            steps.push(self.speak(&spoken)?);
        }
        for event in &decision.events {
            let put = self.put(item::of_event(event)?).condition_expression("attribute_not_exists(pk)").build()?;
            steps.push(step(TransactWriteItem::builder().put(put).build(), Refusal::Changed));
        }
        Ok(steps)
    }

    fn save(&self, save: &Save) -> Result<Step, StoreError> {
        let version = match save.condition {
            Condition::Unchanged(version) => version + 1,
            Condition::New | Condition::Unproven { .. } | Condition::Held { .. } => 1,
        };
        let (expression, values) = condition(save.condition);
        let put = self.put(item::of_record(&save.record, version)?);
        let put = put.condition_expression(expression).set_expression_attribute_values(values);
        Ok(step(TransactWriteItem::builder().put(put.build()?).build(), Refusal::Changed))
    }

    fn remove(&self, removal: &Removal) -> Result<Step, StoreError> {
        let (pk, sk) = crate::key::of(&removal.record);
        self.delete(Some(item::keyed(Item::new(), pk, sk)), Condition::Unchanged(removal.version))
    }

    fn release(&self, release: &Release) -> Result<Step, StoreError> {
        let Release { email, account_id, revision } = release;
        let condition = Condition::Held { account_id: *account_id, revision: *revision };
        self.delete(Key::credential(email).as_item(), condition)
    }

    fn delete(&self, key: Option<Item>, condition: Condition) -> Result<Step, StoreError> {
        let (expression, values) = self::condition(condition);
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(key)
            .condition_expression(expression)
            .set_expression_attribute_values(values)
            .build()?;
        Ok(step(TransactWriteItem::builder().delete(delete).build(), Refusal::Changed))
    }

    fn sight(&self, sighting: &DeviceSighting) -> Result<Step, StoreError> {
        let label = sighting.label.as_ref().map_or(AttributeValue::Null(true), |label| text(label.as_str()));
        let update = self
            .update(Key::device(sighting.account_id, sighting.device_id))
            .update_expression(
                "SET id = :id, accountId = :account, ownerRevision = :owner, label = :label, lastSeenAt = :at, \
                 firstSeenAt = if_not_exists(firstSeenAt, :at), expiresAt = :expires",
            )
            .expression_attribute_values(":id", text(sighting.device_id))
            .expression_attribute_values(":account", text(sighting.account_id))
            .expression_attribute_values(":owner", number(sighting.owner_revision))
            .expression_attribute_values(":label", label)
            .expression_attribute_values(":at", text(sighting.at))
            .expression_attribute_values(":expires", item::epoch_seconds(sighting.expires_at()));
        Ok(step(TransactWriteItem::builder().update(update.build()?).build(), Refusal::Changed))
    }

    fn name_device(&self, naming: &DeviceNaming) -> Result<Step, StoreError> {
        let update = self.update(Key::device(naming.account_id, naming.device_id));
        let update = match &naming.name {
            Some(name) => {
                update.update_expression("SET #name = :name").expression_attribute_values(":name", text(name.as_str()))
            }
            None => update.update_expression("REMOVE #name"),
        };
        let update = update.expression_attribute_names("#name", "name").condition_expression("attribute_exists(pk)");
        Ok(step(TransactWriteItem::builder().update(update.build()?).build(), Refusal::Changed))
    }

    fn forget_device(&self, account: AccountId, device: DeviceId) -> Result<Step, StoreError> {
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Key::device(account, device).as_item())
            .condition_expression("attribute_exists(pk)")
            .build()?;
        Ok(step(TransactWriteItem::builder().delete(delete).build(), Refusal::Changed))
    }

    fn prove(&self, proof: &Proof) -> Result<Step, StoreError> {
        let update = self
            .update(Key::credential(&proof.email))
            .update_expression("SET standing = :proven")
            .condition_expression("accountId = :account")
            .expression_attribute_values(":proven", text("proven"))
            .expression_attribute_values(":account", text(proof.account_id));
        Ok(step(TransactWriteItem::builder().update(update.build()?).build(), Refusal::Changed))
    }

    fn speak(&self, spoken: &AddressLanguage) -> Result<Step, StoreError> {
        let update = self
            .update(Key::credential(&spoken.email))
            .update_expression("SET #language = :language")
            .condition_expression("accountId = :account")
            .expression_attribute_names("#language", "language")
            .expression_attribute_values(":language", text(spoken.language.code()))
            .expression_attribute_values(":account", text(spoken.account_id));
        Ok(step(TransactWriteItem::builder().update(update.build()?).build(), Refusal::Changed))
    }

    fn require(&self, requirement: Requirement) -> Result<Step, StoreError> {
        let check = ConditionCheck::builder().table_name(&self.table);
        let check = match &requirement {
            Requirement::OpenAccount { account_id, credential_revision, session_revision } => check
                .set_key(Key::account(*account_id).as_item())
                .condition_expression(
                    "#state = :active AND attribute_not_exists(blockedAt) AND credentialRevision = :credential \
                     AND sessionRevision = :session",
                )
                .expression_attribute_names("#state", "state")
                .expression_attribute_values(":active", text("active"))
                .expression_attribute_values(":credential", number(*credential_revision))
                .expression_attribute_values(":session", number(*session_revision)),
            Requirement::UnknownAddress(email) => {
                check.set_key(Key::credential(email).as_item()).condition_expression("attribute_not_exists(pk)")
            }
            Requirement::KnownAddress(email) => {
                check.set_key(Key::credential(email).as_item()).condition_expression("attribute_exists(pk)")
            }
        };
        Ok(step(TransactWriteItem::builder().condition_check(check.build()?).build(), Refusal::Changed))
    }

    fn answer(&self, key: Key<OnceRecord>, record: &OnceRecord) -> Result<Step, StoreError> {
        let mut item = item::keyed(item::attributes(record)?, key.pk, key.sk);
        item.insert("expiresAt".into(), item::epoch_seconds(record.kept_until));
        let put = self.put(item).condition_expression("attribute_not_exists(pk)").build()?;
        Ok(step(TransactWriteItem::builder().put(put).build(), Refusal::Answered))
    }

    fn update<T: Stored>(&self, key: Key<T>) -> aws_sdk_dynamodb::types::builders::UpdateBuilder {
        Update::builder().table_name(&self.table).set_key(key.as_item())
    }

    fn put(&self, item: Item) -> aws_sdk_dynamodb::types::builders::PutBuilder {
        Put::builder().table_name(&self.table).set_item(Some(item))
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
pub async fn until_settled<T, E, W>(mut work: impl FnMut() -> W) -> Result<T, E>
where
    W: Future<Output = Result<T, E>>,
    E: MayBeOvertaken,
{
    let mut wait = FIRST_WAIT;
    for _ in 1..ATTEMPTS {
        match work().await {
            Err(error) if error.is_overtaken() => tokio::time::sleep(jittered(wait)).await,
            settled => return settled,
        }
        wait *= 2;
    }
    work().await
}

/// An error that may say that someone else was faster.
pub trait MayBeOvertaken {
    /// Whether the state has changed since it was read, so that it is worth to read and decide again.
    fn is_overtaken(&self) -> bool;
}

impl MayBeOvertaken for CommitError {
    fn is_overtaken(&self) -> bool {
        matches!(self, Self::Refused(Refusal::Changed | Refusal::Answered))
    }
}

impl MayBeOvertaken for Problem {
    fn is_overtaken(&self) -> bool {
        self.kind() == ProblemKind::Conflict
    }
}

impl From<CommitError> for Problem {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Refused(_) => Self::new(ProblemKind::Conflict),
            CommitError::Store(error) => error.into(),
        }
    }
}

/// A condition as DynamoDB wants it, and the values in it.
fn condition(condition: Condition) -> (&'static str, Option<Item>) {
    let of = |account: AccountId, revision: u32| {
        Item::from([(":account".to_owned(), text(account)), (":revision".to_owned(), number(revision))])
    };
    match condition {
        Condition::New => ("attribute_not_exists(pk)", None),
        Condition::Unchanged(version) => {
            ("version = :version", Some(Item::from([(":version".to_owned(), number(version))])))
        }
        Condition::Held { account_id, revision } => {
            ("accountId = :account AND revision = :revision", Some(of(account_id, revision)))
        }
        Condition::Unproven { account_id, revision } => {
            let mut values = of(account_id, revision);
            values.insert(":proven".to_owned(), text("proven"));
            ("accountId = :account AND revision = :revision AND standing <> :proven", Some(values))
        }
    }
}

fn text(value: impl ToString) -> AttributeValue {
    AttributeValue::S(value.to_string())
}

fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

fn step(action: TransactWriteItem, refusal: Refusal) -> Step {
    Step { action, refusal }
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
