//! VAT numbers of the member states of the European Union, Northern Ireland, Great Britain, Switzerland and Norway.
//!
//! The forms are those of [VIES](https://ec.europa.eu/taxation_customs/vies/#/faq), of
//! [HMRC](https://www.gov.uk/guidance/vat-eu-country-codes-vat-numbers-and-vat-in-other-languages), of the
//! [Swiss UID register](https://www.uid.admin.ch) and of the [Brønnøysund registers](https://www.brreg.no/en/).
//! Check digits find most typing errors. They are checked where one rule covers all numbers of a kind; where several have been in
//! use (Bulgaria, natural persons in Czechia and Latvia, keys with letters in France), the form has to do. Whether a number was
//! issued at all, only VIES knows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// The longest number with all that people write into it: `CHE-123.456.788 MWST` and some blanks.
const LONGEST: usize = 30;

/// A number with its country code, in capitals and without separators, such as `DE136695976`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct VatNumber(String);

impl VatNumber {
    /// Reads a number that begins with its country code. Blanks, dots and hyphens are taken out, and so is what follows a number in
    /// Norway (`MVA`) and Switzerland (`MWST`, `TVA`, `IVA`). Greece is `EL`; `GR` is understood.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooLong`] or [`Invalid::VatNumber`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        if text.chars().count() > LONGEST {
            return Err(Invalid::TooLong(LONGEST));
        }
        let compact: String =
            text.chars().filter(|character| !matches!(character, ' ' | '\u{a0}' | '.' | '-')).collect();
        let compact = compact.to_ascii_uppercase();
        let (country, number) = compact.split_at_checked(2).ok_or(Invalid::VatNumber)?;
        let (country, number) = match country {
            "GR" => ("EL", number),
            "NO" => (country, number.strip_suffix("MVA").unwrap_or(number)),
            "CH" => (country, ["MWST", "TVA", "IVA"].iter().find_map(|tax| number.strip_suffix(tax)).unwrap_or(number)),
            _ => (country, number),
        };
        let (_, forms, check) = COUNTRIES.iter().find(|(code, ..)| *code == country).ok_or(Invalid::VatNumber)?;
        let is_valid = forms.iter().any(|form| has_form(number, form)) && check(number);
        if is_valid { Ok(Self(format!("{country}{number}"))) } else { Err(Invalid::VatNumber) }
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Country code, forms of what follows it, and the check of its digits. In a form, `9` is a digit, `L` a letter, `X` a digit or a
/// letter, and `=` introduces a character that is meant as it is.
type Country = (&'static str, &'static [&'static str], fn(&str) -> bool);

const COUNTRIES: &[Country] = &[
    ("AT", &["=U99999999"], austria),
    ("BE", &["=0999999999", "=1999999999"], |number| remainder(&number[..8], 97) + value(&number[8..]) == 97),
    ("BG", &["999999999", "9999999999"], |_| true),
    ("CH", &["=E999999999"], |number| weighted(&number[1..], &[5, 4, 3, 2, 7, 6, 5, 4, 1]).is_multiple_of(11)),
    ("CY", &["99999999L"], cyprus),
    ("CZ", &["99999999", "999999999", "9999999999"], czechia),
    ("DE", &["999999999"], iso_7064),
    ("DK", &["99999999"], |number| weighted(number, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)),
    ("EE", &["999999999"], |number| weighted(number, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)),
    ("EL", &["999999999"], |number| weighted(number, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last(number)),
    ("ES", &["X9999999X"], spain),
    ("FI", &["99999999"], |number| weighted(number, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)),
    ("FR", &["XX999999999"], france),
    ("GB", &["999999999", "999999999999", "=G=D999", "=H=A999"], united_kingdom),
    ("HR", &["99999999999"], iso_7064),
    ("HU", &["99999999"], |number| weighted(number, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)),
    ("IE", &["9999999L", "9999999LL", "9L99999L", "9=+99999L", "9=*99999L"], ireland),
    ("IT", &["99999999999"], luhn),
    ("LT", &["999999999", "999999999999"], lithuania),
    ("LU", &["99999999"], |number| remainder(&number[..6], 89) == value(&number[6..])),
    ("LV", &["99999999999"], latvia),
    ("MT", &["99999999"], |number| weighted(number, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37)),
    ("NL", &["999999999=B99"], netherlands),
    ("NO", &["999999999"], |number| weighted(number, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)),
    ("PL", &["9999999999"], |number| weighted(number, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(number)),
    ("PT", &["999999999"], |number| (11 - weighted(number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == last(number)),
    ("RO", &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"], romania),
    ("SE", &["999999999999"], |number| luhn(&number[..10])),
    ("SI", &["99999999"], slovenia),
    ("SK", &["9999999999"], |number| remainder(number, 11) == 0),
    ("XI", &["999999999", "999999999999", "=G=D999", "=H=A999"], united_kingdom),
];

fn has_form(number: &str, form: &str) -> bool {
    let mut characters = number.chars();
    let mut form = form.chars();
    while let Some(expected) = form.next() {
        let Some(character) = characters.next() else { return false };
        let fits = match expected {
            '9' => character.is_ascii_digit(),
            'L' => character.is_ascii_uppercase(),
            'X' => character.is_ascii_digit() || character.is_ascii_uppercase(),
            _ => form.next() == Some(character),
        };
        if !fits {
            return false;
        }
    }
    characters.next().is_none()
}

fn digits(number: &str) -> impl Iterator<Item = u32> {
    number.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0')))
}

fn last(number: &str) -> u32 {
    digits(number).last().unwrap_or_default()
}

/// The number that the digits are.
fn value(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

/// The remainder of the number that the digits are, however long it is.
fn remainder(number: &str, divisor: u32) -> u32 {
    digits(number).fold(0, |remainder, digit| (remainder * 10 + digit) % divisor)
}

/// The sum of the digits, each times its weight. Digits without a weight do not count.
fn weighted(number: &str, weights: &[u32]) -> u32 {
    digits(number).zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// [ISO/IEC 7812-1](https://www.iso.org/standard/70484.html), Annex B.
fn luhn(number: &str) -> bool {
    let doubled = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
    let digits: Vec<u32> = digits(number).collect();
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, digit)| if at % 2 == 0 { *digit } else { doubled(*digit) }).sum();
    sum.is_multiple_of(10)
}

/// [ISO/IEC 7064](https://www.iso.org/standard/31531.html), MOD 11,10.
fn iso_7064(number: &str) -> bool {
    let (body, _) = number.split_at(number.len() - 1);
    let product = digits(body).fold(10, |product, digit| match (product + digit) % 10 {
        0 => 20 % 11,
        sum => sum * 2 % 11,
    });
    (product + last(number)) % 10 == 1
}

fn austria(number: &str) -> bool {
    let doubled = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
    let digits: Vec<u32> = digits(&number[1..]).collect();
    let sum: u32 =
        digits[..7].iter().enumerate().map(|(at, digit)| if at % 2 == 0 { *digit } else { doubled(*digit) }).sum();
    (96 - sum) % 10 == digits[7]
}

fn cyprus(number: &str) -> bool {
    const AT_EVEN_PLACES: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let places = digits(&number[..8]).enumerate();
    let sum: u32 = places.map(|(at, digit)| if at % 2 == 0 { AT_EVEN_PLACES[digit as usize] } else { digit }).sum();
    letter("ABCDEFGHIJKLMNOPQRSTUVWXYZ", sum) == number.chars().last()
}

/// Eight digits are a legal person's. Natural persons have nine or ten, under rules that changed with the years.
fn czechia(number: &str) -> bool {
    let check = (11 - weighted(number, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10;
    number.len() != 8 || check == last(number)
}

fn spain(number: &str) -> bool {
    let (first, body, last) = (&number[..1], &number[1..8], &number[8..]);
    let person = |digits: &str| letter("TRWAGMYFPDXBNJZSQVHLCKE", remainder(digits, 23)) == last.chars().next();
    match first {
        "X" => person(body),
        "Y" => person(&format!("1{body}")),
        "Z" => person(&format!("2{body}")),
        "K" | "L" | "M" => person(body),
        _ if first.as_bytes()[0].is_ascii_digit() => person(&number[..8]),
        _ => {
            let control = (0..10).find(|digit| luhn(&format!("{body}{digit}")));
            let is_digit = control == last.parse().ok();
            let is_letter = control.and_then(|digit| letter("JABCDEFGHI", digit)) == last.chars().next();
            "ABCDEFGHJNPQRSUVW".contains(first) && (is_digit || is_letter)
        }
    }
}

fn france(number: &str) -> bool {
    let (key, siren) = number.split_at(2);
    let has_letter = !key.bytes().all(|byte| byte.is_ascii_digit());
    has_letter || value(key) == (12 + 3 * remainder(siren, 97)) % 97
}

/// Government departments (`GD`) and health authorities (`HA`) have numbers without check digits, branches three digits more.
fn united_kingdom(number: &str) -> bool {
    let Some(number) = number.get(..9) else { return true };
    let sum = weighted(number, &[8, 7, 6, 5, 4, 3, 2]) + value(&number[7..]);
    // Three series have been issued, each with an offset of its own.
    matches!(sum % 97, 0 | 42 | 55)
}

/// Numbers that were issued until 2013 have a letter or a sign in the second place.
fn ireland(number: &str) -> bool {
    let (body, rest) = number.split_at(7);
    let (body, second) = if body.bytes().all(|byte| byte.is_ascii_digit()) {
        (body.to_owned(), rest.as_bytes().get(1).map_or(0, |letter| u32::from(letter % 32)))
    } else {
        (format!("0{}{}", &body[2..], &body[..1]), 0)
    };
    let sum = weighted(&body, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second;
    letter("WABCDEFGHIJKLMNOPQRSTUV", sum % 23) == rest.chars().next()
}

fn lithuania(number: &str) -> bool {
    let (body, _) = number.split_at(number.len() - 1);
    let sum = |first: u32| -> u32 {
        digits(body).enumerate().map(|(at, digit)| digit * ((at as u32 + first - 1) % 9 + 1)).sum::<u32>() % 11
    };
    let check = if sum(1) == 10 { sum(3) % 10 } else { sum(1) };
    check == last(number)
}

/// Legal persons have numbers above `4`. Those of natural persons tell a date of birth, or nothing since 2017.
fn latvia(number: &str) -> bool {
    number.as_bytes()[0] < b'4' || weighted(number, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
}

/// Sole traders have numbers of a kind of their own since 2020, with another check.
fn netherlands(number: &str) -> bool {
    let is_legal_person = weighted(number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == last(&number[..9]);
    // As in an IBAN, letters count from 10.
    let as_digits = |character: char| character.to_digit(36).unwrap_or_default().to_string();
    let is_sole_trader = remainder(&format!("NL{number}").chars().map(as_digits).collect::<String>(), 97) == 1;
    is_legal_person || is_sole_trader
}

fn romania(number: &str) -> bool {
    let weights: [u32; 9] = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    let body = number.len() - 1;
    weighted(&number[..body], &weights[9 - body..]) * 10 % 11 % 10 == last(number)
}

/// A number whose check would be `11` is not issued.
fn slovenia(number: &str) -> bool {
    let check = 11 - weighted(number, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    check != 11 && check % 10 == last(number)
}

/// One of the letters, counted round and round.
fn letter(letters: &str, at: u32) -> Option<char> {
    letters.chars().nth(at as usize % letters.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VALID: &[&str] = &[
        "ATU13585627",
        "BE0428759497",
        "BG175074752",
        "CHE107787577",
        "CY10259033P",
        "CZ25123891",
        "CZ7103192745",
        "DE136695976",
        "DK13585628",
        "EE100931558",
        "EL094259216",
        "ES54362315K",
        "ESX2482300W",
        "ESA13585625",
        "ESJ99216582",
        "FI20774740",
        "FR40303265045",
        "FRK7399859412",
        "GB980780684",
        "GBGD001",
        "HR33392005961",
        "HU12892312",
        "IE6433435F",
        "IE6433435OA",
        "IE8D79739I",
        "IT00743110157",
        "LT119511515",
        "LT100001919017",
        "LU15027442",
        "LV40003521600",
        "MT11679112",
        "NL004495445B01",
        "NL002455799B11",
        "NO995525828",
        "PL8567346215",
        "PT501964843",
        "RO18547290",
        "SE123456789701",
        "SI50223054",
        "SK2022749619",
        "XI980780684",
    ];

    /// Those whose digits are not checked.
    const OF_ANY_DIGITS: &[&str] = &["BG175074752", "CZ7103192745", "FRK7399859412", "GBGD001"];

    #[test]
    fn takes_numbers_of_every_country() {
        for number in VALID {
            assert_eq!(VatNumber::parse(number).unwrap().as_str(), *number);
        }
        for (country, ..) in COUNTRIES {
            assert!(VALID.iter().any(|number| number.starts_with(country)), "{country}");
        }
    }

    #[test]
    fn finds_one_spelling() {
        for (text, number) in [
            (" de 136 695 976 ", "DE136695976"),
            ("CHE-107.787.577 MWST", "CHE107787577"),
            ("CHE-107.787.577 TVA", "CHE107787577"),
            ("NO 995 525 828 MVA", "NO995525828"),
            ("GR 094259216", "EL094259216"),
            ("nl004495445b01", "NL004495445B01"),
        ] {
            assert_eq!(VatNumber::parse(text).unwrap().as_str(), number);
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for wrong in [
            "not a vat",
            "136695976",
            "DE",
            "DE13669597",
            "DE1366959766",
            "US123456789",
            "DE13669597٦",
            "ΑΤU13585627",
            "…",
        ] {
            assert_eq!(VatNumber::parse(wrong), Err(Invalid::VatNumber), "{wrong}");
        }
        assert_eq!(VatNumber::parse(" "), Err(Invalid::Required));
        assert_eq!(VatNumber::parse(&"9".repeat(31)), Err(Invalid::TooLong(30)));
    }

    /// Which is what a check digit is for.
    #[test]
    fn a_wrong_digit_is_noticed() {
        for number in VALID.iter().filter(|number| !OF_ANY_DIGITS.contains(number)) {
            // The first digit of the number itself: some of what follows it is not checked, such as the number of a branch.
            let place = number.find(|character: char| character.is_ascii_digit() && character != '0').unwrap();
            let digit = number[place..=place].parse::<u32>().unwrap();
            let mistyped = format!("{}{}{}", &number[..place], (digit + 1) % 10, &number[place + 1..]);
            assert_eq!(VatNumber::parse(&mistyped), Err(Invalid::VatNumber), "{mistyped}");
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_canonical(country in 0..COUNTRIES.len(), number in "[A-Z]?[0-9]{7,12}[A-Z]?|E?[0-9]{9}(MVA|TVA)?|\\PC{0,20}") {
            let text = format!("{}{number}", COUNTRIES[country].0);
            if let Ok(number) = VatNumber::parse(&text) {
                prop_assert!(number.as_str().bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"+*".contains(&byte)));
                prop_assert_eq!(VatNumber::parse(number.as_str()), Ok(number));
            }
        }
    }
}
