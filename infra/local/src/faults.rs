//! Faults on demand: what AWS does rarely and at the worst moment, done often and on purpose.
//!
//! Faults strike what functions do and what is done to them, never the control pages or the invocations that a test makes by
//! name. The dice are seeded, so a run on one thread repeats; with several at work the order of throws is theirs.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How likely each fault is, from 0 (never) to 1 (always).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Faults {
    /// Where the dice begin.
    pub seed: u64,
    /// DynamoDB refuses a call because there are too many.
    pub dynamodb_throttling: f64,
    /// DynamoDB cancels a transaction because another one is at work on its items.
    pub transaction_conflict: f64,
    /// DynamoDB does what it was asked, and its answer is lost.
    pub dynamodb_answer_lost: f64,
    /// DynamoDB answers a `BatchGetItem` in part, and leaves the other keys unprocessed.
    pub unprocessed_keys: f64,
    /// An index lags behind: a query of it finds what it would have found up to two seconds ago.
    pub stale_index: f64,
    /// SES refuses a mail: too many requests, or an error of its own.
    pub ses_failing: f64,
    /// SES takes a mail, and its answer is lost.
    pub ses_answer_lost: f64,
    /// SES refuses a mail because a quota is used up: that of the second, or that of the day.
    pub ses_quota_exceeded: f64,
    /// A queue looked into without waiting seems to be empty: SQS asked servers that hold none of its messages.
    pub sqs_short_polling: f64,
    /// EventBridge takes a `PutEvents` and refuses one of its entries; thrown for each entry.
    pub put_events_partial: f64,
    /// A batch of a stream, or an event of a bus, is delivered once more.
    pub duplicate_delivery: f64,
    /// An event of a bus is held back while later ones overtake it.
    pub reordered_delivery: f64,
    /// A function is gone in the middle of its work.
    pub crash: f64,
    /// How many mails SES takes in 24 hours, by the clock of the cloud. By default any number.
    pub ses_mails_per_day: Option<u32>,
}

impl Faults {
    /// Every fault as likely as this.
    pub fn all(likelihood: f64) -> Self {
        Self {
            seed: 0,
            dynamodb_throttling: likelihood,
            transaction_conflict: likelihood,
            dynamodb_answer_lost: likelihood,
            unprocessed_keys: likelihood,
            stale_index: likelihood,
            ses_failing: likelihood,
            ses_answer_lost: likelihood,
            ses_quota_exceeded: likelihood,
            sqs_short_polling: likelihood,
            put_events_partial: likelihood,
            duplicate_delivery: likelihood,
            reordered_delivery: likelihood,
            crash: likelihood,
            ses_mails_per_day: None,
        }
    }

    /// Whether every likelihood is one.
    pub(crate) fn are_likelihoods(&self) -> bool {
        let all = [
            self.dynamodb_throttling,
            self.transaction_conflict,
            self.dynamodb_answer_lost,
            self.unprocessed_keys,
            self.stale_index,
            self.ses_failing,
            self.ses_answer_lost,
            self.ses_quota_exceeded,
            self.sqs_short_polling,
            self.put_events_partial,
            self.duplicate_delivery,
            self.reordered_delivery,
            self.crash,
        ];
        all.iter().all(|likelihood| (0.0..=1.0).contains(likelihood))
    }
}

/// The faults in force, and the dice.
pub(crate) struct Dice(Mutex<(Faults, u64)>);

impl Dice {
    pub(crate) fn new() -> Self {
        Self(Mutex::new((Faults::default(), 0)))
    }

    /// Puts these faults in force.
    pub(crate) fn set(&self, faults: Faults) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (faults, faults.seed);
    }

    /// The faults in force.
    pub(crate) fn faults(&self) -> Faults {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    /// Whether a fault strikes now.
    pub(crate) fn strike(&self, likelihood: impl FnOnce(&Faults) -> f64) -> bool {
        let mut dice = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let likelihood = likelihood(&dice.0);
        likelihood > 0.0 && fraction(&mut dice.1) < likelihood
    }

    /// A random part of a duration.
    pub(crate) fn part_of(&self, whole: Duration) -> Duration {
        let mut dice = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        whole.mul_f64(fraction(&mut dice.1))
    }
}

/// The next throw (SplitMix64), from 0 to below 1.
fn fraction(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut bits = *state;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    (bits >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throws(seed: u64) -> Vec<bool> {
        let dice = Dice::new();
        dice.set(Faults { seed, crash: 0.3, ..Faults::default() });
        (0..1000).map(|_| dice.strike(|faults| faults.crash)).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_throws() {
        assert_eq!(throws(7), throws(7));
        assert_ne!(throws(7), throws(8));
        let struck = throws(7).iter().filter(|struck| **struck).count();
        assert!((200..400).contains(&struck), "{struck}");
    }

    #[test]
    fn nothing_strikes_unless_asked_to() {
        let dice = Dice::new();
        assert!(!dice.strike(|faults| faults.crash));
        dice.set(Faults::all(1.0));
        assert!(dice.strike(|faults| faults.crash));
    }
}
