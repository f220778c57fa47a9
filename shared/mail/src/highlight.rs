//! What stands out in the middle of a mail.

use decision::{Fact, Message, Secret};

use crate::words::Words;
use crate::{RenderError, Sender, line, link};

/// What stands out between the opening and the closing.
pub(crate) enum Highlight {
    /// A link to follow.
    Action(Action),
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
    pub(crate) fn new(
        message: &Message,
        words: &Words,
        sender: &Sender,
        secret: Option<&str>,
    ) -> Result<Option<Self>, RenderError> {
        let template = || message.template.clone();
        match (&message.secret, secret) {
            (Some(Secret::Link { target }), Some(token)) => {
                let label = words.say(&format!("{}.action", message.template))?;
                let action = Action::new(label, link::address(target, sender, token), words)?;
                Ok(Some(Self::Action(action)))
            }
            (Some(Secret::Code { .. }), Some(code)) => Ok(Some(Self::Code(code.to_owned()))),
            (Some(_), None) => Err(RenderError::MissingSecret { template: template() }),
            (None, Some(_)) => Err(RenderError::UnexpectedSecret { template: template() }),
            (None, None) => Ok(quoted(message).map(|words| Self::Quote(words.lines().map(line::single).collect()))),
        }
    }
}

impl Action {
    fn new(label: String, address: String, words: &Words) -> Result<Self, RenderError> {
        let introduction = words.clone().with("action", &label).say("link-introduction")?;
        Ok(Self { label, address, introduction, fallback: words.say("link-fallback")? })
    }
}

fn quoted(message: &Message) -> Option<&str> {
    message.facts.iter().find_map(|(_, fact)| match fact {
        Fact::Quote(words) => Some(words.as_str()),
        _ => None,
    })
}
