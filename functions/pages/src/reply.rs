//! What is answered to a visit: a page, or where to go.

use runtime::{Problem, StatusCode, header};

use crate::cookie::Step;
use crate::view::{Block, Page};
use crate::words::say;

/// What is answered: a page, or where to go.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) content: Content,
    pub(crate) cookies: Vec<header::HeaderValue>,
}

/// What an answer consists of.
pub(crate) enum Content {
    /// A page.
    Page(Box<Page>),
    /// Where to go.
    Redirect(String),
}

impl Reply {
    /// Leads to another page, which is looked at and not sent to.
    pub(crate) fn go(address: &str) -> Self {
        Self { status: StatusCode::SEE_OTHER, content: Content::Redirect(address.to_owned()), cookies: Vec::new() }
    }

    /// The same with a cookie.
    pub(crate) fn with_cookie(mut self, cookie: header::HeaderValue) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// The same with another sentence in place of its first one.
    pub(crate) fn saying(mut self, key: &str) -> Self {
        if let Content::Page(page) = &mut self.content
            && let Some(Block::Text(text)) = page.blocks.first_mut()
        {
            *text = say(page.language, key);
        }
        self
    }

    /// The same with what the next page has to know.
    pub(crate) fn telling(self, step: &Step) -> Result<Self, Problem> {
        Ok(self.with_cookie(step.set()?))
    }
}
