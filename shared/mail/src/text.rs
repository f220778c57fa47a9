//! The text part: paragraphs with an empty line between them.

use textwrap::{Options, WordSeparator, WordSplitter};

use crate::content::Content;
use crate::highlight::{Action, Highlight};

/// What [RFC 5322](https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1) asks of a line. Only an address may be longer, since
/// one that is broken in two cannot be followed.
const WIDTH: usize = 78;

/// Lays the content out as text.
pub(crate) fn layout(content: &Content) -> String {
    let link = |action: &Action| format!("{}\n{}", wrap(&action.introduction), action.address);
    let mut blocks = vec![wrap(&content.greeting)];
    blocks.extend(content.opening.iter().map(|paragraph| wrap(paragraph)));
    blocks.extend(content.highlight.as_ref().map(highlight));
    blocks.extend(content.button().map(link));
    blocks.extend(content.closing.iter().map(|paragraph| wrap(paragraph)));
    blocks.extend(content.last_link().map(link));
    blocks.push(format!("{}\n{}", content.regards, wrap(&content.business)));
    // "-- " is how mail clients tell a signature.
    blocks.push(format!("-- \n{}", wrap(&content.footer)));
    blocks.extend(signature(content));
    blocks.join("\n\n") + "\n"
}

fn highlight(highlight: &Highlight) -> String {
    match highlight {
        Highlight::Code(code) => code.clone(),
        Highlight::Quote(lines) => lines.iter().map(|line| wrap_behind(line, "    ")).collect::<Vec<_>>().join("\n"),
    }
}

/// Where the business is, and how it is reached.
fn signature(content: &Content) -> Option<String> {
    let contacts = content.contacts.iter().map(|contact| wrap(&contact.line));
    let address = content.postal_address.iter().map(|line| wrap(line));
    let lines: Vec<String> = address.chain(contacts).collect();
    (!lines.is_empty()).then(|| format!("{}\n{}", wrap(&content.business), lines.join("\n")))
}

fn wrap(paragraph: &str) -> String {
    wrap_behind(paragraph, "")
}

/// Breaks between words, never inside `e-mail`, an address or at a no-break space.
fn wrap_behind(paragraph: &str, margin: &str) -> String {
    let options = Options::new(WIDTH)
        .initial_indent(margin)
        .subsequent_indent(margin)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(!paragraph.contains("://"));
    textwrap::fill(paragraph, options)
}
