//! The values of a template's parameters.

use std::collections::BTreeMap;

use super::document::Document;
use super::node::{Content, Node};
use super::place::TemplateError;

/// What a parameter may say of itself. Limits hold where the stack is deployed: on this machine links lead to
/// `http://127.0.0.1`, which the template would rightly refuse.
const DECLARATION: [&str; 10] = [
    "AllowedPattern",
    "AllowedValues",
    "ConstraintDescription",
    "Description",
    "MaxLength",
    "MaxValue",
    "MinLength",
    "MinValue",
    "NoEcho",
    "Type",
];

/// The parameters of the template that is deployed: from `overrides` first, then by default. One without either is missed
/// where it is used.
pub(super) fn of_root(
    document: &Document,
    overrides: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Node>, TemplateError> {
    values(document, |name, place| overrides.get(name).map(|value| Node::of_text(place.place.clone(), value)))
}

/// The parameters of a nested template, as the stack that nests it passes them on.
pub(super) fn passed_on(document: &Document, given: &Node) -> Result<BTreeMap<String, Node>, TemplateError> {
    for entry in given.entries()? {
        if document.find("Parameters", &entry.key).is_none() {
            return Err(entry.place.error(format!("the nested template has no parameter `{}`", entry.key)));
        }
    }
    let parameters = values(document, |name, _| given.get(name).cloned())?;
    match document.section("Parameters")?.iter().find(|entry| !parameters.contains_key(&entry.key)) {
        Some(missed) => {
            let sentence = format!("the parameter `{}` of the nested template is not passed on", missed.key);
            Err(given.error(sentence))
        }
        None => Ok(parameters),
    }
}

fn values(
    document: &Document,
    given: impl Fn(&str, &Node) -> Option<Node>,
) -> Result<BTreeMap<String, Node>, TemplateError> {
    let mut values = BTreeMap::new();
    for entry in document.section("Parameters")? {
        let fields = entry.value.fields()?;
        let (kind, default) = (fields.require("Type")?.text()?, fields.get("Default"));
        fields.finish(&DECLARATION)?;
        if let Some(value) = given(&entry.key, &entry.value).or_else(|| default.cloned()) {
            values.insert(entry.key.clone(), typed(value, &kind)?);
        }
    }
    Ok(values)
}

/// A value as CloudFormation gives it to whoever refers to it: a text, or a list of texts.
fn typed(value: Node, kind: &str) -> Result<Node, TemplateError> {
    let text = value.text()?;
    if kind != "CommaDelimitedList" && !kind.starts_with("List<") {
        return Ok(Node::of_text(value.place, text));
    }
    let items = text.split(',').map(|item| Node::of_text(value.place.clone(), item.trim()));
    Ok(Node::new(value.place.clone(), Content::List(items.collect())))
}
