//! What calls a function: routes, streams, rules and schedules.

use std::time::Duration;

use serde_json::Value;

use super::functions::{Function, queue_of};
use super::{TemplateError, number, texts, truth};
use crate::pattern::Pattern;
use crate::rate;

/// A request that a function answers.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method, or `ANY`.
    pub method: String,
    /// The path, with `{name}` for a segment and `{name+}` for the rest.
    pub path: String,
}

/// A stream that a function reads.
#[derive(Clone, Debug)]
pub struct StreamMapping {
    /// The name of the mapping: that of the function and of the event.
    pub name: String,
    /// The ARN of the stream.
    pub stream: String,
    /// The table it belongs to.
    pub table: String,
    /// The most records in one batch.
    pub batch_size: usize,
    /// A record is passed on if one of these matches, or if there are none.
    pub filters: Vec<Pattern>,
    /// Whether the answer says which records failed.
    pub reports_failures: bool,
    /// How often a batch is tried again; `None` for as long as it takes.
    pub retries: Option<u32>,
    /// Whether a batch that fails is tried again in halves.
    pub bisects: bool,
    /// The queue for batches that failed for good.
    pub on_failure: Option<String>,
    /// Whether it starts with the oldest record there is, or with those that are yet to come.
    pub from_start: bool,
}

/// Events that a function is given.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The name of the rule: that of the function and of the event.
    pub name: String,
    /// The name of the bus.
    pub bus: String,
    /// Which events.
    pub pattern: Pattern,
    /// The payload that replaces the event, if the rule has one.
    pub input: Option<String>,
}

/// A function that runs by itself.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The name of the schedule: that of the function and of the event.
    pub name: String,
    /// How often.
    pub period: Duration,
    /// The payload, if the schedule has one.
    pub input: Option<String>,
}

/// Reads one event of a function and adds it to what calls the function.
pub(super) fn read(id: &str, name: &str, event: &Value, function: &mut Function) -> Result<(), TemplateError> {
    let properties = &event["Properties"];
    let name = format!("{id}{name}");
    match event["Type"].as_str().unwrap_or_default() {
        "HttpApi" => function.routes.push(route(id, properties)?),
        "DynamoDB" => function.streams.push(stream(id, name, properties)?),
        "EventBridgeRule" | "CloudWatchEvent" => function.rules.push(rule(id, name, properties)?),
        "ScheduleV2" | "Schedule" => {
            if properties["State"] != "DISABLED" && properties["Enabled"] != Value::Bool(false) {
                function.schedules.push(schedule(id, name, properties)?);
            }
        }
        other => return Err(TemplateError::at(id, format!("`{other}` is not a kind of event that this cloud knows"))),
    }
    Ok(())
}

fn route(id: &str, properties: &Value) -> Result<Route, TemplateError> {
    match (properties["Method"].as_str(), properties["Path"].as_str()) {
        (Some(method), Some(path)) => Ok(Route { method: method.to_uppercase(), path: path.to_owned() }),
        _ => Err(TemplateError::at(id, "an HttpApi event needs a Path and a Method".to_owned())),
    }
}

fn stream(id: &str, name: String, properties: &Value) -> Result<StreamMapping, TemplateError> {
    let stream = properties["Stream"].as_str().unwrap_or_default().to_owned();
    let Some(table) = stream.split("table/").nth(1).and_then(|rest| rest.split('/').next()).map(str::to_owned) else {
        return Err(TemplateError::at(id, "a DynamoDB event needs the ARN of a table's Stream".to_owned()));
    };
    let filters = properties["FilterCriteria"]["Filters"].as_array().into_iter().flatten();
    Ok(StreamMapping {
        name,
        stream,
        table,
        batch_size: number(&properties["BatchSize"]).and_then(|size| usize::try_from(size).ok()).unwrap_or(100).max(1),
        filters: filters.map(|filter| pattern(id, &filter["Pattern"])).collect::<Result<_, _>>()?,
        reports_failures: texts(&properties["FunctionResponseTypes"])
            .iter()
            .any(|kind| kind == "ReportBatchItemFailures"),
        retries: number(&properties["MaximumRetryAttempts"]).and_then(|retries| u32::try_from(retries).ok()),
        bisects: truth(&properties["BisectBatchOnFunctionError"]),
        on_failure: queue_of(&properties["DestinationConfig"]["OnFailure"]["Destination"]),
        from_start: properties["StartingPosition"] != "LATEST",
    })
}

fn rule(id: &str, name: String, properties: &Value) -> Result<Rule, TemplateError> {
    let bus = properties["EventBusName"].as_str().unwrap_or("default");
    Ok(Rule {
        name,
        bus: bus.rsplit('/').next().unwrap_or(bus).to_owned(),
        pattern: pattern(id, &properties["Pattern"])?,
        input: properties["Input"].as_str().map(str::to_owned),
    })
}

fn schedule(id: &str, name: String, properties: &Value) -> Result<Schedule, TemplateError> {
    let expression = properties["ScheduleExpression"].as_str().or(properties["Schedule"].as_str()).unwrap_or_default();
    let period = rate::parse(expression).ok_or_else(|| {
        TemplateError::at(id, format!("`{expression}` is not a rate, and other schedules are not known here"))
    })?;
    Ok(Schedule { name, period, input: properties["Input"].as_str().map(str::to_owned) })
}

fn pattern(id: &str, value: &Value) -> Result<Pattern, TemplateError> {
    let refuse = |sentence: String| TemplateError::at(id, format!("an event pattern cannot be read, {sentence}"));
    match value {
        Value::String(text) => {
            let value = serde_json::from_str(text).map_err(|error| refuse(format!("it is not JSON ({error})")))?;
            Pattern::parse(&value).map_err(refuse)
        }
        value => Pattern::parse(value).map_err(refuse),
    }
}
