//! What the browser keeps for the pages, in cookies that no script, no other site and no other host of the domain can read or set
//! ([RFC 6265bis, section 4.1.3](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis)).

use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use runtime::{Problem, Request, header};
use serde::{Deserialize, Serialize};

const DAY: u32 = 24 * 60 * 60;

/// A cookie of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// Who is logged in.
    Session,
    /// By what the browser is known again when logging in.
    Device,
    /// What forms are bound to while nobody is logged in.
    Form,
    /// The language that was chosen.
    Language,
    /// What the next page has to know; see [`Step`].
    Step,
}

/// What one page tells the next. It stays in the browser of the one whom it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Step {
    /// The address that was typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) email: String,
    /// The login that waits for its code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) challenge: String,
    /// What is awaited: the name of a kind of mail.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) awaits: String,
    /// What was done, told once: the name of a sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) done: String,
}

impl Cookie {
    fn name(self) -> &'static str {
        match self {
            Self::Session => "__Host-session",
            Self::Device => "__Host-device",
            Self::Form => "__Host-form",
            Self::Language => "__Host-language",
            Self::Step => "__Host-step",
        }
    }

    /// How long the browser keeps it; none for as long as it is open.
    fn lifetime(self) -> Option<u32> {
        match self {
            // As long as a session that is never refreshed.
            Self::Session => Some(30 * DAY),
            // As long as browsers keep anything.
            Self::Device | Self::Language => Some(400 * DAY),
            Self::Form => None,
            // A code works for ten minutes.
            Self::Step => Some(DAY / 24),
        }
    }

    /// Its value in a request.
    pub(crate) fn read(self, request: &Request) -> Option<&str> {
        let cookies = request.header(header::COOKIE.as_str())?.split(';');
        cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(name, _)| *name == self.name()).map(|at| at.1)
    }

    /// The header that sets it. Values are written in characters that need no quoting.
    pub(crate) fn set(self, value: &str) -> Result<header::HeaderValue, Problem> {
        self.header(value, self.lifetime())
    }

    /// The header that takes it away.
    pub(crate) fn clear(self) -> Result<header::HeaderValue, Problem> {
        self.header("", Some(0))
    }

    fn header(self, value: &str, lifetime: Option<u32>) -> Result<header::HeaderValue, Problem> {
        let mut text = format!("{}={value}; Path=/; Secure; HttpOnly; SameSite=Lax", self.name());
        if let Some(seconds) = lifetime {
            write!(text, "; Max-Age={seconds}").map_err(Problem::internal)?;
        }
        header::HeaderValue::from_str(&text).map_err(Problem::internal)
    }
}

impl Step {
    /// What the page before told; nothing if it told nothing, or nothing that can be read.
    pub(crate) fn read(request: &Request) -> Self {
        let bytes = Cookie::Step.read(request).and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text).ok());
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// The header that tells it to the next page.
    pub(crate) fn set(&self) -> Result<header::HeaderValue, Problem> {
        if *self == Self::default() {
            return Cookie::Step.clear();
        }
        let json = serde_json::to_vec(self).map_err(Problem::internal)?;
        Cookie::Step.set(&BASE64_URL_SAFE_NO_PAD.encode(json))
    }
}
