//! The text part: paragraphs with an empty line between them.

use textwrap::{Options, WordSeparator, WordSplitter};

use crate::content::Content;

/// What [RFC 5322](https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1) asks of a line. Only an address may be longer, since
/// one that is broken in two cannot be followed.
const WIDTH: usize = 78;

/// Lays the content out as text.
pub(crate) fn layout(content: &Content) -> String {
    let mut blocks = vec![wrap(&content.greeting)];
    blocks.extend(content.opening.iter().map(|paragraph| wrap(paragraph)));
    if let Some(action) = &content.action {
        blocks.push(format!("{}\n{}", wrap(&action.introduction), action.address));
    }
    blocks.extend(content.closing.iter().map(|paragraph| wrap(paragraph)));
    blocks.push(format!("{}\n{}", content.regards, wrap(&content.business)));
    // "-- " is how mail clients tell a signature.
    blocks.push(format!("-- \n{}\n", wrap(&content.footer)));
    blocks.join("\n\n")
}

/// Breaks between words, never inside `e-mail` or at a no-break space.
fn wrap(paragraph: &str) -> String {
    let options =
        Options::new(WIDTH).word_separator(WordSeparator::AsciiSpace).word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(paragraph, options)
}
