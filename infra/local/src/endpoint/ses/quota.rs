//! SES's [sending quota](https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html): so many recipients within any 24 hours.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// The time that the quota counts.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// The recipients that mail was sent to lately.
#[derive(Default)]
pub(crate) struct Quota(Mutex<VecDeque<Timestamp>>);

impl Quota {
    /// Counts recipients, unless that would exceed the quota, and returns whether they were counted. Without a quota nothing is.
    pub(super) fn take(&self, recipients: usize, most: Option<u32>, now: Timestamp) -> bool {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(most) = most.and_then(|most| usize::try_from(most).ok()) else {
            sent.clear();
            return true;
        };
        while sent.front().is_some_and(|at| now.duration_since(*at) >= WINDOW) {
            sent.pop_front();
        }
        if sent.len() + recipients > most {
            return false;
        }
        sent.extend(std::iter::repeat_n(now, recipients));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_a_day_ago_counts_no_more() {
        let (quota, start) = (Quota::default(), Timestamp::UNIX_EPOCH);
        let after = |hours: i64| start + SignedDuration::from_hours(hours);
        assert!(quota.take(2, Some(3), after(0)));
        assert!(!quota.take(2, Some(3), after(1)));
        assert!(quota.take(1, Some(3), after(1)));
        assert!(!quota.take(1, Some(3), after(23)));
        assert!(quota.take(2, Some(3), after(24)));
        assert!(!quota.take(1, Some(3), after(24)));
        assert!(quota.take(100, None, after(24)));
    }
}
