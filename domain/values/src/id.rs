//! Identifiers: a prefix that says what they name and a UUIDv7 ([RFC 9562]) as 32 hexadecimal digits, so they sort by the
//! time they were made (`cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071`).
//!
//! An id is a name, never a secret: whatever must not be guessed carries a keyed hash besides.
//!
//! [RFC 9562]: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// The text is not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an identifier that starts with `{prefix}_`")]
pub struct ParseIdError {
    /// What the identifier should have started with.
    pub prefix: &'static str,
}

/// What all identifiers have in common, for code that makes or carries any of them.
pub trait UniqueId: Copy {
    /// The word before the underscore.
    const PREFIX: &'static str;
    /// Gives a UUID its kind.
    fn from_uuid(uuid: Uuid) -> Self;
    /// The UUID without its kind.
    fn uuid(self) -> Uuid;
    /// When it was made, to the millisecond.
    fn minted_at(self) -> Timestamp {
        let (seconds, nanoseconds) = self.uuid().get_timestamp().map(|time| time.to_unix()).unwrap_or_default();
        let time = i64::try_from(seconds).ok().zip(i32::try_from(nanoseconds).ok());
        time.and_then(|(seconds, nanoseconds)| Timestamp::new(seconds, nanoseconds).ok()).unwrap_or_default()
    }
}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl UniqueId for $name {
            const PREFIX: &'static str = $prefix;
            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, concat!($prefix, "_{}"), self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.strip_prefix(concat!($prefix, "_"))
                    .filter(|digits| digits.len() == 32)
                    .filter(|digits| digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
                    .and_then(|digits| Uuid::try_parse(digits).ok())
                    .map(Self)
                    .ok_or(ParseIdError { prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": concat!("^", $prefix, "_[0-9a-f]{32}$")})
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

identifiers! {
    /// A person or company in the customer record.
    CustomerId = "cus";
    /// Someone who can log in: a customer, one of a company's employees, or a member of staff.
    AccountId = "acc";
    /// One attempt to register, with the password chosen in it.
    RegistrationId = "reg";
    /// An invitation to join the staff.
    InvitationId = "inv";
    /// One stretch of being logged in.
    SessionId = "ses";
    /// A code from a mail that was asked of someone who logged in.
    ChallengeId = "chl";
    /// A password reset that was asked for.
    PasswordResetId = "pwr";
    /// A change of address that was asked for.
    AddressChangeId = "adc";
    /// A browser or API client that people log in from.
    DeviceId = "dev";
    /// Somebody who works at a company customer.
    EmployeeId = "emp";
    /// Something that happened.
    EventId = "evt";
    /// A mail, from the decision to send it to its delivery.
    MessageId = "msg";
}

impl From<DeviceId> for RegistrationId {
    /// The registration that was sent from a device: registering gives each a device of its own, so both have the same UUID.
    fn from(device: DeviceId) -> Self {
        Self(device.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        let text = "cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071";
        assert_eq!(text.parse::<CustomerId>().unwrap().to_string(), text);
        for wrong in [
            "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071",
            "cus_0193A0B0C0D07E2F8A1B2C3D4E5F6071",
            "cus_0193a0b0-c0d0-7e2f-8a1b-2c3d4e5f6071",
            "cus_",
            "",
        ] {
            assert_eq!(wrong.parse::<CustomerId>(), Err(ParseIdError { prefix: "cus" }), "{wrong}");
        }
    }
}
