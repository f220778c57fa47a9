//! DynamoDB: the embedded database, behind what this cloud adds to it: policies, faults, notes of what was consumed, and the
//! news to those who read the streams.
//!
//! What succeeds is done by the database directly, which takes half the time. What does not is asked again over HTTP, on an address
//! of the database's own, because only there does it word its errors the way DynamoDB does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use dynoxide::Database;
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::accesses::{self, TableKeys};
use super::{Call, Reply};
use crate::calls::{self, Calls};
use crate::faults::Dice;
use crate::lambda::Lambda;
use crate::streams::Streams;

/// Operations that can be asked what they consumed.
const METERED: [&str; 10] = [
    "GetItem",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "Query",
    "Scan",
    "BatchGetItem",
    "BatchWriteItem",
    "TransactGetItems",
    "TransactWriteItems",
];

/// Operations that read.
const READING: [&str; 5] = ["GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems"];

/// DynamoDB as the functions see it.
pub(crate) struct DynamoDb {
    pub(crate) database: Database,
    pub(crate) database_url: String,
    pub(crate) client: reqwest::Client,
    pub(crate) tables: BTreeMap<String, TableKeys>,
    pub(crate) latency: Duration,
    pub(crate) streams: Arc<Streams>,
    pub(crate) lambda: Arc<Lambda>,
    pub(crate) dice: Arc<Dice>,
    pub(crate) calls: Arc<Calls>,
}

impl DynamoDb {
    pub(super) async fn answer(&self, call: Call<'_>) -> Reply {
        let started = self.calls.now();
        let request_id = self.lambda.request_of(call.function);
        let (function, operation) = (call.function.to_owned(), call.operation.to_owned());
        let reply = self.carry_out(call).await;
        let (read_units, write_units) = consumed(&operation, &reply.body);
        self.calls.note(calls::Call {
            function,
            operation,
            request_id,
            started,
            ended: self.calls.now(),
            read_units,
            write_units,
            status: reply.status.as_u16(),
        });
        reply
    }

    async fn carry_out(&self, mut call: Call<'_>) -> Reply {
        for access in accesses::of(call.operation, &call.body, &self.tables) {
            if let Err(refusal) = call.permit(&access) {
                return refusal;
            }
        }
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        if let Some(fault) = self.fault(&call) {
            return fault;
        }
        if METERED.contains(&call.operation) && call.body.get("ReturnConsumedCapacity").is_none() {
            call.body["ReturnConsumedCapacity"] = "TOTAL".into();
        }
        let reply = match directly(&self.database, call.operation, &call.body) {
            Some(body) => Reply { status: StatusCode::OK, error: None, body },
            None => self.forward(&call).await,
        };
        if reply.status == StatusCode::OK && METERED.contains(&call.operation) && !READING.contains(&call.operation) {
            written(call.operation, &call.body).iter().for_each(|table| self.streams.wake(table));
        }
        if self.dice.strike(|faults| faults.dynamodb_answer_lost) {
            return Reply::error(
                StatusCode::INTERNAL_SERVER_ERROR,
                &coded("InternalServerError"),
                "the answer was lost",
            );
        }
        reply
    }

    fn fault(&self, call: &Call<'_>) -> Option<Reply> {
        if self.dice.strike(|faults| faults.dynamodb_throttling) {
            let message = "The level of configured provisioned throughput for the table was exceeded";
            let kind = coded("ProvisionedThroughputExceededException");
            return Some(Reply::error(StatusCode::BAD_REQUEST, &kind, message));
        }
        if call.operation == "TransactWriteItems" && self.dice.strike(|faults| faults.transaction_conflict) {
            return Some(conflict(&call.body));
        }
        None
    }

    async fn forward(&self, call: &Call<'_>) -> Reply {
        let mut request = self.client.post(&self.database_url).body(call.body.to_string());
        for name in ["authorization", "content-type", "x-amz-date", "x-amz-target"] {
            if let Some(value) = call.headers.get(name) {
                request = request.header(name, value);
            }
        }
        let unreachable = |error: reqwest::Error| {
            Reply::error(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", &error.to_string())
        };
        match request.send().await {
            Ok(response) => {
                let status = response.status();
                match response.text().await {
                    Ok(body) => Reply { status, error: None, body },
                    Err(error) => unreachable(error),
                }
            }
            Err(error) => unreachable(error),
        }
    }
}

/// What the database answers, if it can do what it is asked.
fn directly(database: &Database, operation: &str, body: &Value) -> Option<String> {
    match operation {
        "GetItem" => done(body, |request| database.get_item(request)),
        "PutItem" => done(body, |request| database.put_item(request)),
        "UpdateItem" => done(body, |request| database.update_item(request)),
        "DeleteItem" => done(body, |request| database.delete_item(request)),
        "Query" => done(body, |request| database.query(request)),
        "BatchGetItem" => done(body, |request| database.batch_get_item(request)),
        "TransactWriteItems" => done(body, |request| database.transact_write_items(request)),
        _ => None,
    }
}

fn done<Request: DeserializeOwned, Response: Serialize>(
    body: &Value,
    ask: impl FnOnce(Request) -> dynoxide::Result<Response>,
) -> Option<String> {
    let response = ask(Request::deserialize(body).ok()?).ok()?;
    serde_json::to_string(&response).ok()
}

fn coded(kind: &str) -> String {
    format!("com.amazonaws.dynamodb.v20120810#{kind}")
}

/// A cancelled transaction: another one is at work on its first item.
fn conflict(body: &Value) -> Reply {
    let items = body["TransactItems"].as_array().map_or(1, Vec::len).max(1);
    let reason = |index| match index {
        0 => json!({"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}),
        _ => json!({"Code": "None"}),
    };
    let reasons: Vec<Value> = (0..items).map(reason).collect();
    let codes: Vec<&str> = reasons.iter().filter_map(|reason| reason["Code"].as_str()).collect();
    let message =
        format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "));
    let kind = coded("TransactionCanceledException");
    let mut reply = Reply::error(StatusCode::BAD_REQUEST, &kind, &message);
    reply.body = json!({"__type": kind, "Message": message, "CancellationReasons": reasons}).to_string();
    reply
}

/// The tables that a request writes to.
fn written(operation: &str, body: &Value) -> BTreeSet<String> {
    let name = |value: &Value| value.as_str().map(str::to_owned);
    match operation {
        "BatchWriteItem" => {
            body["RequestItems"].as_object().into_iter().flatten().map(|(table, _)| table.clone()).collect()
        }
        "TransactWriteItems" => {
            let items = body["TransactItems"].as_array().into_iter().flatten();
            let members = items.filter_map(|item| item.as_object().and_then(|item| item.values().next()));
            members.filter_map(|member| name(&member["TableName"])).collect()
        }
        _ => name(&body["TableName"]).into_iter().collect(),
    }
}

/// What an answer says about capacity: for one table, or for several.
#[derive(Default, Deserialize)]
struct Metered {
    #[serde(rename = "ConsumedCapacity", default)]
    consumed: Option<Consumed>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Consumed {
    ByTables(Vec<Units>),
    ByTable(Units),
}

#[derive(Deserialize)]
struct Units {
    #[serde(rename = "CapacityUnits", default)]
    units: f64,
}

/// The read and write capacity that an answer reports.
fn consumed(operation: &str, answer: &str) -> (f64, f64) {
    let metered: Metered = serde_json::from_str(answer).unwrap_or_default();
    let units = match metered.consumed {
        Some(Consumed::ByTables(tables)) => tables.iter().map(|table| table.units).sum(),
        Some(Consumed::ByTable(table)) => table.units,
        None => 0.0,
    };
    if READING.contains(&operation) { (units, 0.0) } else { (0.0, units) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_is_summed_over_tables() {
        let answer = r#"{"ConsumedCapacity":[{"CapacityUnits":1.5},{"CapacityUnits":2}]}"#;
        assert_eq!(consumed("BatchGetItem", answer), (3.5, 0.0));
        assert_eq!(consumed("PutItem", r#"{"ConsumedCapacity":{"CapacityUnits":2}}"#), (0.0, 2.0));
        assert_eq!(consumed("PutItem", "{}"), (0.0, 0.0));
    }

    #[test]
    fn a_transaction_wakes_each_table_once() {
        let body = json!({"TransactItems": [
            {"Put": {"TableName": "a"}}, {"Delete": {"TableName": "a"}}, {"Update": {"TableName": "b"}},
        ]});
        assert_eq!(written("TransactWriteItems", &body), BTreeSet::from(["a".to_owned(), "b".to_owned()]));
    }
}
