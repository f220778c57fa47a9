//! What a decision is given besides the state: the time, who acts and why, and where new ids come from.

use std::sync::atomic::{AtomicU8, Ordering};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Builder;
use values::{AccountId, EventId, UniqueId};

use crate::{Event, EventKind, Subject};

/// An automation that answers to events which it caused itself, directly or through others, is stopped at this depth.
const DEEPEST_CAUSE: u8 = 8;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Actor {
    /// Someone who has not logged in.
    Visitor,
    /// A customer, or an employee of one, by account.
    Account {
        /// The account that was logged in.
        account_id: AccountId,
    },
    /// A member of staff.
    Staff {
        /// The account that was logged in; customers are not told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account_id: Option<AccountId>,
    },
    /// A rule of the business.
    Automation {
        /// Which one.
        automation: String,
    },
    /// Clientele itself: time that passed, a mail that was delivered.
    System,
    /// The ops team, by invoking a function.
    Operator,
    /// A kind of actor that newer code wrote down.
    #[serde(other)]
    Unknown,
}

/// Why it happened: the request or the event that led to it, and how many events lie between it and the first cause.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cause {
    /// The request, as in the logs and in the `X-Request-Id` header of its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The event that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// 0 for what a person or a schedule did, one more for each event in between.
    #[serde(default)]
    pub depth: u8,
}

impl Cause {
    /// The cause of what a request brings about.
    pub fn request(request_id: impl Into<String>) -> Self {
        Self { request_id: Some(request_id.into()), ..Self::default() }
    }

    /// The cause of what the answer to `event` brings about.
    pub fn event(event: &Event, request_id: impl Into<String>) -> Self {
        Self {
            request_id: Some(request_id.into()),
            event_id: Some(event.id),
            depth: event.cause.depth.saturating_add(1),
        }
    }

    /// The cause of what follows from a record that is handled later, such as a mail that is sent or a time that comes: one link
    /// further from the first cause than the decision that stored the record.
    #[must_use]
    pub fn later(&self, request_id: impl Into<String>) -> Self {
        Self { request_id: Some(request_id.into()), event_id: self.event_id, depth: self.depth.saturating_add(1) }
    }

    /// Whether the chain of causes is so long that it can only be a loop.
    pub fn is_loop(&self) -> bool {
        self.depth > DEEPEST_CAUSE
    }
}

/// The circumstances of one decision. The same context and the same state always lead to the same decision: even the ids
/// that it mints follow from `now` and `seed`.
#[derive(Debug)]
pub struct Context {
    /// The time of the decision.
    pub now: Timestamp,
    /// Who acts.
    pub actor: Actor,
    /// Why.
    pub cause: Cause,
    seed: [u8; 10],
    minted: AtomicU8,
}

impl Context {
    /// `seed` is random, and new for each decision. Times are kept to the millisecond.
    pub fn new(now: Timestamp, actor: Actor, cause: Cause, seed: [u8; 10]) -> Self {
        let now = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        Self { now, actor, cause, seed, minted: AtomicU8::new(0) }
    }

    /// A new id, greater than all that this context minted before. A decision mints a handful; 256 are possible.
    pub fn mint<I: UniqueId>(&self) -> I {
        let mut bytes = self.seed;
        bytes[0] = 0;
        bytes[1] = self.minted.fetch_add(1, Ordering::Relaxed);
        let milliseconds = u64::try_from(self.now.as_millisecond()).unwrap_or_default();
        I::from_uuid(Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid())
    }

    /// Something that happened now.
    ///
    /// # Panics
    /// If the kind cannot be serialised: a mistake in its type, which any test that raises it finds.
    pub fn event<K: EventKind>(&self, subject: Subject, kind: K) -> Event {
        Event {
            id: self.mint(),
            at: self.now,
            subject,
            actor: self.actor.clone(),
            cause: self.cause.clone(),
            kind: K::TYPE.to_owned(),
            data: serde_json::to_value(kind).expect("an event's data has string keys and no failing parts"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use values::CustomerId;

    #[test]
    fn ids_of_one_context_are_distinct_ascending_and_repeatable() {
        let context = || Context::new(Timestamp::UNIX_EPOCH, Actor::System, Cause::default(), [7; 10]);
        let mint = |context: Context| -> Vec<CustomerId> { (0..20).map(|_| context.mint()).collect() };
        let ids = mint(context());
        assert!(ids.is_sorted_by(|earlier, later| earlier < later));
        assert_eq!(ids, mint(context()));
        let now: Timestamp = "2026-11-22T06:00:00.123Z".parse().unwrap();
        let id: CustomerId = Context::new(now, Actor::System, Cause::default(), [7; 10]).mint();
        assert_eq!(id.minted_at(), now);
    }
}
