//! Text that people type: checked, trimmed, and never longer than a record can bear.
//!
//! The checks keep one name from looking like another, or like nothing. They leave alone whatever a script needs: joiners between
//! letters, variation selectors, the marks of direction that leave neighbouring text as it is.

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// One line of text, 1 to `MAX` characters, without surrounding white space and without [layout controls](is_layout_control).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Checks and trims.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::Invisible`], [`Invalid::TooLong`] or [`Invalid::ControlCharacter`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        check(text, MAX)?;
        if text.chars().any(is_layout_control) { Err(Invalid::ControlCharacter) } else { Ok(Self(text.to_owned())) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Several lines of text, 1 to `MAX` characters with line feeds between the lines. Each line is like a [`Text`] or empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Lines<const MAX: usize>(String);

impl<const MAX: usize> Lines<MAX> {
    /// Checks, trims what is around the text and at the ends of lines, and writes line breaks of all systems as line feeds.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::Invisible`], [`Invalid::TooLong`] or [`Invalid::ControlCharacter`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim().replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
        let lines: Vec<String> = text.lines().map(|line| line.trim_end().replace('\t', " ")).collect();
        let text = lines.join("\n");
        check(&text, MAX)?;
        if text.lines().flat_map(str::chars).any(is_layout_control) {
            Err(Invalid::ControlCharacter)
        } else {
            Ok(Self(text))
        }
    }

    /// The text, with line feeds.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(text: &str, most: usize) -> Result<(), Invalid> {
    if text.is_empty() {
        Err(Invalid::Required)
    } else if !is_visible(text) {
        Err(Invalid::Invisible)
    } else if text.chars().count() > most {
        Err(Invalid::TooLong(most))
    } else {
        Ok(())
    }
}

/// Whether something of the text can be seen.
pub fn is_visible(text: &str) -> bool {
    // Unicode counts the empty Braille pattern among the symbols.
    let is_blank = |character: char| character.is_whitespace() || character.is_control() || character == '\u{2800}';
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    text.chars().any(|character| !is_blank(character) && !ignorable.contains(character))
}

/// Whether a character could break a line in two or turn the reading direction of what surrounds it: control characters, separators
/// of lines and paragraphs, and the embeddings, overrides and isolates of
/// [UAX #9](https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings).
pub fn is_layout_control(character: char) -> bool {
    let separator = matches!(character, '\u{2028}' | '\u{2029}');
    let direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || separator || direction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_and_keeps_to_its_bounds() {
        assert_eq!(Text::<5>::parse("  Zoë  ").unwrap().as_str(), "Zoë");
        assert_eq!(Text::<5>::parse("ééééé").unwrap().as_str(), "ééééé");
        assert_eq!(Text::<5>::parse(" \t"), Err(Invalid::Required));
        assert_eq!(Text::<5>::parse("éééééé"), Err(Invalid::TooLong(5)));
        assert_eq!(Text::<5>::parse("a\nb"), Err(Invalid::ControlCharacter));
    }

    #[test]
    fn refuses_names_that_look_like_nothing_or_like_another() {
        for invisible in
            ["\u{200b}", "\u{3164}\u{115f}", "\u{2800} \u{2800}", "\u{ad}", "\u{feff}\u{200d}", "\u{fe0f}\u{34f}"]
        {
            assert_eq!(Text::<9>::parse(invisible), Err(Invalid::Invisible), "{invisible:?}");
        }
        for turned in ["\u{202e}moc.live", "a\u{2066}b\u{2069}", "a\u{202b}", "a\u{2028}b", "a\u{0}", "a\u{9b}b"] {
            assert_eq!(Text::<9>::parse(turned), Err(Invalid::ControlCharacter), "{turned:?}");
        }
    }

    #[test]
    fn keeps_what_scripts_need() {
        // A joiner in Persian, a mark of direction in Hebrew, a variant of an ideograph, a combined emoji.
        for name in ["می\u{200c}خواهم", "שלום\u{200e}!", "葛\u{e0100}城", "👩\u{200d}🚀", "❤\u{fe0f}", "N\u{303}andu"]
        {
            assert_eq!(Text::<20>::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn lines_are_separated_in_one_way() {
        let lines = Lines::<40>::parse("  Dear Ada, \r\n\r\nwe are\tfull.\rSorry\u{2028}!\n ").unwrap();
        assert_eq!(lines.as_str(), "Dear Ada,\n\nwe are full.\nSorry\n!");
        assert_eq!(Lines::<3>::parse("a\r\nb").unwrap().as_str(), "a\nb");
        assert_eq!(Lines::<3>::parse("\r\n \n"), Err(Invalid::Required));
        assert_eq!(Lines::<3>::parse("a\nbc"), Err(Invalid::TooLong(3)));
        assert_eq!(Lines::<9>::parse("\u{200b}\n\u{200b}"), Err(Invalid::Invisible));
        assert_eq!(Lines::<9>::parse("a\n\u{202e}b"), Err(Invalid::ControlCharacter));
    }
}
