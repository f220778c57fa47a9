//! What people type: checked, trimmed, and never longer than a record can bear.

use serde::{Deserialize, Serialize};

/// Why a value was not accepted. The code is stable and part of the API; the sentence that people read is made from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// Nothing was given.
    #[error("is required")]
    Required,
    /// Fewer characters than needed.
    #[error("must have at least {0} characters")]
    TooShort(usize),
    /// More characters than allowed.
    #[error("must have at most {0} characters")]
    TooLong(usize),
    /// Line breaks and other control characters.
    #[error("must not contain control characters")]
    ControlCharacter,
    /// Not an e-mail address that mail can be sent to.
    #[error("must be an e-mail address such as name@example.com")]
    EmailAddress,
    /// Not a telephone number in international format.
    #[error("must be a telephone number in international format such as +49 30 1234567")]
    PhoneNumber,
    /// Not an `https` address.
    #[error("must be an address that begins with https://")]
    WebAddress,
    /// More entries than allowed.
    #[error("must have at most {0} entries")]
    TooMany(usize),
    /// Among the passwords that are tried first.
    #[error("is one of the most common passwords")]
    CommonPassword,
    /// A password that is close to the name or the address.
    #[error("must not be made of your name or address")]
    PersonalPassword,
    /// Only for companies.
    #[error("is only for companies")]
    OnlyForCompanies,
    /// Only for customers.
    #[error("is only for customers")]
    OnlyForCustomers,
    /// What it is already.
    #[error("is the one you have")]
    Unchanged,
    /// Of another type or form than expected, in the parser's own words.
    #[error("{0}")]
    Malformed(String),
    /// An id, cursor or token that was not made here.
    #[error("is not one that was made here")]
    Unknown,
    /// A number outside its range.
    #[error("must be between {0} and {1}")]
    OutOfRange(u32, u32),
}

impl Invalid {
    /// The stable code, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort(_) => "too-short",
            Self::TooLong(_) => "too-long",
            Self::ControlCharacter => "control-character",
            Self::EmailAddress => "not-an-email-address",
            Self::PhoneNumber => "not-a-phone-number",
            Self::WebAddress => "not-a-web-address",
            Self::TooMany(_) => "too-many",
            Self::CommonPassword => "common-password",
            Self::PersonalPassword => "personal-password",
            Self::OnlyForCompanies => "only-for-companies",
            Self::OnlyForCustomers => "only-for-customers",
            Self::Unchanged => "unchanged",
            Self::Malformed(_) => "malformed",
            Self::Unknown => "unknown",
            Self::OutOfRange(..) => "out-of-range",
        }
    }
}

/// One line of text, 1 to `MAX` characters, without surrounding white space or control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Checks and trims.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooLong`] or [`Invalid::ControlCharacter`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            Err(Invalid::Required)
        } else if text.chars().count() > MAX {
            Err(Invalid::TooLong(MAX))
        } else if text.chars().any(char::is_control) {
            Err(Invalid::ControlCharacter)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_and_keeps_to_its_bounds() {
        assert_eq!(Text::<5>::parse("  Zoë  ").unwrap().as_str(), "Zoë");
        assert_eq!(Text::<5>::parse("ééééé").unwrap().as_str(), "ééééé");
        assert_eq!(Text::<5>::parse(" \t"), Err(Invalid::Required));
        assert_eq!(Text::<5>::parse("éééééé"), Err(Invalid::TooLong(5)));
        assert_eq!(Text::<5>::parse("a\nb"), Err(Invalid::ControlCharacter));
    }
}
