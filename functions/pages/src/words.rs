//! The sentences of the pages, in one language.
//!
//! A sentence that is missing would show its key; the tests of this crate hold every key that the code names against each
//! language, so that none is.

use domain::Language;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use unic_langid::langid;

// Isolation marks around every fact would be copied along with it; all languages here are written from left to right.
static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A sentence.
pub(crate) fn say(language: Language, key: &str) -> String {
    say_of(language, key, &[])
}

/// A sentence that mentions facts.
pub(crate) fn say_of(language: Language, key: &str, facts: &[(&'static str, FluentValue<'_>)]) -> String {
    let identifier: LanguageIdentifier = match language {
        Language::En => langid!("en"),
        Language::De => langid!("de"),
        Language::Fr => langid!("fr"),
    };
    let facts = facts.iter().map(|(name, fact)| ((*name).into(), fact.clone())).collect();
    LOCALES.lookup_with_args(&identifier, key, &facts)
}

/// A moment in words. In UTC, because nobody told where the reader is.
pub(crate) fn moment(language: Language, moment: Timestamp) -> String {
    let moment = moment.to_zoned(TimeZone::UTC);
    let time = format!("{:02}:{:02}", moment.hour(), moment.minute());
    let (day, month, year) = (moment.day().into(), moment.month().into(), moment.year().to_string());
    say_of(language, "moment", &[("day", day), ("month", month), ("year", year.into()), ("time", time.into())])
}

/// The name of a language, in that language.
pub(crate) fn own_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::De => "Deutsch",
        Language::Fr => "Français",
    }
}
