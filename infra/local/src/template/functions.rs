//! Functions: what they are, what they may do, and what calls them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value};

use super::resolve::{Resolver, entries};
use super::triggers::{self, Route, Rule, Schedule, StreamMapping};
use super::{TemplateError, number, policies, scalar};
use crate::policy::Statement;

/// What Lambda gives a function that names no timeout.
const DEFAULT_TIMEOUT: i64 = 3;

/// How often Lambda repeats an asynchronous invocation that failed, unless told otherwise.
const DEFAULT_RETRIES: u32 = 2;

/// A Lambda function.
#[derive(Debug)]
pub struct Function {
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
    /// The requests it answers.
    pub routes: Vec<Route>,
    /// The streams it reads.
    pub streams: Vec<StreamMapping>,
    /// The events it is given.
    pub rules: Vec<Rule>,
    /// When it runs by itself.
    pub schedules: Vec<Schedule>,
}

/// Where Lambda leaves an event that a function could not be made to take.
#[derive(Clone, Debug, PartialEq)]
pub enum OnFailure {
    /// A destination: a queue for records that tell what happened, with the event inside.
    Destination(String),
    /// A dead-letter queue: a queue for the events themselves.
    DeadLetterQueue(String),
}

/// Reads a function, with what the globals add to it.
pub(super) fn read(
    id: &str,
    resource: &Value,
    globals: &Value,
    resolver: &Resolver<'_>,
) -> Result<Function, TemplateError> {
    let properties = resolver.resolve(&merged(globals, &resource["Properties"]), id)?;
    let area = resource["Metadata"]["BuildProperties"]["Binary"].as_str();
    let mut function = Function {
        area: area.ok_or_else(|| needs(id, "Metadata.BuildProperties.Binary, its area"))?.to_owned(),
        handler: properties["Handler"].as_str().ok_or_else(|| needs(id, "a Handler"))?.to_owned(),
        variables: variables(id, &properties["Environment"]["Variables"])?,
        timeout: seconds(&properties["Timeout"]),
        statements: policies::read(id, &properties["Policies"])?,
        boundary: boundary(id, &properties["PermissionsBoundary"], resolver)?,
        retries: DEFAULT_RETRIES,
        on_failure: on_failure(&properties),
        routes: Vec::new(),
        streams: Vec::new(),
        rules: Vec::new(),
        schedules: Vec::new(),
    };
    if let Some(retries) = number(&properties["EventInvokeConfig"]["MaximumRetryAttempts"]) {
        function.retries = u32::try_from(retries).unwrap_or_default();
    }
    for (name, event) in entries(&properties["Events"]) {
        triggers::read(id, name, event, &mut function)?;
    }
    Ok(function)
}

fn needs(id: &str, what: &str) -> TemplateError {
    TemplateError::at(id, format!("the function needs {what}"))
}

fn boundary(id: &str, name: &Value, resolver: &Resolver<'_>) -> Result<Option<Vec<Statement>>, TemplateError> {
    let Some(name) = name.as_str() else { return Ok(None) };
    let policy = resolver.resource(name, "AWS::IAM::ManagedPolicy");
    let policy =
        policy.ok_or_else(|| needs(id, &format!("the permissions boundary `{name}` to be in the template")))?;
    let document = resolver.resolve(&policy["Properties"]["PolicyDocument"], name)?;
    policies::read(name, &document).map(Some)
}

fn seconds(timeout: &Value) -> Duration {
    Duration::from_secs(number(timeout).unwrap_or(DEFAULT_TIMEOUT).unsigned_abs())
}

fn variables(id: &str, variables: &Value) -> Result<BTreeMap<String, String>, TemplateError> {
    let text = |(name, value): (&String, &Value)| match scalar(value) {
        Some(value) => Ok((name.clone(), value)),
        None => Err(TemplateError::at(id, format!("the environment variable {name} is not a text"))),
    };
    entries(variables).map(text).collect()
}

fn on_failure(properties: &Value) -> Option<OnFailure> {
    let destination = &properties["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"];
    let queue = &properties["DeadLetterQueue"]["TargetArn"];
    let destination = queue_of(destination).map(OnFailure::Destination);
    destination.or_else(|| queue_of(queue).map(OnFailure::DeadLetterQueue))
}

/// The name of the queue that an ARN names.
pub(super) fn queue_of(arn: &Value) -> Option<String> {
    arn.as_str()
        .and_then(|arn| arn.strip_prefix("arn:aws:sqs:"))
        .and_then(|arn| arn.rsplit(':').next())
        .map(str::to_owned)
}

/// SAM's rule for globals: maps are merged, lists are joined, anything else is replaced.
fn merged(globals: &Value, own: &Value) -> Value {
    match (globals, own) {
        (Value::Object(globals), Value::Object(own)) if !is_function(own) && !is_function(globals) => {
            let mut result: Map<String, Value> = globals.clone();
            for (name, value) in own {
                let value = merged(globals.get(name).unwrap_or(&Value::Null), value);
                result.insert(name.clone(), value);
            }
            Value::Object(result)
        }
        (Value::Array(globals), Value::Array(own)) => globals.iter().chain(own).cloned().collect(),
        (globals, Value::Null) => globals.clone(),
        (_, own) => own.clone(),
    }
}

fn is_function(object: &Map<String, Value>) -> bool {
    object.len() == 1 && object.keys().all(|name| name == "Ref" || name.starts_with("Fn::"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn globals_are_merged_as_sam_does() {
        let globals =
            json!({"Timeout": 10, "Layers": ["a"], "Environment": {"Variables": {"A": "1", "B": {"Ref": "X"}}}});
        let own = json!({"Timeout": 29, "Layers": ["b"], "Environment": {"Variables": {"B": {"Ref": "Y"}, "C": "3"}}});
        let expected = json!({
            "Timeout": 29,
            "Layers": ["a", "b"],
            "Environment": {"Variables": {"A": "1", "B": {"Ref": "Y"}, "C": "3"}},
        });
        assert_eq!(merged(&globals, &own), expected);
    }
}
