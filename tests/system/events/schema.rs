//! The JSON Schemas of events.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{Entries, Entry};

/// All types of events, without examples.
pub(super) fn entries() -> Entries {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    let mut entries = Entries::new();
    for event in domain_history::event_types() {
        let mut schema = (event.schema)(&mut settings.clone().into_generator()).to_value();
        schema.as_object_mut().unwrap().remove("$schema");
        let entry = Entry { audience: event.audience, schema, example: None };
        assert!(entries.insert(event.name, entry).is_none(), "two types of events are called {}", event.name);
    }
    entries
}

/// One schema for a whole event of any type. It accepts types that it does not know.
pub(super) fn of_all(entries: &Entries) -> Value {
    let cases: Vec<Value> = entries.keys().map(|name| case(name)).collect();
    let schemas: Map<String, Value> =
        entries.iter().map(|(name, entry)| ((*name).to_owned(), entry.schema.clone())).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An event of Clientele",
        "description": "The `detail` of an event on the bus. Types that are not listed here may be added at any time.",
        "type": "object",
        "required": ["id", "at", "subject", "actor", "cause", "type", "data"],
        "properties": {
            "id": {"type": "string", "pattern": "^evt_[0-9a-f]{32}$"},
            "at": {"type": "string", "format": "date-time"},
            "subject": {"type": "object", "required": ["kind"]},
            "actor": {"type": "object", "required": ["kind"]},
            "cause": {"type": "object", "required": ["depth"]},
            "type": {"type": "string"},
            "data": {"type": "object"},
        },
        "allOf": cases,
        "$defs": schemas,
    })
}

fn case(name: &str) -> Value {
    json!({
        "if": {"properties": {"type": {"const": name}}},
        "then": {"properties": {"data": {"$ref": format!("#/$defs/{name}")}}},
    })
}
