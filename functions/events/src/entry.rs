//! Events as they are stored and published: passed on as they are, whatever their kind.
//!
//! The code that relays an event may be older than the code that stored it. So nothing is read of it but what the bus has to know,
//! and all that it says is published.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Attributes of the item that are not part of the event.
const KEYS: [&str; 2] = ["pk", "sk"];

/// An event to publish.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) id: String,
    /// In whose history it lies: events of one subject keep their order.
    pub(crate) subject: String,
    pub(crate) kind: String,
    pub(crate) at: Timestamp,
    /// All of it, as the bus passes it on.
    pub(crate) detail: Value,
}

/// What is read of an event.
#[derive(Deserialize)]
struct Head {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    at: Timestamp,
}

impl Entry {
    /// The event that an item of the table or of its stream holds.
    ///
    /// # Errors
    /// When the item has no id, type or time.
    pub(crate) fn of_item(item: serde_dynamo::Item) -> Result<Self, serde_dynamo::Error> {
        let mut attributes: Map<String, Value> = serde_dynamo::from_item(item)?;
        let subject = attributes.get("pk").and_then(Value::as_str).unwrap_or_default().to_owned();
        attributes.retain(|name, _| !KEYS.contains(&name.as_str()));
        let detail = Value::Object(attributes);
        let Head { id, kind, at } = serde::Deserialize::deserialize(&detail).map_err(serde::de::Error::custom)?;
        Ok(Self { id, subject, kind, at, detail })
    }

    /// The event that the bus passed on.
    ///
    /// # Errors
    /// When it has no id, type or time.
    pub(crate) fn of_detail(detail: Value) -> Result<Self, serde_json::Error> {
        let Head { id, kind, at } = Head::deserialize(&detail)?;
        let subject = detail.get("subject").map(Value::to_string).unwrap_or_default();
        Ok(Self { id, subject, kind, at, detail })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_event_of_a_kind_that_nobody_knows_is_passed_on_whole() {
        let detail = json!({
            "id": "evt_1", "at": "2026-11-24T10:00:00Z", "type": "comet.seen", "subject": {"kind": "comet", "tail": 3},
            "data": {"bright": true, "magnitude": 1.5}, "later": null
        });
        let mut stored = detail.clone();
        stored["pk"] = json!("HISTORY#comet");
        stored["sk"] = json!("EVENT#evt_1");
        let entry = Entry::of_item(serde_dynamo::to_item(stored).unwrap()).unwrap();
        assert_eq!((entry.kind.as_str(), entry.subject.as_str()), ("comet.seen", "HISTORY#comet"));
        assert_eq!(entry.detail, detail);
        assert_eq!(Entry::of_detail(detail.clone()).unwrap().detail, detail);
    }
}
