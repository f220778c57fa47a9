//! A value of a template that knows where it stands, so that whatever is wrong with it can be found.

use std::cell::RefCell;
use std::str::FromStr;

use serde_json::{Number, Value};

use super::place::{Place, TemplateError};

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) content: Content,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Null,
    Truth(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// An entry of a mapping.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) place: Place,
    pub(super) value: Node,
}

impl Node {
    pub(super) fn new(place: Place, content: Content) -> Self {
        Self { place, content }
    }

    pub(super) fn of_text(place: Place, text: impl Into<String>) -> Self {
        Self::new(place, Content::Text(text.into()))
    }

    pub(super) fn error(&self, sentence: impl Into<String>) -> TemplateError {
        self.place.error(sentence)
    }

    /// The value under a key of a mapping.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.content {
            Content::Map(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value),
            _ => None,
        }
    }

    /// The only entry of a mapping with one entry.
    pub(super) fn only_entry(&self) -> Option<&Entry> {
        match &self.content {
            Content::Map(entries) if entries.len() == 1 => entries.first(),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub(super) fn entries(&self) -> Result<&[Entry], TemplateError> {
        match &self.content {
            Content::Map(entries) => Ok(entries),
            _ => Err(self.error("a mapping is expected here")),
        }
    }

    /// The items of a list.
    pub(super) fn items(&self) -> Result<&[Self], TemplateError> {
        match &self.content {
            Content::List(items) => Ok(items),
            _ => Err(self.error("a list is expected here")),
        }
    }

    /// The items of a list, or the one value that stands in place of a list.
    pub(super) fn one_or_more(&self) -> &[Self] {
        match &self.content {
            Content::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// A scalar as text: templates write numbers and truths with and without quotes.
    pub(super) fn text(&self) -> Result<String, TemplateError> {
        match &self.content {
            Content::Text(text) => Ok(text.clone()),
            Content::Number(number) => Ok(number.to_string()),
            Content::Truth(truth) => Ok(truth.to_string()),
            _ => Err(self.error("a text is expected here")),
        }
    }

    /// One text or a list of texts.
    pub(super) fn texts(&self) -> Result<Vec<String>, TemplateError> {
        self.one_or_more().iter().map(Self::text).collect()
    }

    /// A scalar as a number that is not negative.
    pub(super) fn number<T: FromStr>(&self) -> Result<T, TemplateError> {
        let text = self.text()?;
        text.parse().map_err(|_| self.error(format!("`{text}` is not a number that can stand here")))
    }

    /// A scalar as a truth.
    pub(super) fn truth(&self) -> Result<bool, TemplateError> {
        match self.text()?.as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(self.error(format!("`{other}` is neither true nor false"))),
        }
    }

    /// The value without its places.
    pub(super) fn json(&self) -> Value {
        match &self.content {
            Content::Null => Value::Null,
            Content::Truth(truth) => Value::Bool(*truth),
            Content::Number(number) => Value::Number(number.clone()),
            Content::Text(text) => Value::String(text.clone()),
            Content::List(items) => items.iter().map(Self::json).collect(),
            Content::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), entry.value.json())).collect(),
        }
    }

    /// The entries of a mapping, to be read one by one.
    pub(super) fn fields(&self) -> Result<Fields<'_>, TemplateError> {
        Ok(Fields { node: self, entries: self.entries()?, read: RefCell::default() })
    }
}

/// The entries of a mapping, of which none may be overlooked.
pub(super) struct Fields<'node> {
    node: &'node Node,
    entries: &'node [Entry],
    read: RefCell<Vec<&'static str>>,
}

impl<'node> Fields<'node> {
    /// A value that may be missing.
    pub(super) fn get(&self, name: &'static str) -> Option<&'node Node> {
        self.read.borrow_mut().push(name);
        self.node.get(name)
    }

    /// A value that must be there.
    pub(super) fn require(&self, name: &'static str) -> Result<&'node Node, TemplateError> {
        self.get(name).ok_or_else(|| self.node.error(format!("`{name}` is missing")))
    }

    /// Refuses every entry that was not read, but for those that make no difference here.
    pub(super) fn finish(self, indifferent: &[&str]) -> Result<(), TemplateError> {
        let read = self.read.borrow();
        let known = |entry: &&Entry| read.contains(&entry.key.as_str()) || indifferent.contains(&entry.key.as_str());
        match self.entries.iter().find(|entry| !known(entry)) {
            Some(entry) => Err(entry.place.error(format!("`{}` is not something this cloud knows here", entry.key))),
            None => Ok(()),
        }
    }
}
