//! The languages say the same, and nothing that nobody reads.

use std::collections::BTreeSet;

use decision::Message;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use values::Language;

use crate::post;

/// A sentence as its translator wrote it.
#[derive(Default)]
struct Sentence {
    key: String,
    /// What it says whatever the facts are.
    fixed: Vec<&'static str>,
    /// The facts it mentions.
    facts: BTreeSet<&'static str>,
}

impl Sentence {
    fn new(key: String, pattern: &Pattern<&'static str>) -> Self {
        let mut sentence = Self { key, ..Self::default() };
        sentence.read(pattern);
        sentence
    }

    fn read(&mut self, pattern: &Pattern<&'static str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.fixed.push(value.trim()),
                PatternElement::Placeable { expression: Expression::Inline(inline) } => self.mention(inline),
                PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                    self.mention(selector);
                    for variant in variants {
                        self.read(&variant.value);
                    }
                }
            }
        }
    }

    fn mention(&mut self, expression: &InlineExpression<&'static str>) {
        if let InlineExpression::VariableReference { id } = expression {
            self.facts.insert(id.name);
        }
    }
}

fn sentences(language: Language) -> Vec<Sentence> {
    let locale = match language {
        Language::En => include_str!("../../locales/en/mail.ftl"),
        Language::De => include_str!("../../locales/de/mail.ftl"),
        Language::Fr => include_str!("../../locales/fr/mail.ftl"),
    };
    let mut sentences = Vec::new();
    for entry in fluent_syntax::parser::parse(locale).expect("the locale is Fluent").body {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name;
        sentences.extend(message.value.map(|pattern| Sentence::new(key.to_owned(), &pattern)));
        for attribute in message.attributes {
            sentences.push(Sentence::new(format!("{key}.{}", attribute.id.name), &attribute.value));
        }
    }
    sentences
}

#[test]
fn all_have_the_same_keys_in_the_same_order() {
    let keys = |language| -> Vec<String> { sentences(language).into_iter().map(|sentence| sentence.key).collect() };
    assert!(keys(Language::En).contains(&"welcome.subject".to_owned()));
    for language in Language::ALL {
        assert_eq!(keys(language), keys(Language::En), "{}", language.code());
    }
}

#[test]
fn all_mention_the_same_facts() {
    for language in Language::ALL {
        for (sentence, english) in sentences(language).iter().zip(sentences(Language::En)) {
            assert_eq!(sentence.facts, english.facts, "{} in {}", sentence.key, language.code());
        }
    }
}

#[test]
fn every_sentence_is_said_in_some_mail() {
    let days = (1..=12).map(|month| format!("2026-{month:02}-01T12:00:00Z").parse().unwrap());
    let dated: Vec<Message> = days.map(post::already_registered).collect();
    for language in Language::ALL {
        let others = post::all().filter(|letter| letter.language == language).map(|letter| letter.rendered);
        let said: Vec<String> = dated
            .iter()
            .map(|mail| post::render(mail, language))
            .chain(others)
            .flat_map(|rendered| [rendered.subject, rendered.text.replace('\n', " "), rendered.html])
            .collect();
        for Sentence { key, fixed, .. } in sentences(language) {
            for words in fixed {
                assert!(said.iter().any(|part| part.contains(words)), "{key} in {}: {words:?}", language.code());
            }
        }
    }
}
