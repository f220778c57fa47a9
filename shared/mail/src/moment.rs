//! Times that cannot be misread: the month in words, the time zone beside the time.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use values::Language;

use crate::RenderError;
use crate::words::Words;

impl Words {
    /// Adds a moment, in words.
    pub(crate) fn with_moment(self, name: &str, moment: Timestamp) -> Result<Self, RenderError> {
        let moment = in_words(moment, self.language())?;
        Ok(self.with(name, &moment))
    }
}

/// A moment in words, such as *21 November 2026, 22:57 UTC*. Cut to the minute, so no link ends before the time that was told.
fn in_words(moment: Timestamp, language: Language) -> Result<String, RenderError> {
    let moment = moment.to_zoned(TimeZone::UTC);
    Words::new(language)
        .with_number("day", moment.day().into())
        .with_number("month", moment.month().into())
        .with_number("year", moment.year().into())
        .with("time", &format!("{:02}:{:02}", moment.hour(), moment.minute()))
        .say("moment")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_all_languages(moment: &str) -> [String; 3] {
        Language::ALL.map(|language| in_words(moment.parse().unwrap(), language).unwrap())
    }

    #[test]
    fn reads_naturally() {
        assert_eq!(
            in_all_languages("2026-11-21T22:57:59Z"),
            [
                "21\u{a0}November 2026, 22:57 UTC",
                "21.\u{a0}November 2026, 22:57 Uhr UTC",
                "21\u{a0}novembre 2026 à 22:57 UTC"
            ]
        );
        assert_eq!(
            in_all_languages("2027-02-01T00:05:00Z"),
            [
                "1\u{a0}February 2027, 00:05 UTC",
                "1.\u{a0}Februar 2027, 00:05 Uhr UTC",
                "1er\u{a0}février 2027 à 00:05 UTC"
            ]
        );
    }

    #[test]
    fn knows_every_month() {
        let months = |language| -> Vec<String> {
            (1..=12)
                .map(|month| in_words(format!("2026-{month:02}-02T12:00:00Z").parse().unwrap(), language).unwrap())
                .map(|moment| moment.split(['\u{a0}', ' ']).nth(1).unwrap().to_owned())
                .collect()
        };
        assert_eq!(
            months(Language::En).join(" "),
            "January February March April May June July August September October November December"
        );
        assert_eq!(
            months(Language::De).join(" "),
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
        );
        assert_eq!(
            months(Language::Fr).join(" "),
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
        );
    }
}
