//! Colours, and whether text in one can be read on another.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// A colour of the sRGB space, written as `#1f58c7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Color([u8; 3]);

impl Color {
    /// White.
    pub const WHITE: Self = Self([0xff; 3]);

    /// Black.
    pub const BLACK: Self = Self([0; 3]);

    /// The contrast that [WCAG 2.2](https://www.w3.org/TR/WCAG22/#contrast-minimum) asks of text.
    pub const CONTRAST_OF_TEXT: f64 = 4.5;

    /// The contrast that WCAG 2.2 asks of [what is not text](https://www.w3.org/TR/WCAG22/#non-text-contrast).
    pub const CONTRAST_OF_SHAPES: f64 = 3.0;

    /// A colour by its parts: red, green and blue.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Reads `#` and six hexadecimal digits.
    ///
    /// # Errors
    /// [`Invalid::Required`] or [`Invalid::Color`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && !digits.starts_with('+'));
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).ok_or(Invalid::Color)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    /// The [contrast ratio](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio) of two colours, from 1 for the same to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The colour of text that can be read on it: white where its contrast is enough, and else black. One of them always is.
    #[must_use]
    pub fn of_text_on_it(self) -> Self {
        if self.contrast(Self::WHITE) >= Self::CONTRAST_OF_TEXT { Self::WHITE } else { Self::BLACK }
    }

    /// The [relative luminance](https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Color {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.to_string()
    }
}

impl TryFrom<String> for Color {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn has_one_spelling() {
        for (text, color) in [(" #1F58c7 ", "#1f58c7"), ("#000000", "#000000"), ("#00fF0a", "#00ff0a")] {
            assert_eq!(Color::parse(text).unwrap().to_string(), color);
        }
        assert_eq!(Color::parse(" "), Err(Invalid::Required));
        for wrong in ["1f58c7", "#1f5", "#1f58c7ff", "#1f58cg", "blue", "#+1f58c", "##1f58c", "#1f58ü"] {
            assert_eq!(Color::parse(wrong), Err(Invalid::Color), "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let contrast = |one: &str, other: &str| Color::parse(one).unwrap().contrast(Color::parse(other).unwrap());
        for (one, other, expected) in [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#000000", 21.0),
            ("#767676", "#ffffff", 4.54),
            ("#777777", "#ffffff", 4.48),
            ("#ff0000", "#ffffff", 4.00),
            ("#1f58c7", "#1f58c7", 1.0),
        ] {
            assert!((contrast(one, other) - expected).abs() < 0.01, "{one} on {other}: {}", contrast(one, other));
        }
    }

    #[test]
    fn text_is_white_where_it_can_be() {
        for (color, text) in
            [("#1f58c7", Color::WHITE), ("#767676", Color::WHITE), ("#777777", Color::BLACK), ("#ffd400", Color::BLACK)]
        {
            assert_eq!(Color::parse(color).unwrap().of_text_on_it(), text, "{color}");
        }
    }

    proptest! {
        #[test]
        fn text_can_be_read_on_every_color(red: u8, green: u8, blue: u8) {
            let color = Color::new(red, green, blue);
            prop_assert!(color.contrast(color.of_text_on_it()) >= Color::CONTRAST_OF_TEXT, "{color}");
            prop_assert_eq!(Color::parse(&color.to_string()), Ok(color));
        }
    }
}
