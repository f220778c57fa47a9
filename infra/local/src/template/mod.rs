//! `template.yaml`, read and resolved: what the local cloud has to be.
//!
//! This is the only description of the system there is, so what runs here is what is deployed. Resources that matter on AWS
//! alone (alarms, log groups, dashboards) are left aside; a kind of event, condition or policy that is not understood is an
//! error, because ignoring it would make the two clouds differ in silence.

mod document;
mod functions;
mod mail;
mod policies;
mod resolve;
mod tables;
mod triggers;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

pub use functions::{Function, OnFailure};
#[cfg(test)]
pub use tables::Index;
pub use tables::Table;
pub use triggers::{Route, Rule, Schedule, StreamMapping};

use resolve::{Resolver, entries, kind};

/// The region that every ARN names.
pub const REGION: &str = "eu-central-1";

/// The account that every ARN names.
pub const ACCOUNT: &str = "000000000000";

/// A template that cannot be run, in one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct TemplateError(String);

impl TemplateError {
    fn new(sentence: String) -> Self {
        Self(sentence)
    }

    fn at(id: &str, sentence: String) -> Self {
        Self(format!("{id}: {sentence}."))
    }
}

/// Where the cloud answers.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The AWS services.
    pub services: String,
    /// The HTTP API.
    pub api: String,
}

/// What a template asks for.
#[derive(Debug)]
pub struct Template {
    /// The functions, by logical id.
    pub functions: BTreeMap<String, Function>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The names of the event buses.
    pub buses: BTreeSet<String>,
    /// The names of the queues.
    pub queues: BTreeSet<String>,
    /// What SES reports to the default bus, e.g. `SEND`.
    pub mail_events: BTreeSet<String>,
}

impl Template {
    /// Reads a template. `name` stands in its error messages, and `overrides` replace parameters' defaults.
    ///
    /// # Errors
    /// A sentence naming the place in the file, or the logical id, that cannot be read.
    pub fn read(
        text: &str,
        name: &str,
        overrides: &BTreeMap<String, String>,
        addresses: &Addresses,
    ) -> Result<Self, TemplateError> {
        let document = document::read(text, name)?;
        if document["Resources"].as_object().is_none_or(Map::is_empty) {
            return Err(TemplateError::new(format!("{name}: there are no Resources.")));
        }
        let resolver = Resolver::new(&document, overrides, addresses);
        Self::of(&document, &resolver).map_err(|error| TemplateError::new(format!("{name}: {error}")))
    }

    fn of(document: &Value, resolver: &Resolver<'_>) -> Result<Self, TemplateError> {
        let mut template = Self {
            functions: BTreeMap::new(),
            tables: Vec::new(),
            buses: BTreeSet::new(),
            queues: BTreeSet::new(),
            mail_events: BTreeSet::new(),
        };
        for (id, resource) in entries(&document["Resources"]) {
            if let Some(condition) = resource["Condition"].as_str()
                && !resolver.condition(condition, id)?
            {
                continue;
            }
            match kind(resource) {
                "AWS::Serverless::Function" => {
                    let function = functions::read(id, resource, &document["Globals"]["Function"], resolver)?;
                    template.functions.insert(id.clone(), function);
                }
                "AWS::DynamoDB::Table" => {
                    template.tables.push(tables::read(id, &properties(id, resource, resolver)?, resolver)?);
                }
                "AWS::Events::EventBus" => {
                    template.buses.insert(resolver.name_of(id)?);
                }
                "AWS::SQS::Queue" => {
                    template.queues.insert(resolver.name_of(id)?);
                }
                "AWS::SES::ConfigurationSetEventDestination" => {
                    template.mail_events.extend(mail::events(&properties(id, resource, resolver)?));
                }
                "" => return Err(TemplateError::at(id, "it has no Type".to_owned())),
                _ => {}
            }
        }
        Ok(template)
    }
}

fn properties(id: &str, resource: &Value, resolver: &Resolver<'_>) -> Result<Value, TemplateError> {
    resolver.resolve(&resource["Properties"], id)
}

/// A scalar as text: templates write numbers and truths with or without quotes.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<i64> {
    scalar(value)?.parse().ok()
}

fn truth(value: &Value) -> bool {
    scalar(value).is_some_and(|text| text == "true")
}

/// One value or a list of them, as a list of texts.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(scalar).collect(),
        one => scalar(one).into_iter().collect(),
    }
}
