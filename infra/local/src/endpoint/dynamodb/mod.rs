//! DynamoDB: the embedded database, behind what this cloud adds to it: policies, faults, notes of what was consumed, and the
//! news to those who read the streams.
//!
//! What succeeds is done by the database directly, which takes half the time. What does not is asked again over HTTP, on an address
//! of the database's own, because only there does it word its errors the way DynamoDB does.

mod direct;
mod refusals;
mod stale;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use dynoxide::Database;
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{Call, Reply, accesses};
use crate::calls::{self, Calls};
use crate::faults::Dice;
use crate::lambda::Lambda;
use crate::stream_view;
use crate::streams::Streams;
use crate::template::Table;
use crate::upkeep::Upkeep;
use direct::directly;
use refusals::coded;
use tokens::Earlier;
pub(crate) use tokens::Tokens;

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

/// How far an index lags behind at most.
const LAG: Duration = Duration::from_secs(2);

/// DynamoDB as the functions see it.
pub(crate) struct DynamoDb {
    pub(crate) database: Database,
    pub(crate) database_url: String,
    pub(crate) client: reqwest::Client,
    pub(crate) upkeep: Arc<Upkeep>,
    pub(crate) tables: BTreeMap<String, Table>,
    pub(crate) tokens: Tokens,
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
        if let Some(refusal) = refusals::refusal(&self.dice, call.operation, &call.body) {
            return refusal;
        }
        if METERED.contains(&call.operation) && call.body.get("ReturnConsumedCapacity").is_none() {
            call.body["ReturnConsumedCapacity"] = "TOTAL".into();
        }
        let reply = match call.operation {
            "TransactWriteItems" => self.transact(call).await,
            "BatchGetItem" => self.batch_get(call).await,
            "Query" => self.query(call).await,
            "GetRecords" => self.get_records(call).await,
            _ => self.perform(&call).await,
        };
        if self.dice.strike(|faults| faults.dynamodb_answer_lost) {
            return Reply::error(
                StatusCode::INTERNAL_SERVER_ERROR,
                &coded("InternalServerError"),
                "the answer was lost",
            );
        }
        reply
    }

    /// Does what it is asked, and wakes those who read what is written.
    async fn perform(&self, call: &Call<'_>) -> Reply {
        let reply = match directly(&self.database, call.operation, &call.body) {
            Some(body) => Reply { status: StatusCode::OK, error: None, body },
            None => self.forward(call).await,
        };
        if reply.status == StatusCode::OK && METERED.contains(&call.operation) && !READING.contains(&call.operation) {
            written(call.operation, &call.body).iter().for_each(|table| self.streams.wake(table));
        }
        reply
    }

    /// Carries a transaction out, unless that was done before under the same token.
    async fn transact(&self, mut call: Call<'_>) -> Reply {
        let token = call.body.as_object_mut().and_then(|members| members.remove("ClientRequestToken"));
        let Some(Value::String(token)) = token else { return self.perform(&call).await };
        match self.tokens.earlier(&token, &call.body["TransactItems"]) {
            Earlier::Same(body) => return Reply { status: StatusCode::OK, error: None, body },
            Earlier::Other => return refusals::mismatch(),
            Earlier::Nothing => {}
        }
        let reply = self.perform(&call).await;
        if reply.status == StatusCode::OK {
            self.tokens.note(token, &call.body["TransactItems"], &reply.body);
        }
        reply
    }

    /// Reads a batch, perhaps in part.
    async fn batch_get(&self, mut call: Call<'_>) -> Reply {
        let struck = self.dice.strike(|faults| faults.unprocessed_keys);
        let left = if struck { refusals::leave_unprocessed(&mut call.body) } else { None };
        let mut reply = self.perform(&call).await;
        if let (Some(left), Ok(mut answer)) = (left, serde_json::from_str::<Value>(&reply.body))
            && reply.status == StatusCode::OK
        {
            answer["UnprocessedKeys"] = left;
            reply.body = answer.to_string();
        }
        reply
    }

    /// Answers a query; one of an index perhaps as it was a moment ago.
    async fn query(&self, call: Call<'_>) -> Reply {
        if self.dice.strike(|faults| faults.stale_index)
            && let Some(table) = call.body["TableName"].as_str().and_then(|name| self.tables.get(name))
        {
            let moment = Timestamp::now() - self.dice.part_of(LAG);
            let stale = stale::answer(&self.database, &self.upkeep, table, &call.body, moment.as_microsecond());
            if let Some(answer) = stale {
                return Reply::ok(&answer);
            }
        }
        self.perform(&call).await
    }

    /// Reads a stream, and shows what its view allows.
    async fn get_records(&self, call: Call<'_>) -> Reply {
        let iterator = call.body["ShardIterator"].as_str().unwrap_or_default();
        let table = dynoxide::actions::get_shard_iterator::decode_shard_iterator(iterator).map(|(table, ..)| table);
        let view = table.and_then(|table| self.tables.get(&table)).and_then(Table::stream_view);
        let mut reply = self.perform(&call).await;
        if let (Some(view), Ok(mut answer)) = (view, serde_json::from_str::<Value>(&reply.body)) {
            answer["Records"]
                .as_array_mut()
                .into_iter()
                .flatten()
                .for_each(|record| stream_view::restrict(record, view));
            reply.body = answer.to_string();
        }
        reply
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
    use serde_json::json;

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
