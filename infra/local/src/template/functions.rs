//! Functions: what they are, what they may do, and what calls them.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::node::{Content, Entry, Node};
use super::place::{Place, TemplateError};
use super::resolve::Resolver;
use super::triggers::{self, Rule, Schedule, StreamMapping};
use super::{policies, queues};
use crate::policy::Statement;

/// What Lambda gives a function that names no timeout.
const DEFAULT_TIMEOUT: u64 = 3;

/// How often Lambda repeats an asynchronous invocation that failed, unless told otherwise.
const DEFAULT_RETRIES: u32 = 2;

/// What makes no difference on one machine.
const INDIFFERENT: [&str; 6] = ["Architectures", "CodeUri", "Description", "LoggingConfig", "MemorySize", "Runtime"];

/// A Lambda function.
#[derive(Debug)]
pub struct Function {
    /// Its physical name.
    pub name: String,
    /// The area whose artifact holds it.
    pub area: String,
    /// Its name in that area.
    pub handler: String,
    /// Its environment variables.
    pub variables: BTreeMap<String, String>,
    /// How long one invocation may take.
    pub timeout: Duration,
    /// What it may do.
    pub statements: Vec<Statement>,
    /// The most it may do, whatever its own statements say.
    pub boundary: Option<Vec<Statement>>,
    /// How often an asynchronous invocation is repeated when it fails.
    pub retries: u32,
    /// Where asynchronous invocations go that failed for good.
    pub on_failure: Option<OnFailure>,
    /// The streams it reads.
    pub streams: Vec<StreamMapping>,
    /// The events it is given.
    pub rules: Vec<Rule>,
    /// When it runs by itself.
    pub schedules: Vec<Schedule>,
    /// Where its handler is named.
    place: Place,
}

/// Where Lambda leaves an event that a function could not be made to take.
#[derive(Clone, Debug, PartialEq)]
pub enum OnFailure {
    /// A destination: a queue for records that tell what happened, with the event inside.
    Destination(String),
    /// A dead-letter queue: a queue for the events themselves.
    DeadLetterQueue(String),
}

impl Function {
    /// What is wrong with it: its area has no such handler.
    pub fn not_linked(&self) -> TemplateError {
        self.place.error(format!("the area `{}` has no function `{}`", self.area, self.handler))
    }
}

impl fmt::Display for Function {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` in {}", self.handler, self.place)
    }
}

/// Reads a function, with what the globals add to it. The boundary of its rights is one of the `policies`, which are named by ARN.
pub(super) fn read(
    id: &str,
    resource: &Node,
    resolver: &Resolver<'_>,
    policies: &BTreeMap<String, Vec<Statement>>,
) -> Result<Function, TemplateError> {
    let own = resource.get("Properties").ok_or_else(|| resource.error("`Properties` is missing"))?;
    let properties = match resolver.document.globals() {
        Some(globals) => resolver.resolve(&merged(globals, own))?,
        None => resolver.resolve(own)?,
    };
    let boundary = properties.get("PermissionsBoundary").map(|arn| boundary(arn, policies)).transpose()?;
    let function = of_properties(id, &properties, area(resource)?, resolver.name_of(id)?)?;
    Ok(Function { boundary, ..function })
}

fn of_properties(id: &str, properties: &Node, area: String, name: String) -> Result<Function, TemplateError> {
    let fields = properties.fields()?;
    let handler = fields.require("Handler")?;
    let events = fields.get("Events").map_or(Ok(&[][..]), Node::entries)?;
    let invocation = fields.get("EventInvokeConfig").map(invocation).transpose()?.unwrap_or_default();
    let letters = fields.get("DeadLetterQueue").map(dead_letter_queue).transpose()?;
    let triggers = triggers::read(id, events)?;
    let function = Function {
        name,
        area,
        handler: handler.text()?,
        variables: fields.get("Environment").map(variables).transpose()?.unwrap_or_default(),
        timeout: Duration::from_secs(fields.get("Timeout").map_or(Ok(DEFAULT_TIMEOUT), Node::number)?),
        statements: fields.get("Policies").map(policies::of_function).transpose()?.unwrap_or_default(),
        boundary: None,
        retries: invocation.retries.unwrap_or(DEFAULT_RETRIES),
        on_failure: invocation.on_failure.or(letters),
        streams: triggers.streams,
        rules: triggers.rules,
        schedules: triggers.schedules,
        place: handler.place.clone(),
    };
    fields.get("FunctionName");
    fields.get("PermissionsBoundary");
    fields.finish(&INDIFFERENT)?;
    Ok(function)
}

fn area(resource: &Node) -> Result<String, TemplateError> {
    let metadata =
        resource.get("Metadata").ok_or_else(|| resource.error("`Metadata` is missing, which names the area"))?;
    let fields = metadata.fields()?;
    let build = fields.require("BuildProperties")?.fields()?;
    fields.finish(&["BuildMethod"])?;
    let area = build.require("Binary")?.text();
    build.finish(&[])?;
    area
}

fn boundary(arn: &Node, policies: &BTreeMap<String, Vec<Statement>>) -> Result<Vec<Statement>, TemplateError> {
    let policy = policies.get(&arn.text()?);
    policy.cloned().ok_or_else(|| arn.error("the permissions boundary is not a policy of these templates"))
}

/// What Lambda does about asynchronous invocations that fail.
#[derive(Default)]
struct Invocation {
    retries: Option<u32>,
    on_failure: Option<OnFailure>,
}

fn invocation(config: &Node) -> Result<Invocation, TemplateError> {
    let fields = config.fields()?;
    let retries = fields.get("MaximumRetryAttempts").map(Node::number).transpose()?;
    let queue = fields.get("DestinationConfig").map(queues::of_destination).transpose()?;
    fields.finish(&["MaximumEventAgeInSeconds"])?;
    Ok(Invocation { retries, on_failure: queue.map(OnFailure::Destination) })
}

fn dead_letter_queue(config: &Node) -> Result<OnFailure, TemplateError> {
    let fields = config.fields()?;
    let queue = queues::of_arn(fields.require("TargetArn")?)?;
    fields.finish(&["Type"])?;
    Ok(OnFailure::DeadLetterQueue(queue))
}

fn variables(environment: &Node) -> Result<BTreeMap<String, String>, TemplateError> {
    let fields = environment.fields()?;
    let variables = fields.require("Variables")?.entries()?;
    fields.finish(&[])?;
    variables.iter().map(|variable| Ok((variable.key.clone(), variable.value.text()?))).collect()
}

/// SAM's rule for globals: maps are merged, lists are joined, anything else is replaced.
fn merged(globals: &Node, own: &Node) -> Node {
    let content = match (&globals.content, &own.content) {
        (Content::Map(inherited), Content::Map(entries)) if !is_function(globals) && !is_function(own) => {
            let mut result: Vec<Entry> =
                inherited.iter().filter(|entry| own.get(&entry.key).is_none()).cloned().collect();
            for entry in entries {
                let value = globals.get(&entry.key).map_or_else(|| entry.value.clone(), |it| merged(it, &entry.value));
                result.push(Entry { value, ..entry.clone() });
            }
            Content::Map(result)
        }
        (Content::List(inherited), Content::List(items)) => {
            Content::List(inherited.iter().chain(items).cloned().collect())
        }
        (_, own) => own.clone(),
    };
    Node::new(own.place.clone(), content)
}

fn is_function(node: &Node) -> bool {
    node.only_entry().is_some_and(|entry| entry.key == "Ref" || entry.key.starts_with("Fn::"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::yaml;
    use super::*;

    #[test]
    fn globals_are_merged_as_sam_does() {
        let read = |text| yaml::read(text, "template.yaml").unwrap();
        let globals = read("{Timeout: 10, Layers: [a], Environment: {Variables: {A: '1', B: !Ref X}}}");
        let own = read("{Timeout: 29, Layers: [b], Environment: {Variables: {B: !Ref Y, C: '3'}}}");
        let expected = json!({
            "Timeout": 29,
            "Layers": ["a", "b"],
            "Environment": {"Variables": {"A": "1", "B": {"Ref": "Y"}, "C": "3"}},
        });
        assert_eq!(merged(&globals, &own).json(), expected);
    }
}
