//! Sentences in one language, with the facts that they may mention.

use std::collections::HashMap;

use domain::Language;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, langid};

use crate::{RenderError, line};

// Parsed when the first mail is rendered, not when the function starts. Isolation marks around every fact would show up as
// boxes in some text parts; all languages here are written from left to right.
fluent_templates::static_loader! {
    static LOCALES = {
        locales: "locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The sentences of a language and the facts told so far.
pub(crate) struct Words {
    language: Language,
    facts: HashMap<&'static str, FluentValue<'static>>,
}

impl Words {
    /// The sentences of `language`, without facts.
    pub(crate) fn new(language: Language) -> Self {
        Self { language, facts: HashMap::new() }
    }

    /// Adds a text, brought to one line.
    pub(crate) fn with(mut self, name: &'static str, text: &str) -> Self {
        self.facts.insert(name, line::single(text).into());
        self
    }

    /// Adds a number, which sentences can choose words by.
    pub(crate) fn with_number(mut self, name: &'static str, number: i16) -> Self {
        self.facts.insert(name, number.into());
        self
    }

    /// One sentence.
    pub(crate) fn say(&self, key: &str) -> Result<String, RenderError> {
        LOCALES.lookup_single_language(&identifier(self.language), key, Some(&self.facts)).map_err(|error| {
            RenderError::Words { key: key.to_owned(), language: self.language.code(), source: Box::new(error) }
        })
    }

    /// Several paragraphs, which stand in the locale with an empty line between them.
    pub(crate) fn paragraphs(&self, key: &str) -> Result<Vec<String>, RenderError> {
        Ok(self.say(key)?.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect())
    }
}

fn identifier(language: Language) -> LanguageIdentifier {
    match language {
        Language::En => langid!("en"),
        Language::De => langid!("de"),
        Language::Fr => langid!("fr"),
    }
}
