//! The colours in which mails and pages show the business, so that everything can be read whatever its own colour is.
//!
//! Its colour is that of the head and the main button, and of links where it can be read. A button that would hardly stand out has an
//! edge that does. Contrasts are those of WCAG 2.2.

use values::Color;

use crate::Business;

/// What readers prefer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The colours that follow from that of the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// The main button.
    pub button: Color,
    /// The words on it.
    pub button_text: Color,
    /// The line around it.
    pub button_edge: Color,
    /// Links.
    pub link: Color,
}

/// What mails and pages show without a colour of the business, and what it stands on: the card, and the page around it.
struct Ground {
    surfaces: [Color; 2],
    text: Color,
    edge: Color,
    button: Color,
    link: Color,
}

const LIGHT: Ground = Ground {
    surfaces: [Color::WHITE, Color::new(0xf2, 0xf4, 0xf7)],
    text: Color::new(0x1d, 0x24, 0x30),
    edge: Color::new(0x76, 0x80, 0x8f),
    button: Color::new(0x1f, 0x58, 0xc7),
    link: Color::new(0x1f, 0x58, 0xc7),
};

const DARK: Ground = Ground {
    surfaces: [Color::new(0x1f, 0x24, 0x2b), Color::new(0x14, 0x17, 0x1c)],
    text: Color::new(0xe6, 0xe9, 0xee),
    edge: Color::new(0x8a, 0x95, 0xa5),
    button: Color::new(0x2f, 0x6b, 0xd8),
    link: Color::new(0x8d, 0xb7, 0xff),
};

impl Ground {
    /// The contrast of a colour wherever it may stand.
    fn contrast(&self, color: Color) -> f64 {
        self.surfaces.map(|surface| surface.contrast(color)).into_iter().fold(f64::INFINITY, f64::min)
    }
}

impl Business {
    /// The colours that show it.
    pub fn palette(&self, scheme: Scheme) -> Palette {
        let ground = match scheme {
            Scheme::Light => LIGHT,
            Scheme::Dark => DARK,
        };
        let button = self.color.unwrap_or(ground.button);
        let button_text = button.of_text_on_it();
        let stands_out = ground.contrast(button) >= Color::CONTRAST_OF_SHAPES;
        let link = match self.color {
            None => ground.link,
            Some(color) if ground.contrast(color) >= Color::CONTRAST_OF_TEXT => color,
            Some(_) => ground.text,
        };
        Palette { button, button_text, button_edge: if stands_out { button } else { ground.edge }, link }
    }
}

#[cfg(test)]
mod tests {
    use values::Text;

    use super::*;

    fn palette(color: &str, scheme: Scheme) -> [String; 4] {
        let business =
            Business { color: Color::parse(color).ok(), ..Business::named(Text::parse("Nordlicht").unwrap()) };
        let Palette { button, button_text, button_edge, link } = business.palette(scheme);
        [button, button_text, button_edge, link].map(|color| color.to_string())
    }

    #[test]
    fn everything_can_be_read_whatever_the_color() {
        use Scheme::{Dark, Light};
        for (color, scheme, expected) in [
            ("", Light, ["#1f58c7", "#ffffff", "#1f58c7", "#1f58c7"]),
            ("", Dark, ["#2f6bd8", "#ffffff", "#2f6bd8", "#8db7ff"]),
            ("#0a6e5c", Light, ["#0a6e5c", "#ffffff", "#0a6e5c", "#0a6e5c"]),
            ("#0a6e5c", Dark, ["#0a6e5c", "#ffffff", "#8a95a5", "#e6e9ee"]),
            ("#ffd400", Light, ["#ffd400", "#000000", "#76808f", "#1d2430"]),
            ("#ffd400", Dark, ["#ffd400", "#000000", "#ffd400", "#ffd400"]),
            ("#ffffff", Light, ["#ffffff", "#000000", "#76808f", "#1d2430"]),
            ("#1f242b", Dark, ["#1f242b", "#ffffff", "#8a95a5", "#e6e9ee"]),
        ] {
            assert_eq!(palette(color, scheme), expected, "{color} {scheme:?}");
        }
    }
}
