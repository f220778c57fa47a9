//! The catalogue of events: generated from their types, committed as docs/events.md and docs/events.schema.json, and held against what
//! crosses the bus.

mod page;
mod schema;
mod walk;

use std::collections::BTreeMap;

use decision::Audience;
use serde_json::Value;

use crate::world::World;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/events.md");
const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/events.schema.json");

/// A type of event, as the catalogue has it.
struct Entry {
    audience: Audience,
    /// The JSON Schema of its data, complete in itself.
    schema: Value,
    /// Data of an event of this type that crossed the bus, with ids and times of the catalogue's own.
    example: Option<Value>,
}

#[tokio::test(flavor = "multi_thread")]
async fn the_committed_catalogue_is_what_the_code_describes_and_the_bus_carries() {
    let mut entries = schema::entries();
    let world = World::start().await;
    walk::take(&world).await;
    for crossed in world.cloud.bus_history() {
        let event = &crossed.event["detail"];
        let Some(kind) = event["type"].as_str() else { continue };
        let entry = entries.get_mut(kind).unwrap_or_else(|| panic!("{kind} is not in the catalogue"));
        fits(kind, &event["data"], &entry.schema);
        entry.note(&event["data"]);
    }
    assert!(world.cloud.dead_letters().is_empty());
    let met = entries.values().filter(|entry| entry.example.is_some()).count();
    assert!(met * 4 > entries.len() * 3, "the walk met {met} types of {}", entries.len());
    compare(PAGE, &page::page(&entries));
    compare(SCHEMA, &format!("{:#}\n", schema::of_all(&entries)));
}

impl Entry {
    /// Keeps what was seen as the example, if it is the first in alphabetical order: deliveries race.
    fn note(&mut self, data: &Value) {
        let seen = neutral(data.clone());
        let text = seen.to_string();
        if self.example.as_ref().map(Value::to_string).is_none_or(|example| text < example) {
            self.example = Some(seen);
        }
    }
}

/// That an event says what its schema asks for and nothing else.
fn fits(kind: &str, data: &Value, schema: &Value) {
    let said = data.as_object().unwrap_or_else(|| panic!("{kind} says {data}"));
    let properties = schema["properties"].as_object();
    for name in said.keys() {
        assert!(
            properties.is_some_and(|known| known.contains_key(name)),
            "{kind} says {name}, and its schema does not"
        );
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(said.contains_key(name.as_str().unwrap()), "{kind} does not say {name}");
    }
}

/// With the same ids and times whenever it is looked at.
fn neutral(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(match text.split_once('_') {
            Some((prefix, id)) if id.len() == 32 => format!("{prefix}_0193a0b0c0d07e2f8a1b2c3d4e5f6071"),
            _ if text.parse::<jiff::Timestamp>().is_ok() => "2026-11-22T06:00:00Z".to_owned(),
            _ => text,
        }),
        Value::Array(items) => items.into_iter().map(neutral).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, neutral(value))).collect(),
        plain => plain,
    }
}

fn compare(path: &str, described: &str) {
    if std::env::var_os("UPDATE_EVENTS").is_some() {
        std::fs::write(path, described).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(described == committed, "{path} is out of date: UPDATE_EVENTS=1 cargo test -p end-to-end events");
}

type Entries = BTreeMap<&'static str, Entry>;
