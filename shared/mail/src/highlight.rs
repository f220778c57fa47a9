//! What stands out in a mail: a code, somebody's words, and the link to what its reader does next.

use decision::{Fact, Message, Secret};

use crate::words::Words;
use crate::{RenderError, Sender, line, link};

/// What stands out between the opening and the closing, where the link does not.
pub(crate) enum Highlight {
    /// A code to type in.
    Code(String),
    /// What somebody said, in their words, line by line.
    Quote(Vec<String>),
}

/// What the reader is asked to do, by a link.
pub(crate) struct Action {
    /// The words on the button.
    pub(crate) label: String,
    pub(crate) address: String,
    /// The words above the address where there is no button.
    pub(crate) introduction: String,
    /// The words above the address where there is one.
    pub(crate) fallback: String,
}

impl Highlight {
    /// The mail's highlight, if it has one.
    pub(crate) fn new(message: &Message, secret: Option<&str>) -> Option<Self> {
        match (&message.secret, secret) {
            (Some(Secret::Code { .. }), Some(code)) => Some(Self::Code(code.to_owned())),
            _ => quoted(message).map(|words| Self::Quote(words.lines().map(line::single).collect())),
        }
    }
}

impl Action {
    /// The mail's link, if it has one: the one that its token opens, or else the one to its page.
    pub(crate) fn new(
        message: &Message,
        words: &Words,
        sender: &Sender,
        secret: Option<&str>,
    ) -> Result<Option<Self>, RenderError> {
        let address = match (&message.secret, secret) {
            (Some(Secret::Link { target }), Some(token)) => Some(link::address(target, sender, token)),
            _ => message.page.and_then(|page| link::page(page, sender)),
        };
        let Some(address) = address else { return Ok(None) };
        let label = words.say(&format!("{}.action", message.template))?;
        let introduction = words.clone().with("action", &label).say("link-introduction")?;
        Ok(Some(Self { label, address, introduction, fallback: words.say("link-fallback")? }))
    }
}

/// Checks that a secret is given exactly when the mail brings one.
pub(crate) fn check_secret(message: &Message, secret: Option<&str>) -> Result<(), RenderError> {
    let template = || message.template.clone();
    match (&message.secret, secret) {
        (Some(_), None) => Err(RenderError::MissingSecret { template: template() }),
        (None, Some(_)) => Err(RenderError::UnexpectedSecret { template: template() }),
        _ => Ok(()),
    }
}

fn quoted(message: &Message) -> Option<&str> {
    message.facts.iter().find_map(|(_, fact)| match fact {
        Fact::Quote(words) => Some(words.as_str()),
        _ => None,
    })
}
