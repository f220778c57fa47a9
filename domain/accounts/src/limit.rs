//! How often something can be tried: freely at first, then with waits that double.
//!
//! A limit is counted before the attempt is made, under a name that says what is tried on what: an address, a known device, a
//! source. It never shuts anyone out for long. A stranger who guesses at an address makes those wait who share their source, and
//! others only after guesses from many sources; those never who come from a device that the account knows: they are counted by
//! themselves. Counts begin anew each day
//! ([ASVS 5.0, 6.3.1](https://github.com/OWASP/ASVS/blob/master/5.0/en/0x15-V6-Authentication.md)).

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
    /// Anything that makes a mail go to an address.
    Mail(EmailAddress),
    /// Inviting somebody to a company.
    Invitation(CustomerId),
    /// Any of that, from a source.
    Source(String),
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
            Self::Invitation(company) => vec!["invitation".into(), company.to_string()],
            Self::Source(source) => vec!["source".into(), source.clone()],
        }
    }

    /// How often it can be tried.
    pub fn allowance(&self) -> Allowance {
        let (free, first_wait, longest_wait) = match self {
            Self::LogIn(_) => (50, SignedDuration::from_secs(1), SignedDuration::from_mins(5)),
            Self::LogInFromSource(..) => (5, SignedDuration::from_secs(1), SignedDuration::from_mins(5)),
            Self::LogInFromDevice(..) | Self::Password(_) => {
                (10, SignedDuration::from_secs(1), SignedDuration::from_mins(5))
            }
            Self::Mail(_) => (5, SignedDuration::from_secs(30), SignedDuration::from_mins(15)),
            Self::Invitation(_) => (20, SignedDuration::from_secs(30), SignedDuration::from_mins(15)),
            Self::Source(_) => (50, SignedDuration::from_secs(1), SignedDuration::from_mins(15)),
        };
        Allowance { free, first_wait, longest_wait }
    }
}

/// The day in which an attempt is counted.
pub fn day_of(time: Timestamp) -> i64 {
    time.as_second().div_euclid(24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let allowance =
            Attempt::LogInFromSource(EmailAddress::parse("ada@example.com").unwrap(), String::new()).allowance();
        let waits: Vec<_> = (1..=15).map(|attempt| allowance.wait_after(attempt).map(|wait| wait.as_secs())).collect();
        assert_eq!(waits[..4], [None; 4]);
        assert_eq!(waits[4..8], [Some(1), Some(2), Some(4), Some(8)]);
        assert_eq!(waits[14], Some(300));
        assert_eq!(allowance.wait_after(u32::MAX), Some(SignedDuration::from_mins(5)));
    }
}
