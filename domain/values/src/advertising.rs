//! Whether a name that somebody typed could be meant for a reader whom they do not know: a link, a number to call, an offer.
//!
//! Such a name is no mistake, and nobody is refused for it: *Booking.com B.V.* is a company. It is only kept out of mails to people who
//! did not ask for them, which could otherwise be used to send anything to anybody. What it trades: some names of honest companies are
//! kept out with the others, and an advertisement in plain words passes.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

/// Longer than names are, and long enough for a message.
const LONGEST_NAME: usize = 60;

/// As many digits in a row as a telephone number has at least, which is more than a year or a postal code.
const DIGITS_TO_CALL: usize = 7;

/// Fewer capitals are a name such as *BMW AG*.
const MOST_CAPITALS: usize = 10;

/// Legal forms that could be taken for domains where the blank is left out.
const LEGAL_FORMS: [&str; 3] = ["co.kg", "co.ltd", "pty.ltd"];

/// Symbols that stand in names of companies.
const SYMBOLS_IN_NAMES: [char; 6] = ['©', '®', '™', '℠', '°', '№'];

/// Whether a name looks like a link, an address, a telephone number, an offer or a shout.
pub fn looks_like_advertising(name: &str) -> bool {
    name.chars().count() > LONGEST_NAME
        || name.contains(is_at_sign)
        || has_scheme(name)
        || has_domain(name)
        || has_number_to_call(name)
        || has_price(name)
        || has_pictograph(name)
        || is_shouted(name)
}

fn is_at_sign(letter: char) -> bool {
    matches!(letter, '@' | '＠' | '﹫')
}

/// Whether there is something like `https:` or `mailto:`, directly before something else.
fn has_scheme(name: &str) -> bool {
    let mut letters = name.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let goes_on = letters.peek().is_some_and(|next| !next.is_whitespace());
        if matches!(letter, ':' | '：') && before.is_alphabetic() && goes_on {
            return true;
        }
        before = letter;
    }
    false
}

/// Whether there is a domain, with dots or what looks like them: one that begins with `www`, or ends with a top-level domain.
fn has_domain(name: &str) -> bool {
    let dotted: String = name.chars().map(|letter| if is_dot(letter) { '.' } else { letter }).collect();
    let words = dotted.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | '-' | '_'));
    words.map(str::to_lowercase).filter(|word| !LEGAL_FORMS.contains(&word.trim_matches('.'))).any(|word| {
        let mut labels = word.split('.');
        let first = labels.next().unwrap_or_default();
        (first == "www" && word.len() > first.len() + 1) || labels.any(is_top_level_domain)
    })
}

/// Whether mail programs or people could take it for a full stop.
fn is_dot(letter: char) -> bool {
    matches!(letter, '．' | '。' | '｡' | '․' | '‧' | '·' | '∙' | '⋅' | '•' | '･' | '・' | '﹒' | '۔' | '܁' | '܂')
}

fn is_top_level_domain(label: &str) -> bool {
    let ascii = Uts46::new().to_ascii(label.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow, DnsLength::Verify);
    ascii.is_ok_and(|ascii| tld::exist(&ascii))
}

/// Whether there are as many digits as in a telephone number, with nothing but what separates them in between.
fn has_number_to_call(name: &str) -> bool {
    let mut digits = 0;
    name.chars().any(|letter| {
        if category(letter) == GeneralCategory::DecimalNumber {
            digits += 1;
        } else if !letter.is_whitespace()
            && !is_dot(letter)
            && !matches!(letter, '.' | '-' | '–' | '/' | '(' | ')' | '+')
        {
            digits = 0;
        }
        digits >= DIGITS_TO_CALL
    })
}

/// Whether there is the sign of a currency beside a number.
fn has_price(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|letter| !letter.is_whitespace()).collect();
    letters.windows(2).any(|pair| match pair.iter().map(|letter| category(*letter)).collect::<Vec<_>>()[..] {
        [one, other] => {
            (one == GeneralCategory::CurrencySymbol && other == GeneralCategory::DecimalNumber)
                || (one == GeneralCategory::DecimalNumber && other == GeneralCategory::CurrencySymbol)
        }
        _ => false,
    })
}

fn has_pictograph(name: &str) -> bool {
    name.chars().any(|letter| {
        let is_symbol = category(letter) == GeneralCategory::OtherSymbol && !SYMBOLS_IN_NAMES.contains(&letter);
        // The keycap turns the digit before it into a picture.
        is_symbol || letter == '\u{20e3}'
    })
}

/// Whether there are several exclamation marks, or hardly anything but capitals.
fn is_shouted(name: &str) -> bool {
    let marks = name.chars().filter(|letter| matches!(letter, '!' | '！' | '¡')).count();
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let capitals = name.chars().filter(|letter| letter.is_uppercase()).count();
    marks > 1 || (capitals > MOST_CAPITALS && capitals * 3 > letters * 2)
}

fn category(letter: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_companies_are_names() {
        for name in [
            "Müller & Söhne GmbH",
            "3M Deutschland GmbH",
            "1. FC Köln GmbH & Co. KGaA",
            "Bauer GmbH & Co.KG",
            "Smith Pty.Ltd.",
            "Dr. August Oetker Nahrungsmittel KG",
            "St.Galler Käserei AG",
            "Feinkost Käfer e.K.",
            "Philips N.V.",
            "Ferrari S.p.A.",
            "Société Générale S.A.",
            "Škoda Auto a.s.",
            "Allegro sp. z o.o.",
            "J.P. Morgan",
            "BMW AG",
            "IKEA Deutschland GmbH & Co. KG",
            "HSBC UK PLC",
            "SAP SE",
            "Joop! GmbH",
            "4711 Mülhens",
            "Weingut 1868/69",
            "Hotel Vier Jahreszeiten (seit 1897)",
            "Lego®",
            "Bäckerei „Zum Löwen“ – Inh. K. Łuczak",
            "O’Neill’s Café",
            "北京茶馆有限公司",
            "Ресторан «Пушкин»",
            "مطعم النور",
            "Team 5: Werbung",
        ] {
            assert!(!looks_like_advertising(name), "{name}");
        }
    }

    #[test]
    fn what_could_be_meant_for_strangers_is_kept_out() {
        for name in [
            // Links, however they are dotted.
            "https://win.example",
            "Win hxxps://win",
            "tel:110",
            "Amazon.com Services LLC",
            "Booking.com B.V.",
            "Visit foo.com now",
            "foo.com/win",
            "FOO.COM",
            "sub.foo.co.uk",
            "foo．com",
            "foo。com",
            "foo․com",
            "foo·com",
            "foo•com",
            "foo.ｃｏｍ",
            "win .com",
            "привет.рф",
            "www.win",
            "shop.co.kg",
            "Ask me@win",
            "Ask me＠win",
            // Numbers to call.
            "Call +49 30 1234567",
            "Call (0800) 555-1234",
            "0800.55.51.23",
            "Call ０８００５５５",
            // Offers.
            "Win €500",
            "500 € for you",
            "$1M Giveaway",
            "£ 20 back",
            "Prize 🎁",
            "★ Best offers",
            "Click ➡ here",
            "1️⃣ Winner",
            // Shouts.
            "You have won!!",
            "Congratulations! You won!",
            "CLICK HERE NOW",
            "Your account is closed and we need you to answer this mail soon",
        ] {
            assert!(looks_like_advertising(name), "{name}");
        }
    }
}
