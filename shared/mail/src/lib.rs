//! Mails as text and HTML, in the reader's language.
//!
//! A [`Mail`] says *what* is to be told; [`render`] finds the words. Sentences live in `locales/<language>/mail.ftl`
//! ([Fluent](https://projectfluent.org)), the one HTML layout in `templates/mail.html`. To add a mail, add its variant to the
//! domain, an arm to `content.rs` and its sentences to each language; the tests name whatever is missing.
//!
//! What it trades: there is no falling back to another language. A sentence that is missing or misses a fact is an error,
//! never a mail with a hole in it, so what the tests render is what people get. Times are told in UTC, because a reader's time
//! zone is not known when most of these mails are written.

mod content;
mod error;
mod line;
mod link;
mod moment;
mod text;
mod words;

use askama::Template;
use domain::{Language, Mail};

pub use error::RenderError;

use content::Content;

/// What all mails of a business share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The name that readers know the business by.
    pub business_name: String,
    /// Where mailed links start, with or without a slash at its end.
    pub public_url: String,
}

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, on one line.
    pub subject: String,
    /// The text part. A link stands on a line of its own; no other line is longer than 78 characters.
    pub text: String,
    /// The HTML part, complete in itself: nothing in it is loaded from elsewhere.
    pub html: String,
}

/// Puts a mail into words.
///
/// `link_token` is the token for [`Mail::link`], needed exactly when the mail has a link.
///
/// # Errors
/// [`RenderError::MissingToken`] or [`RenderError::UnexpectedToken`] if the token does not match the mail; the others only when
/// a sentence or the layout is broken, which the tests of this crate rule out.
pub fn render(
    mail: &Mail,
    language: Language,
    sender: &Sender,
    link_token: Option<&str>,
) -> Result<Rendered, RenderError> {
    let content = Content::new(mail, language, sender, link_token)?;
    Ok(Rendered { text: text::layout(&content), html: content.render()?, subject: content.subject })
}
