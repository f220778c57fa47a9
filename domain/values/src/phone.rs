//! Telephone numbers in the international format of [ITU-T E.164](https://www.itu.int/rec/T-REC-E.164): up to fifteen
//! digits, country code first. Numbering plans within a country are not checked: they change, and a wrong refusal costs a
//! customer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// A number such as `+49301234567`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads a number that begins with `+` or `00`; spaces, dots, hyphens, slashes and brackets are taken out.
    ///
    /// # Errors
    /// [`Invalid::Required`] or [`Invalid::PhoneNumber`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        let international = text.strip_prefix('+').or_else(|| text.strip_prefix("00")).ok_or(Invalid::PhoneNumber)?;
        let digits: String =
            international.chars().filter(|character| !matches!(character, ' ' | '.' | '-' | '/' | '(' | ')')).collect();
        let well_formed = (7..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        if well_formed { Ok(Self(format!("+{digits}"))) } else { Err(Invalid::PhoneNumber) }
    }

    /// The number, `+` and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_spelling() {
        for text in ["+49 (30) 123-4567", "0049 30 1234567", "+49.30.123/4567"] {
            assert_eq!(PhoneNumber::parse(text).unwrap().as_str(), "+49301234567", "{text}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_dialled_from_abroad() {
        for wrong in ["030 1234567", "+49", "+0301234567", "+49 30 CALL-ME", "+1234567890123456", "+", "00"] {
            assert_eq!(PhoneNumber::parse(wrong), Err(Invalid::PhoneNumber), "{wrong}");
        }
    }
}
