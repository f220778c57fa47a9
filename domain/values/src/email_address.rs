//! E-mail addresses, in the one spelling under which an account is found.
//!
//! The domain is kept in ASCII, as the name system knows it: `ada@bücher.example` is `ada@xn--bcher-kva.example`, however `ü` was
//! typed. A domain that only looks like another is another address, and shows it wherever the address is shown.

use std::borrow::Cow;
use std::fmt;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// The longest path of [RFC 5321](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3), without its angle brackets.
const LONGEST: usize = 254;

/// An address in lower case. Almost no mail server tells `Ada@` from `ada@`, and people do not either.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address that mail can be sent to over the internet: what stands before the `@` is a dot-string of
    /// [RFC 5321](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2) in ASCII, because
    /// [SES takes no other](https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html); what stands behind it is a
    /// domain of at least two labels, in Unicode or ASCII, and no IP address.
    ///
    /// # Errors
    /// [`Invalid::Required`] or [`Invalid::EmailAddress`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        let (mailbox, domain) = text.rsplit_once('@').ok_or(Invalid::EmailAddress)?;
        let domain = canonical_domain(domain).ok_or(Invalid::EmailAddress)?;
        let address = format!("{}@{domain}", mailbox.to_ascii_lowercase());
        if is_dot_string(mailbox) && address.len() <= LONGEST { Ok(Self(address)) } else { Err(Invalid::EmailAddress) }
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

fn is_dot_string(mailbox: &str) -> bool {
    mailbox.is_ascii() && !mailbox.contains('"') && email_address::EmailAddress::is_valid_local_part(mailbox)
}

/// The domain in ASCII and lower case, by [UTS #46](https://www.unicode.org/reports/tr46/), if hosts may be called so and its last
/// label can be a top-level domain, which is
/// [alphabetic](https://www.rfc-editor.org/rfc/rfc1123#section-2.1) or international.
fn canonical_domain(domain: &str) -> Option<Cow<'_, str>> {
    let ascii = Uts46::new()
        .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
        .ok()?;
    let (_, top) = ascii.rsplit_once('.')?;
    let is_alphabetic = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_alphabetic || top.starts_with("xn--")).then_some(ascii)
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(text: &str) -> String {
        EmailAddress::parse(text).unwrap().to_string()
    }

    #[test]
    fn finds_one_spelling() {
        assert_eq!(canonical(" Ada.Lovelace+x@Example.COM "), "ada.lovelace+x@example.com");
        assert_eq!(canonical("o'neill/x=1@mail.example.co.uk"), "o'neill/x=1@mail.example.co.uk");
    }

    #[test]
    fn an_international_domain_has_one_spelling_too() {
        // Composed, decomposed, in capitals, in full width, with an ideographic full stop, and in ASCII.
        for same in [
            "ada@bücher.example",
            "ada@bu\u{308}cher.example",
            "Ada@BÜCHER.EXAMPLE",
            "ada@ｂücher.example",
            "ada@bücher。example",
            "ada@XN--BCHER-KVA.example",
        ] {
            assert_eq!(canonical(same), "ada@xn--bcher-kva.example", "{same}");
        }
        assert_eq!(canonical("ada@straße.example"), "ada@xn--strae-oqa.example");
        assert_eq!(canonical("ada@пример.рф"), "ada@xn--e1afmkfd.xn--p1ai");
    }

    #[test]
    fn a_domain_that_looks_like_another_is_another() {
        assert_eq!(canonical("ada@ex\u{430}mple.com"), "ada@xn--exmple-4nf.com");
    }

    #[test]
    fn refuses_what_mail_cannot_be_sent_to() {
        assert_eq!(EmailAddress::parse("  "), Err(Invalid::Required));
        let long_label = format!("ada@{}.example", "a".repeat(64));
        let long_mailbox = format!("{}@example.com", "a".repeat(65));
        let long = format!("ada@{}example.com", "abcdefghi.".repeat(24));
        for wrong in [
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "Ada <ada@example.com>",
            "ada@[127.0.0.1]",
            "ada@127.0.0.1",
            "ada@example.123",
            "ada@example.c0m",
            "ada@example.c",
            "ada@exa/mple.com",
            "ada@exa|mple.com",
            "ada@exa?mple.com",
            "ada@exa&mple.com",
            "ada@exa_mple.com",
            "ada@exa mple.com",
            "ada@-example.com",
            "ada@example-.com",
            "ada@example..com",
            "ada@.example.com",
            "ada@example.com.",
            "ada@xn--a.example",
            "ada@exam\u{200b}.\u{ad}.com",
            "\"a b\"@example.com",
            "a b@example.com",
            ".ada@example.com",
            "ada.@example.com",
            "a..da@example.com",
            "adä@example.com",
            "a@b@example.com",
            &long_label,
            &long_mailbox,
            &long,
        ] {
            assert_eq!(EmailAddress::parse(wrong), Err(Invalid::EmailAddress), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_canonical(text in r"\PC{1,12}@\PC{1,20}|[a-zA-Z0-9.+]{1,9}@(\w{1,9}[.\-]){1,3}\PC{2,5}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                let canonical = address.as_str();
                prop_assert_eq!(&EmailAddress::parse(canonical), &Ok(address.clone()));
                prop_assert!(canonical.is_ascii() && canonical.len() <= LONGEST && canonical == canonical.to_lowercase());
                let (_, domain) = canonical.split_once('@').unwrap();
                let is_label = |label: &str| {
                    (1..=63).contains(&label.len())
                        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                        && !label.starts_with('-')
                        && !label.ends_with('-')
                };
                prop_assert!(domain.split('.').count() >= 2 && domain.split('.').all(is_label), "{}", canonical);
            }
        }
    }
}
