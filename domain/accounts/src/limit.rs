//! How often something can be tried: freely at first, then with waits that double.
//!
//! A limit is counted before the attempt is made, under a name that says what is tried on what: an address, a known device, a
//! source. It never shuts anyone out for long. Limits are counted in two [stages], first what belongs to whoever asks, then what
//! belongs to others: a refusal in the first leaves the second alone. So a source that is refused costs the owner of an address nothing, and what one source
//! can do to one address in a day is less than a quarter of what the address has free. A stranger who guesses at an address makes those
//! wait who share their source, and others only after guesses from many sources; those never who come from a device that the account
//! knows: they are counted by themselves. Counts begin anew each day
//! ([ASVS 5.0, 6.3.1](https://github.com/OWASP/ASVS/blob/master/5.0/en/0x15-V6-Authentication.md)).
//!
//! What it trades: a round trip for the second stage.

use decision::Allowance;
use jiff::{SignedDuration, Timestamp};
use values::{AccountId, CustomerId, DeviceId, EmailAddress};

/// Something that is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// A password for an address, from a device that its account does not know, wherever it is.
    LogIn(EmailAddress),
    /// The same from one source.
    LogInFromSource(EmailAddress, String),
    /// A password for an account, from a device that it knows.
    LogInFromDevice(AccountId, DeviceId),
    /// The password, by someone who is logged in.
    Password(AccountId),
    /// Anything that makes a mail go to an address, wherever it is asked for.
    Mail(EmailAddress),
    /// The same from one source. [`stages`] adds it where both are counted.
    MailFromSource(EmailAddress, String),
    /// Inviting somebody to a company.
    Invitation(CustomerId),
    /// Any of that, from a source.
    Source(String),
}

/// Whom a limit belongs to, in the order of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Whoever asks: their source, device, account or company.
    Own,
    /// The owner of an address, who may be somebody else.
    Others,
}

impl Attempt {
    /// What it is counted under.
    pub fn name(&self) -> Vec<String> {
        match self {
            Self::LogIn(email) => vec!["log-in".into(), email.to_string()],
            Self::LogInFromSource(email, source) => vec!["log-in-from".into(), email.to_string(), source.clone()],
            Self::LogInFromDevice(account, device) => vec!["device".into(), account.to_string(), device.to_string()],
            Self::Password(account) => vec!["password".into(), account.to_string()],
            Self::Mail(email) => vec!["mail".into(), email.to_string()],
            Self::MailFromSource(email, source) => vec!["mail-from".into(), email.to_string(), source.clone()],
            Self::Invitation(company) => vec!["invitation".into(), company.to_string()],
            Self::Source(source) => vec!["source".into(), source.clone()],
        }
    }

    /// How often it can be tried.
    ///
    /// One source gets at an address by logging in 39 times a day, and has 11 mails sent to it. An address has more than four times
    /// that free, 200 logins and 50 mails: room for a home, an office and a telephone, and for a stranger at each of them. A source may be
    /// an office, a school or a shop: 300 registrations and logins a day are free to it.
    pub fn allowance(&self) -> Allowance {
        let (free, first_wait, longest_wait) = match self {
            Self::LogIn(_) => (200, SignedDuration::from_secs(1), SignedDuration::from_mins(5)),
            Self::LogInFromSource(..) => (5, SignedDuration::from_secs(1), SignedDuration::from_hours(1)),
            Self::LogInFromDevice(..) | Self::Password(_) => {
                (10, SignedDuration::from_secs(1), SignedDuration::from_mins(5))
            }
            Self::Mail(_) => (50, SignedDuration::from_secs(30), SignedDuration::from_mins(15)),
            Self::MailFromSource(..) => (5, SignedDuration::from_mins(15), SignedDuration::from_hours(12)),
            Self::Invitation(_) => (20, SignedDuration::from_secs(30), SignedDuration::from_mins(15)),
            Self::Source(_) => (300, SignedDuration::from_secs(1), SignedDuration::from_mins(5)),
        };
        Allowance { free, first_wait, longest_wait }
    }

    fn stage(&self) -> Stage {
        match self {
            Self::LogIn(_) | Self::Mail(_) => Stage::Others,
            Self::LogInFromSource(..)
            | Self::LogInFromDevice(..)
            | Self::Password(_)
            | Self::MailFromSource(..)
            | Self::Invitation(_)
            | Self::Source(_) => Stage::Own,
        }
    }

    fn source(&self) -> Option<&str> {
        match self {
            Self::Source(source) | Self::LogInFromSource(_, source) | Self::MailFromSource(_, source) => Some(source),
            _ => None,
        }
    }
}

/// Attempts in the stages in which they are counted: first what belongs to whoever asks, beside each other; and once all of that has let
/// the request through, the address. A mail that somebody asks for from a source is counted for the two together as well. What was
/// `counted` for the same request is left out, and so is a source that nothing is known of.
pub fn stages(attempts: &[Attempt], counted: &[Attempt]) -> Vec<Vec<Attempt>> {
    let before = with_mails_from_sources(counted);
    let mut attempts = with_mails_from_sources(&[counted, attempts].concat());
    attempts.retain(|attempt| !before.contains(attempt) && attempt.source() != Some(""));
    attempts.sort_by_key(Attempt::stage);
    attempts.chunk_by(|one, next| one.stage() == next.stage()).map(<[_]>::to_vec).collect()
}

fn with_mails_from_sources(attempts: &[Attempt]) -> Vec<Attempt> {
    let mut all = attempts.to_vec();
    for attempt in attempts {
        let Attempt::Source(source) = attempt else { continue };
        for attempt in attempts {
            let Attempt::Mail(email) = attempt else { continue };
            let both = Attempt::MailFromSource(email.clone(), source.clone());
            if !all.contains(&both) {
                all.push(both);
            }
        }
    }
    all
}

/// The day in which an attempt is counted.
pub fn day_of(time: Timestamp) -> i64 {
    time.as_second().div_euclid(24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;

    const SOURCE: &str = "192.0.2.1";

    fn ada() -> EmailAddress {
        EmailAddress::parse("ada@example.com").unwrap()
    }

    fn source() -> Attempt {
        Attempt::Source(SOURCE.to_owned())
    }

    fn mail_from_source() -> Attempt {
        Attempt::MailFromSource(ada(), SOURCE.to_owned())
    }

    /// How often something can be tried in a day by somebody who tries again as soon as it is accepted.
    fn most_in_a_day(allowance: Allowance) -> usize {
        let waits = (1..).map(|attempt| allowance.wait_after(attempt).unwrap_or_default());
        let times = iter::once(SignedDuration::ZERO).chain(waits.scan(SignedDuration::ZERO, |time, wait| {
            *time += wait;
            Some(*time)
        }));
        times.take_while(|time| *time < SignedDuration::from_hours(24)).count()
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let allowance = Attempt::LogIn(ada()).allowance();
        let waits: Vec<_> =
            (199..=210).map(|attempt| allowance.wait_after(attempt).map(|wait| wait.as_secs())).collect();
        assert_eq!(waits[..5], [None, Some(1), Some(2), Some(4), Some(8)]);
        assert_eq!(waits[11], Some(300));
        assert_eq!(allowance.wait_after(u32::MAX), Some(SignedDuration::from_mins(5)));
    }

    #[test]
    fn what_one_source_does_to_an_address_in_a_day_is_less_than_a_quarter_of_what_is_free() {
        let log_in_from_source = Attempt::LogInFromSource(ada(), SOURCE.to_owned());
        for (from_source, at_address) in
            [(log_in_from_source, Attempt::LogIn(ada())), (mail_from_source(), Attempt::Mail(ada()))]
        {
            let (most, free) = (most_in_a_day(from_source.allowance()), at_address.allowance().free);
            assert!(most > from_source.allowance().free as usize, "{from_source:?} is never accepted again");
            assert!(4 * most < free as usize, "{most} of {free} for {from_source:?}");
        }
    }

    #[test]
    fn what_belongs_to_others_comes_after_what_belongs_to_whoever_asks() {
        let invitation = Attempt::Invitation("cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071".parse().unwrap());
        let attempts = [Attempt::Mail(ada()), invitation.clone(), source()];
        let expected = [vec![invitation, source(), mail_from_source()], vec![Attempt::Mail(ada())]];
        assert_eq!(stages(&attempts, &[]), expected);
        let log_in = [Attempt::LogIn(ada()), Attempt::LogInFromSource(ada(), SOURCE.to_owned()), source()];
        assert_eq!(stages(&log_in, &[]), [vec![log_in[1].clone(), source()], vec![Attempt::LogIn(ada())]]);
    }

    #[test]
    fn what_was_counted_before_is_counted_once_and_goes_with_what_follows() {
        assert_eq!(
            stages(&[Attempt::Mail(ada())], &[source()]),
            [vec![mail_from_source()], vec![Attempt::Mail(ada())]]
        );
        let all = [source(), Attempt::Mail(ada())];
        assert_eq!(stages(&all, &all), Vec::<Vec<Attempt>>::new());
    }

    #[test]
    fn a_source_that_nothing_is_known_of_is_not_counted() {
        let nowhere = [Attempt::Source(String::new()), Attempt::Mail(ada())];
        assert_eq!(stages(&nowhere, &[]), [vec![Attempt::Mail(ada())]]);
    }
}
