//! What calls a function: streams, rules and schedules.

use std::time::Duration;

use super::node::{Entry, Node};
use super::place::TemplateError;
use super::queues;
use crate::pattern::Pattern;
use crate::rate;

/// All that calls a function, but for the HTTP API.
#[derive(Debug, Default)]
pub(super) struct Triggers {
    pub(super) streams: Vec<StreamMapping>,
    pub(super) rules: Vec<Rule>,
    pub(super) schedules: Vec<Schedule>,
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

/// Reads the `Events` of a function.
pub(super) fn read(id: &str, events: &[Entry]) -> Result<Triggers, TemplateError> {
    let mut triggers = Triggers::default();
    for Entry { key, value: event, .. } in events {
        let fields = event.fields()?;
        let (kind, properties) = (fields.require("Type")?, fields.require("Properties")?);
        fields.finish(&[])?;
        let name = format!("{id}{key}");
        match kind.text()?.as_str() {
            "DynamoDB" => triggers.streams.push(stream(name, properties)?),
            "EventBridgeRule" => triggers.rules.push(rule(name, properties)?),
            "ScheduleV2" => triggers.schedules.extend(schedule(name, properties)?),
            "HttpApi" => return Err(kind.error("routes stand in the `DefinitionBody` of the HTTP API")),
            other => return Err(kind.error(format!("`{other}` is not a kind of event that this cloud knows"))),
        }
    }
    Ok(triggers)
}

fn stream(name: String, properties: &Node) -> Result<StreamMapping, TemplateError> {
    let fields = properties.fields()?;
    let stream = fields.require("Stream")?;
    let arn = stream.text()?;
    let table = arn.split("table/").nth(1).and_then(|rest| rest.split('/').next()).map(str::to_owned);
    let position = fields.require("StartingPosition")?;
    let mapping = StreamMapping {
        name,
        table: table.ok_or_else(|| stream.error("this is not the ARN of a table's stream"))?,
        batch_size: fields.get("BatchSize").map_or(Ok(100), Node::number)?,
        filters: fields.get("FilterCriteria").map(filters).transpose()?.unwrap_or_default(),
        reports_failures: fields.get("FunctionResponseTypes").map(reports_failures).transpose()?.unwrap_or_default(),
        retries: fields.get("MaximumRetryAttempts").map(Node::number).transpose()?,
        bisects: fields.get("BisectBatchOnFunctionError").map_or(Ok(false), Node::truth)?,
        on_failure: fields.get("DestinationConfig").map(queues::of_destination).transpose()?,
        from_start: match position.text()?.as_str() {
            "TRIM_HORIZON" => true,
            "LATEST" => false,
            other => return Err(position.error(format!("`{other}` is neither TRIM_HORIZON nor LATEST"))),
        },
        stream: arn,
    };
    fields.finish(&["MaximumRecordAgeInSeconds"])?;
    Ok(mapping)
}

fn filters(criteria: &Node) -> Result<Vec<Pattern>, TemplateError> {
    let fields = criteria.fields()?;
    let filters = fields.require("Filters")?.items()?;
    fields.finish(&[])?;
    let pattern_of = |filter: &Node| {
        let fields = filter.fields()?;
        let pattern = pattern(fields.require("Pattern")?);
        fields.finish(&[])?;
        pattern
    };
    filters.iter().map(pattern_of).collect()
}

fn reports_failures(types: &Node) -> Result<bool, TemplateError> {
    match types.texts()?.as_slice() {
        [one] if one == "ReportBatchItemFailures" => Ok(true),
        _ => Err(types.error("the only type of response is `ReportBatchItemFailures`")),
    }
}

fn rule(name: String, properties: &Node) -> Result<Rule, TemplateError> {
    let fields = properties.fields()?;
    let bus = fields.get("EventBusName").map_or_else(|| Ok("default".to_owned()), Node::text)?;
    let rule = Rule {
        name,
        bus: bus.rsplit('/').next().unwrap_or(&bus).to_owned(),
        pattern: pattern(fields.require("Pattern")?)?,
        input: fields.get("Input").map(Node::text).transpose()?,
    };
    fields.finish(&["DeadLetterConfig", "RetryPolicy"])?;
    Ok(rule)
}

/// A schedule, if it is switched on.
fn schedule(name: String, properties: &Node) -> Result<Option<Schedule>, TemplateError> {
    let fields = properties.fields()?;
    let expression = fields.require("ScheduleExpression")?;
    let period = rate::parse(&expression.text()?)
        .ok_or_else(|| expression.error("this is not a rate, and other schedules are not known here"))?;
    let input = fields.get("Input").map(Node::text).transpose()?;
    let enabled = fields.get("State").map_or_else(|| Ok("ENABLED".to_owned()), Node::text)? == "ENABLED";
    fields.finish(&["FlexibleTimeWindow", "Name", "RetryPolicy"])?;
    Ok(enabled.then_some(Schedule { name, period, input }))
}

fn pattern(node: &Node) -> Result<Pattern, TemplateError> {
    let refused = |sentence: String| node.error(format!("this event pattern cannot be read, {sentence}"));
    let value = match node.text() {
        Ok(text) => serde_json::from_str(&text).map_err(|error| refused(format!("it is not JSON ({error})")))?,
        Err(_) => node.json(),
    };
    Pattern::parse(&value).map_err(refused)
}
