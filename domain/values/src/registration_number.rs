//! Numbers in registers of companies, such as `HRB 12345 B`, `FN 123456a` or `R.C.S. Paris 552 081 317`. Every register has a form
//! of its own, and many name the court, so only length and characters are checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Invalid, Text};

/// A number in a register of companies: 2 to 50 characters, at least one of them a digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RegistrationNumber(Text<50>);

impl RegistrationNumber {
    /// Checks and trims.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooShort`], [`Invalid::TooLong`] or [`Invalid::RegistrationNumber`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let number = Text::parse(text).map_err(|invalid| match invalid {
            Invalid::Invisible | Invalid::ControlCharacter => Invalid::RegistrationNumber,
            invalid => invalid,
        })?;
        if number.as_str().chars().count() < 2 {
            return Err(Invalid::TooShort(2));
        }
        let has_digit = number.as_str().contains(|character: char| character.is_ascii_digit());
        if has_digit && number.as_str().chars().all(is_usual) {
            Ok(Self(number))
        } else {
            Err(Invalid::RegistrationNumber)
        }
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Digits, letters of the alphabets that registers in Europe use, and what stands between them.
fn is_usual(character: char) -> bool {
    match character {
        '0'..='9' | 'A'..='Z' | 'a'..='z' | 'À'..='ɏ' | 'Ά'..='ӿ' => true,
        _ => matches!(character, ' ' | '.' | ',' | '-' | '/' | '(' | ')' | '&' | '\'' | ':' | '+'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_registers_have() {
        for number in [
            "12",
            "HRB 12345 B",
            "Amtsgericht München, HRB 12345",
            "FN 123456a",
            "CHE-123.456.789",
            "ΓΕΜΗ 121830501000",
        ] {
            assert_eq!(RegistrationNumber::parse(&format!(" {number} ")).unwrap().as_str(), number);
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for wrong in ["none", "n/a", "<b>12</b>", "12\u{202e}34", "1\n2", "\u{200b}", "12; 34", "№ 12"] {
            assert_eq!(RegistrationNumber::parse(wrong), Err(Invalid::RegistrationNumber), "{wrong}");
        }
        assert_eq!(RegistrationNumber::parse(" "), Err(Invalid::Required));
        assert_eq!(RegistrationNumber::parse("1"), Err(Invalid::TooShort(2)));
        assert_eq!(RegistrationNumber::parse(&"1".repeat(51)), Err(Invalid::TooLong(50)));
    }
}
