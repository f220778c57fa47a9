//! Counting attempts, so that no race lets more through.
//!
//! An attempt takes one conditional, atomic update: it is refused while the limit is closed, and gets a number of its own
//! otherwise. Whoever gets a number beyond the free ones needs a second one: it closes the limit for the wait that is due, on the
//! condition that nobody closed it before, so of those who come at the same moment one gets through.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use decision::{Allowance, Key};
use jiff::{SignedDuration, Timestamp};

use crate::error::unless_refused;
use crate::item::{self, Item};
use crate::{Store, StoreError};

/// How long a counter is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(48);

const OPEN: &str = "attribute_not_exists(openAt) OR openAt <= :now";

/// A counter of attempts.
#[derive(Debug)]
pub struct Counter;

impl Counter {
    /// Where a counter lies, by a hash over what is tried, and the day in which it counts.
    pub fn key_of(hash: &str, day: i64) -> Key<Self> {
        Key::new(format!("LIMIT#{hash}"), format!("DAY#{day}"))
    }
}

impl Store {
    /// Counts an attempt. `Some` says in how many seconds the next one is accepted, and that this one is not.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn count(
        &self,
        counter: Key<Counter>,
        allowance: Allowance,
        now: Timestamp,
    ) -> Result<Option<u64>, StoreError> {
        let counted = self
            .at(&counter, now)
            .update_expression("ADD attempts :one SET expiresAt = :expires")
            .expression_attribute_values(":one", AttributeValue::N("1".into()))
            .expression_attribute_values(":expires", item::epoch_seconds(now + KEPT_FOR))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        let attempts = match counted {
            Ok(answer) => number(answer.attributes.as_ref(), "attempts").and_then(|count| u32::try_from(count).ok()),
            Err(error) => return closed(error, now),
        };
        let Some(wait) = allowance.wait_after(attempts.unwrap_or(u32::MAX)) else { return Ok(None) };
        let closing = self
            .at(&counter, now)
            .update_expression("SET openAt = :open")
            .expression_attribute_values(":open", milliseconds(now + wait))
            .send()
            .await;
        match closing {
            Ok(_) => Ok(None),
            Err(error) => closed(error, now),
        }
    }

    /// Takes back one attempt of a counter, because it was right.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn take_back_attempt(&self, counter: Key<Counter>) -> Result<(), StoreError> {
        let taken_back = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(item::key(counter.into_place())))
            .update_expression("ADD attempts :minus")
            .condition_expression("attempts > :none")
            .expression_attribute_values(":minus", AttributeValue::N("-1".into()))
            .expression_attribute_values(":none", AttributeValue::N("0".into()))
            .send()
            .await;
        unless_refused(taken_back).map(drop)
    }

    fn at(
        &self,
        counter: &Key<Counter>,
        now: Timestamp,
    ) -> aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(item::key(counter.place().clone())))
            .condition_expression(OPEN)
            .expression_attribute_values(":now", milliseconds(now))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }
}

/// What a refused update says about when the limit opens again.
fn closed(
    error: aws_sdk_dynamodb::error::SdkError<UpdateItemError>,
    now: Timestamp,
) -> Result<Option<u64>, StoreError> {
    let Some(UpdateItemError::ConditionalCheckFailedException(refused)) = error.as_service_error() else {
        return Err(StoreError::of(error));
    };
    let opens = number(refused.item.as_ref(), "openAt").unwrap_or_default();
    let wait = u64::try_from(opens - now.as_millisecond()).unwrap_or_default();
    Ok(Some(wait.div_ceil(1_000).max(1)))
}

fn number(item: Option<&Item>, name: &str) -> Option<i64> {
    item?.get(name)?.as_n().ok()?.parse().ok()
}

fn milliseconds(time: Timestamp) -> AttributeValue {
    AttributeValue::N(time.as_millisecond().to_string())
}
