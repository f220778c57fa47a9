//! What people type: checked, trimmed, and never longer than a record can bear.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// One line of text, 1 to `MAX` characters, without surrounding white space or control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
