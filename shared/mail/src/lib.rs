//! Mails as text and HTML, in the reader's language.
//!
//! A [`Message`] says *what* is to be told, by the name of its template and facts; [`render`] finds the words. Sentences live in
//! `locales/<language>/mail.ftl` ([Fluent](https://projectfluent.org)), the one HTML layout in `templates/mail.html`. This crate knows
//! no mail by name: docs/adding-a-mail.md says what a new one takes, and the tests name whatever is missing.
//!
//! What it trades: there is no falling back to another language. A sentence that is missing or misses a fact is an error,
//! never a mail with a hole in it, so what the tests render is what people get. Times are told in UTC, because a reader's time
//! zone is not known when most of these mails are written. And the only thing that a mail loads from elsewhere is the logo that
//! the business itself chose: whoever serves that picture may learn when mails are read, though not by whom, as its address is
//! the same in every mail. Without a logo, nothing is loaded.

mod contact;
mod content;
mod error;
mod facts;
mod highlight;
mod line;
mod link;
mod moment;
mod sender;
mod text;
mod words;

use askama::Template;
use decision::Message;

pub use error::RenderError;
pub use sender::Sender;

use content::Content;

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, on one line.
    pub subject: String,
    /// The text part. A link or a code stands on a line of its own; no line but a link is longer than 78 characters.
    pub text: String,
    /// The HTML part, complete in itself but for the logo.
    pub html: String,
}

/// Puts a message into words.
///
/// `secret` is what only its reader may learn, derived from [`Message::secret`]: the token of a link, a code, or nothing. It is neither
/// in the subject nor in what inboxes and lock screens show beside it.
///
/// # Errors
/// [`RenderError::MissingSecret`] or [`RenderError::UnexpectedSecret`] if the secret does not match the mail; the others only
/// when a sentence or the layout is broken, which the tests of this crate rule out.
pub fn render(message: &Message, sender: &Sender, secret: Option<&str>) -> Result<Rendered, RenderError> {
    let content = Content::new(message, sender, secret)?;
    Ok(Rendered { text: text::layout(&content), html: content.render()?, subject: content.subject })
}
