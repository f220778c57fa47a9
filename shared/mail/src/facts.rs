//! The facts of a mail, ready to be mentioned.

use decision::{Fact, Message};

use crate::RenderError;
use crate::words::Words;

/// All that the sentences of a mail may mention, but for the business. Every mail says whether it knows the reader's name, and whether
/// there is a reason, which approvals stored by an earlier release do not.
pub(crate) fn of(message: &Message) -> Result<Words, RenderError> {
    let mut words = Words::new(message.language).with_optional("name", None).with_optional("reason", None);
    for (name, fact) in message.facts.iter() {
        words = match fact {
            Fact::Text(text) | Fact::Quote(text) => words.with_optional(name, Some(text)),
            Fact::Term(term) => {
                let said = words.say_or(term, term.split_once('-').map_or(term, |(_, name)| name));
                words.with(name, &said)
            }
            Fact::Moment(moment) => words.with_moment(name, *moment)?,
            Fact::Number(number) => words.with_number(name, *number),
            Fact::Missing => words.with_optional(name, None),
        };
    }
    Ok(words)
}
