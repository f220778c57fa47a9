//! The sentences of the pages, in one language.
//!
//! There is no falling back to another language: the tests of this crate hold the languages against each other. A sentence that is
//! missing in all of them stops a build for development, and leaves a hole in any other.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use unic_langid::langid;
use values::Language;

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
    let said = look_up(language, key, facts);
    debug_assert!(said.is_some(), "there is no sentence `{key}`");
    said.unwrap_or_default()
}

/// A sentence that someone else named, if there is one.
pub(crate) fn say_if_known(language: Language, key: &str) -> Option<String> {
    look_up(language, key, &[])
}

fn look_up(language: Language, key: &str, facts: &[(&'static str, FluentValue<'_>)]) -> Option<String> {
    let identifier: LanguageIdentifier = match language {
        Language::En => langid!("en"),
        Language::De => langid!("de"),
        Language::Fr => langid!("fr"),
    };
    let facts = facts.iter().map(|(name, fact)| ((*name).into(), fact.clone())).collect();
    LOCALES.try_lookup_with_args(&identifier, key, &facts)
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

    use super::*;

    const SOURCES: [(Language, &str); 3] = [
        (Language::En, include_str!("../locales/en/pages.ftl")),
        (Language::De, include_str!("../locales/de/pages.ftl")),
        (Language::Fr, include_str!("../locales/fr/pages.ftl")),
    ];

    fn mention(pattern: &Pattern<&'static str>, facts: &mut BTreeSet<&'static str>) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            let (Expression::Inline(mentioned) | Expression::Select { selector: mentioned, .. }) = expression;
            if let InlineExpression::VariableReference { id } = mentioned {
                facts.insert(id.name);
            }
            if let Expression::Select { variants, .. } = expression {
                variants.iter().for_each(|variant| mention(&variant.value, facts));
            }
        }
    }

    fn sentences(source: &'static str) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
        let mut sentences = BTreeMap::new();
        for entry in fluent_syntax::parser::parse(source).expect("the locale is Fluent").body {
            let Entry::Message(message) = entry else { continue };
            let mut facts = BTreeSet::new();
            mention(&message.value.expect("every message is a sentence"), &mut facts);
            let before = sentences.insert(message.id.name, facts);
            assert_eq!(before, None, "{} is there twice", message.id.name);
        }
        sentences
    }

    #[test]
    fn all_languages_say_the_same_of_the_same_facts() {
        let [english, others @ ..] = SOURCES.map(|(language, source)| (language, sentences(source)));
        for (language, sentences) in others {
            assert_eq!(sentences, english.1, "{language:?}");
        }
    }

    #[test]
    fn numbers_choose_words() {
        let said = say_of(Language::En, "too-many-requests-text", &[("minutes", 1.into())]);
        assert!(said.ends_with("in about a minute."), "{said}");
        assert_eq!(
            moment(Language::De, "2026-11-21T22:57:59Z".parse().unwrap()),
            "21.\u{a0}November 2026, 22:57\u{a0}Uhr\u{a0}UTC"
        );
    }
}
