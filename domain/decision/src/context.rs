//! What a decision is given besides the state: the time, who acts and why, and where new ids come from.

use std::sync::atomic::{AtomicU8, Ordering};

use jiff::Timestamp;
use uuid::Builder;
use values::UniqueId;

use crate::{Actor, Cause, Event, EventKind, Subject};

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
