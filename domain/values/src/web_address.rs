//! Addresses on the web that pages and mails may load from or link to.

use http::Uri;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Invalid;

const LONGEST_URL: usize = 500;
const SCHEME: &str = "https://";

/// An address on the web that pages and mails may load from: `https`, so that nobody on the way can put something else there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct WebAddress(String);

impl WebAddress {
    /// Checks that it is an `https` address without user name or password, in ASCII (other characters are written as browsers copy
    /// them, `%C3%BC` or `xn--…`), and that its host can stand in a content security policy as it is.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooLong`] or [`Invalid::WebAddress`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        if text.len() > LONGEST_URL {
            return Err(Invalid::TooLong(LONGEST_URL));
        }
        match text.parse::<Uri>() {
            Ok(address) if text.is_ascii() && address.scheme_str() == Some("https") && has_plain_host(&address) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(Invalid::WebAddress),
        }
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        let end = self.0[SCHEME.len()..].find(['/', '?', '#']).map_or(self.0.len(), |end| SCHEME.len() + end);
        &self.0[..end]
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether there are a host and perhaps a port, and nothing else before the path.
fn has_plain_host(address: &Uri) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '[' | ']' | ':');
    address
        .authority()
        .is_some_and(|authority| authority.as_str().chars().all(is_plain) && !authority.host().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_from_nowhere_unsafe() {
        assert_eq!(
            WebAddress::parse(" https://example.com/logo.png ").unwrap().as_str(),
            "https://example.com/logo.png"
        );
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
            "https://a:b@c.de/",
            "https://a;sandbox/",
            "https:///a.png",
            "https://ü.de/",
        ] {
            assert_eq!(WebAddress::parse(wrong), Err(Invalid::WebAddress), "{wrong}");
        }
    }
}
