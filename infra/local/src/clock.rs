//! The cloud's clock: the machine's time and an offset that only grows.

use std::sync::Arc;

use jiff::{SignedDuration, SpanRelativeTo, Timestamp};

use crate::kept::Kept;

/// A clock that can be moved forward. How far it was moved survives a restart.
#[derive(Clone)]
pub(crate) struct CloudClock(Arc<Kept<SignedDuration>>);

/// A move that a clock refuses.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum ClockError {
    /// It is not a duration.
    #[error("`{0}` is not an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as P14D or PT90M.")]
    NotADuration(String),
    /// It goes back.
    #[error("The clock only moves forward.")]
    Backward,
    /// It ends beyond the year 9999.
    #[error("The clock does not reach that far.")]
    TooFar,
}

impl CloudClock {
    pub(crate) fn new(offset: Arc<Kept<SignedDuration>>) -> Self {
        Self(offset)
    }

    /// The time.
    pub(crate) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        self.0.read(|offset| now.checked_add(*offset)).unwrap_or(Timestamp::MAX)
    }

    /// The clock as the functions see it.
    pub(crate) fn for_functions(&self) -> runtime::Clock {
        let clock = self.clone();
        runtime::Clock::new(move || clock.now())
    }

    /// Makes it this time now.
    pub(crate) fn set(&self, now: Timestamp) {
        self.0.change(|offset| *offset = now.duration_since(Timestamp::now()));
    }

    /// Moves it.
    pub(crate) fn advance(&self, by: SignedDuration) -> Result<(), ClockError> {
        if by.is_negative() {
            return Err(ClockError::Backward);
        }
        let reach = self.0.read(|offset| offset.checked_add(by)).ok_or(ClockError::TooFar)?;
        Timestamp::now().checked_add(reach).map_err(|_| ClockError::TooFar)?;
        self.0.change(|offset| *offset = reach);
        Ok(())
    }
}

/// Reads how far a clock is to be moved; a day has 24 hours.
pub(crate) fn duration(text: &str) -> Result<SignedDuration, ClockError> {
    let refused = || ClockError::NotADuration(text.to_owned());
    let span: jiff::Span = text.parse().map_err(|_| refused())?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_24_hours_and_months_are_refused() {
        assert_eq!(duration("P14D"), Ok(SignedDuration::from_hours(14 * 24)));
        assert_eq!(duration("P1W"), Ok(SignedDuration::from_hours(7 * 24)));
        assert_eq!(duration("PT1M30S"), Ok(SignedDuration::from_secs(90)));
        assert_eq!(duration("P1M"), Err(ClockError::NotADuration("P1M".to_owned())));
        assert_eq!(duration("two weeks"), Err(ClockError::NotADuration("two weeks".to_owned())));
    }

    #[test]
    fn it_only_moves_forward_and_not_out_of_reach() {
        let clock = CloudClock::new(Kept::open(None, "clock").unwrap());
        let before = clock.now();
        clock.advance(duration("P14D").unwrap()).unwrap();
        assert!(clock.now().duration_since(before) >= SignedDuration::from_hours(14 * 24));
        assert_eq!(clock.advance(duration("-P1D").unwrap()), Err(ClockError::Backward));
        assert_eq!(clock.advance(SignedDuration::from_hours(24 * 366 * 9000)), Err(ClockError::TooFar));
    }
}
