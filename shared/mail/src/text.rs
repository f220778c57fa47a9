//! The text part: paragraphs with an empty line between them.

use textwrap::{Options, WordSeparator, WordSplitter};

use crate::content::Content;
use crate::highlight::Highlight;

/// What [RFC 5322](https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1) asks of a line. Only an address may be longer, since
/// one that is broken in two cannot be followed.
const WIDTH: usize = 78;

/// Lays the content out as text.
pub(crate) fn layout(content: &Content) -> String {
    let mut blocks = vec![wrap(&content.greeting)];
    blocks.extend(content.opening.iter().map(|paragraph| wrap(paragraph)));
    blocks.extend(content.highlight.as_ref().map(highlight));
    blocks.extend(content.closing.iter().map(|paragraph| wrap(paragraph)));
    blocks.push(format!("{}\n{}", content.regards, wrap(&content.business)));
    blocks.push(signature(content));
    blocks.join("\n\n")
}

fn highlight(highlight: &Highlight) -> String {
    match highlight {
        Highlight::Action(action) => format!("{}\n{}", wrap(&action.introduction), action.address),
        Highlight::Code(code) => code.clone(),
        Highlight::Quote(lines) => lines.iter().map(|line| wrap_behind(line, "    ")).collect::<Vec<_>>().join("\n"),
    }
}

fn signature(content: &Content) -> String {
    // "-- " is how mail clients tell a signature.
    let footer = format!("-- \n{}\n", wrap(&content.footer));
    if content.postal_address.is_empty() {
        return footer;
    }
    let address = content.postal_address.iter().map(|line| format!("{}\n", wrap(line)));
    format!("{footer}\n{}\n{}", wrap(&content.business), address.collect::<String>())
}

fn wrap(paragraph: &str) -> String {
    wrap_behind(paragraph, "")
}

/// Breaks between words, never inside `e-mail` or at a no-break space.
fn wrap_behind(paragraph: &str, margin: &str) -> String {
    let options = Options::new(WIDTH)
        .initial_indent(margin)
        .subsequent_indent(margin)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(paragraph, options)
}
