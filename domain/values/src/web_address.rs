//! Addresses on the web that pages and mails may load from or link to.

use std::cell::Cell;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::Invalid;

const LONGEST_URL: usize = 500;
const SCHEME: &str = "https://";

/// An address on the web that pages and mails may load from or link to: `https`, so that nobody on the way can put something else
/// there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct WebAddress(String);

impl WebAddress {
    /// Checks that it is an `https` address as the [URL Standard](https://url.spec.whatwg.org) has it, without anything that browsers
    /// only put up with, without user name or password, and with a host that can stand in a content security policy as it is. It is
    /// kept in the one spelling that browsers make of it, in ASCII.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooLong`] or [`Invalid::WebAddress`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        let is_faulty = Cell::new(false);
        let url = Url::options().syntax_violation_callback(Some(&|_| is_faulty.set(true))).parse(text);
        let url = url.ok().filter(|url| !is_faulty.get() && has_plain_host(url)).ok_or(Invalid::WebAddress)?;
        let address = String::from(url);
        if address.len() > LONGEST_URL { Err(Invalid::TooLong(LONGEST_URL)) } else { Ok(Self(address)) }
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        let end = self.0[SCHEME.len()..].find(['/', '?', '#']).map_or(self.0.len(), |end| SCHEME.len() + end);
        &self.0[..end]
    }

    /// What people call it: host and path, without what is the same for all.
    pub fn for_reading(&self) -> &str {
        self.0.trim_start_matches(SCHEME).trim_start_matches("www.").trim_end_matches('/')
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether it is `https`, with a host and perhaps a port, and nothing else before the path.
fn has_plain_host(url: &Url) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '[' | ']' | ':');
    url.scheme() == "https" && !url.authority().is_empty() && url.authority().chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_one_spelling_and_is_read_without_what_is_the_same_for_all() {
        for (address, kept, read) in [
            (" https://example.com/logo.png ", "https://example.com/logo.png", "example.com/logo.png"),
            ("HTTPS://www.Example.com", "https://www.example.com/", "example.com"),
            (
                "https://bücher.example/über-uns",
                "https://xn--bcher-kva.example/%C3%BCber-uns",
                "xn--bcher-kva.example/%C3%BCber-uns",
            ),
        ] {
            let parsed = WebAddress::parse(address).unwrap();
            assert_eq!((parsed.as_str(), parsed.for_reading()), (kept, read));
        }
    }

    #[test]
    fn loads_from_nowhere_unsafe() {
        for (address, origin) in [
            ("https://example.com", "https://example.com"),
            ("https://example.com?logo", "https://example.com"),
            ("https://xn--bcher-kva.example:8443/a.png", "https://xn--bcher-kva.example:8443"),
        ] {
            assert_eq!(WebAddress::parse(address).unwrap().origin(), origin);
        }
        for wrong in [
            "http://example.com/a.png",
            "javascript:alert(1)",
            "data:image/png;base64,AA",
            "//x",
            "https:example.com",
            "https:/example.com",
            "https://a:b@c.de/",
            "https://@c.de/",
            "https://a;sandbox/",
            "https:///a.png",
            "https://a.de\\@b.de/",
            "https://a.de/a b.png",
            "https://a\n.de/",
            "https://*.de/",
        ] {
            assert_eq!(WebAddress::parse(wrong), Err(Invalid::WebAddress), "{wrong}");
        }
        let long = format!("https://example.com/{}", "ü".repeat(100));
        assert_eq!(WebAddress::parse(&long), Err(Invalid::TooLong(500)));
    }
}
