//! Sentences in one language, with the facts that they may mention.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, langid};
use values::Language;

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
#[derive(Clone)]
pub(crate) struct Words {
    language: Language,
    facts: HashMap<Cow<'static, str>, FluentValue<'static>>,
}

impl Words {
    /// The sentences of `language`, without facts.
    pub(crate) fn new(language: Language) -> Self {
        Self { language, facts: HashMap::new() }
    }

    /// In which language they are.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// Adds a text, brought to one line.
    pub(crate) fn with(mut self, name: &str, text: &str) -> Self {
        self.facts.insert(name.to_owned().into(), line::single(text).into());
        self
    }

    /// Adds a text if there is one. Sentences can choose words by `$has-…`, which is `yes` or `no`.
    pub(crate) fn with_optional(mut self, name: &str, text: Option<&str>) -> Self {
        let known = if text.is_some() { "yes" } else { "no" };
        self.facts.insert(format!("has-{name}").into(), known.into());
        match text {
            Some(text) => self.with(name, text),
            None => self,
        }
    }

    /// Adds a number, which sentences can choose words by.
    pub(crate) fn with_number(mut self, name: &str, number: i64) -> Self {
        self.facts.insert(name.to_owned().into(), number.into());
        self
    }

    /// One sentence.
    pub(crate) fn say(&self, key: &str) -> Result<String, RenderError> {
        LOCALES.lookup_single_language(&identifier(self.language), key, Some(&self.facts)).map_err(|error| {
            RenderError::Words { key: key.to_owned(), language: self.language.code(), source: Box::new(error) }
        })
    }

    /// One sentence, or else something that has no words of its own.
    pub(crate) fn say_or(&self, key: &str, otherwise: &str) -> String {
        self.say(key).unwrap_or_else(|_| otherwise.to_owned())
    }

    /// Several paragraphs, which stand in the locale with an empty line between them. One that comes out empty is left out.
    pub(crate) fn paragraphs(&self, key: &str) -> Result<Vec<String>, RenderError> {
        let sentences = self.say(key)?;
        let paragraphs = sentences.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
        Ok(paragraphs.map(|paragraph| paragraph.replace('\n', " ")).collect())
    }
}

fn identifier(language: Language) -> LanguageIdentifier {
    match language {
        Language::En => langid!("en"),
        Language::De => langid!("de"),
        Language::Fr => langid!("fr"),
    }
}
