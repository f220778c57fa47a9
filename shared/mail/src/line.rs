//! One line stays one line, whoever typed it.

use values::is_layout_control;

/// The text with everything that could break a line, or turn its reading direction, replaced by a space.
///
/// A name that reaches a subject or a text part as it was typed could otherwise add lines of its own, or display as something
/// else than it is.
pub(crate) fn single(text: &str) -> String {
    text.replace(is_layout_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_names_and_drops_what_breaks_them() {
        assert_eq!(single("Zoë O’Neill-Łuczak 李"), "Zoë O’Neill-Łuczak 李");
        assert_eq!(single("a\r\nb\u{2028}c\u{85}d"), "a  b c d");
        assert_eq!(single("moc.live\u{202e}"), "moc.live ");
    }
}
