//! EventBridge: `PutEvents`.

use std::collections::BTreeSet;
use std::sync::Arc;

use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Call, Reply};
use crate::bus::{Bus, DEFAULT, Entry};
use crate::faults::Dice;
use crate::policy::Access;
use crate::template::{ACCOUNT, REGION};

/// The most entries of one request.
const MOST_ENTRIES: usize = 10;

/// The most bytes of one request.
const MOST_BYTES: usize = 256 << 10;

/// EventBridge as the functions see it.
pub(crate) struct EventBridge {
    pub(crate) buses: BTreeSet<String>,
    pub(crate) bus: Arc<Bus>,
    pub(crate) dice: Arc<Dice>,
}

impl EventBridge {
    pub(super) fn answer(&self, call: &Call<'_>) -> Reply {
        if call.operation != "PutEvents" {
            let message = format!("This cloud has no {}", call.operation);
            return Reply::error(StatusCode::BAD_REQUEST, "UnknownOperationException", &message);
        }
        let entries = call.body["Entries"].as_array().map(Vec::as_slice).unwrap_or_default();
        if entries.is_empty() || entries.len() > MOST_ENTRIES || call.body.to_string().len() > MOST_BYTES {
            let message = "Entries must be 1 to 10, and 256 KB at most";
            return Reply::error(StatusCode::BAD_REQUEST, "ValidationException", message);
        }
        for entry in entries {
            if let Err(refusal) = call.permit(&access(entry)) {
                return refusal;
            }
        }
        let answers: Vec<Value> = entries.iter().map(|entry| self.take(entry)).collect();
        let failed = answers.iter().filter(|answer| answer.get("ErrorCode").is_some()).count();
        Reply::ok(&json!({"FailedEntryCount": failed, "Entries": answers}))
    }

    fn take(&self, entry: &Value) -> Value {
        if self.dice.strike(|faults| faults.put_events_partial) {
            return json!({"ErrorCode": "ThrottlingException", "ErrorMessage": "Rate exceeded"});
        }
        match self.read(entry) {
            Ok(entry) => json!({"EventId": self.bus.put(entry)}),
            Err((code, message)) => json!({"ErrorCode": code, "ErrorMessage": message}),
        }
    }

    fn read(&self, entry: &Value) -> Result<Entry, (&'static str, String)> {
        let text = |name: &str| entry[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let needed = |name| text(name).ok_or_else(|| ("InvalidArgument", format!("Parameter {name} is not valid.")));
        let bus = bus_of(entry).to_owned();
        if bus != DEFAULT && !self.buses.contains(&bus) {
            return Err(("ResourceNotFoundException", format!("Event bus {bus} does not exist.")));
        }
        let detail: Value = serde_json::from_str(&needed("Detail")?)
            .map_err(|_| ("MalformedDetail", "Detail is malformed.".to_owned()))?;
        if !detail.is_object() {
            return Err(("MalformedDetail", "Detail is malformed.".to_owned()));
        }
        let resources = entry["Resources"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(Entry {
            bus,
            source: needed("Source")?,
            detail_type: needed("DetailType")?,
            time: entry["Time"]
                .as_f64()
                .and_then(|seconds| Timestamp::from_millisecond((seconds * 1000.0) as i64).ok()),
            resources: resources.map(str::to_owned).collect(),
            detail,
        })
    }
}

fn bus_of(entry: &Value) -> &str {
    let bus = entry["EventBusName"].as_str().unwrap_or(DEFAULT);
    bus.rsplit('/').next().unwrap_or(bus)
}

fn access(entry: &Value) -> Access {
    let context = |key, name: &str| entry[name].as_str().map(|value| (key, vec![value.to_owned()]));
    Access {
        action: "events:PutEvents".to_owned(),
        resource: format!("arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{}", bus_of(entry)),
        context: [context("events:source", "Source"), context("events:detail-type", "DetailType")]
            .into_iter()
            .flatten()
            .collect(),
    }
}
