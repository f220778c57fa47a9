//! How the business shows itself in mails and on pages.

use http::Uri;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Context, Decision, Happening, Invalid, SettingsName, Subject, Text, changes_between};

const LONGEST_URL: usize = 500;
const SCHEME: &str = "https://";

/// An address on the web that pages and mails may load from: `https`, so that nobody on the way can put something else there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// What is shown of the business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Business {
    /// The name under which customers know it.
    pub name: Text<100>,
    /// Its postal address, line by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<Text<100>>,
    /// A picture with its logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_url: Option<WebAddress>,
}

/// That, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BusinessSettings {
    /// Grows by one with each change; 0 for what was given when deploying.
    #[serde(skip)]
    pub version: u64,
    /// What is shown.
    #[serde(flatten)]
    pub business: Business,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Timestamp>,
}

/// Shows the business in another way; nothing if it is the same.
pub fn change(settings: &BusinessSettings, business: Business, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if settings.business == business {
        return decision;
    }
    let changes = changes_between(&settings.business, &business);
    let changed = BusinessSettings { version: settings.version, business, changed_at: Some(context.now) };
    match settings.version {
        0 => decision.create(changed),
        version => decision.update(changed, version),
    }
    let name = SettingsName::Business;
    let happening = Happening::SettingsChanged { name, version: settings.version + 1, changes };
    decision.events.push(context.event(Subject::Settings { name }, happening));
    decision
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
