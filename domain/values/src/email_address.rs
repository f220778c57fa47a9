//! E-mail addresses, in the one spelling under which an account is found.

use std::fmt;

use email_address::Options;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// An address in lower case. Almost no mail server tells `Ada@` from `ada@`, and people do not either.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address as [RFC 5321](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2) has it, without display name,
    /// quotes or IP literal, and in ASCII, because
    /// [SES sends to no other](https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html); an
    /// internationalised domain is given in Punycode.
    ///
    /// # Errors
    /// [`Invalid::Required`] or [`Invalid::EmailAddress`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        let strict = Options::default().without_display_text().without_domain_literal().with_minimum_sub_domains(2);
        let plain = text.is_ascii() && text.len() <= 254 && !text.contains('"');
        match email_address::EmailAddress::parse_with_options(text, strict) {
            Ok(address) if plain => Ok(Self(address.as_str().to_ascii_lowercase())),
            _ => Err(Invalid::EmailAddress),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address for eyes that may know that it is another one, and not which: `a…@example.com`.
    pub fn hinted(&self) -> String {
        let (name, domain) = self.0.split_once('@').unwrap_or_default();
        format!("{}…@{domain}", name.chars().next().unwrap_or_default())
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_spelling() {
        assert_eq!(EmailAddress::parse(" Ada.Lovelace+x@Example.COM ").unwrap().as_str(), "ada.lovelace+x@example.com");
    }

    #[test]
    fn refuses_what_mail_cannot_be_sent_to() {
        assert_eq!(EmailAddress::parse("  "), Err(Invalid::Required));
        for wrong in [
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "Ada <ada@example.com>",
            "ada@[127.0.0.1]",
            "\"a b\"@example.com",
            "adä@example.com",
            "a@b@example.com",
        ] {
            assert_eq!(EmailAddress::parse(wrong), Err(Invalid::EmailAddress), "{wrong}");
        }
    }
}
