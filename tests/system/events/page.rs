//! docs/events.md.

use std::fmt::Write;

use decision::Audience;
use serde_json::Value;

use super::{Entries, Entry};

const HEAD: &str = "# Events

Every change is an event: it lies in the history of its subject, and crosses the event bus once it is stored. This page is generated from
the types in the code and compared with them by `cargo test -p end-to-end events`; `UPDATE_EVENTS=1` writes it anew.
[events.schema.json](events.schema.json) is the JSON Schema of a whole event, with one definition for each type.

On the bus, `source` is `clientele`, `detail-type` is the type, and `detail` is the event:

| field | |
|---|---|
| `id` | `evt_…`. An event may be delivered more than once; its id stays the same |
| `at` | when it happened, RFC 3339 in UTC |
| `type` | one of those below |
| `subject` | in whose history it lies: `kind` is `customer` with `customerId`, `staff` with `accountId`, or `settings` with `name` |
| `actor` | who did it: `kind` is `visitor`, `account` or `staff` with `accountId`, `automation` with `automation`, `system`, or `operator` |
| `cause` | why: `requestId`, `eventId` of the event that was answered, and `depth`, the number of events between this one and the first cause |
| `data` | what the type says |

The order of events on the bus is not promised. Types and fields are added without notice, so ignore what you do not know; none is
renamed, removed or given another meaning within a major version.

In a history, staff see every event. Customers and the people of a company see those whose readers are *customer*, without who of the
staff acted.
";

/// The page.
pub(super) fn page(entries: &Entries) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n| type | readers | |\n|---|---|---|\n");
    for (name, entry) in entries {
        let when = entry.description().split(". ").next().unwrap_or_default().trim_end_matches('.');
        writeln!(page, "| [`{name}`](#{}) | {} | {when} |", name.replace('.', ""), entry.readers()).unwrap();
    }
    for (name, entry) in entries {
        write_entry(&mut page, name, entry);
    }
    page
}

impl Entry {
    fn description(&self) -> String {
        described(&self.schema)
    }

    fn readers(&self) -> &'static str {
        match self.audience {
            Audience::Staff => "staff",
            Audience::Customer => "customer, staff",
        }
    }
}

fn write_entry(page: &mut String, name: &str, entry: &Entry) {
    write!(page, "\n## {name}\n\n{}\n\nReaders: {}.\n", entry.description(), entry.readers()).unwrap();
    let required: Vec<&str> = entry.schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if let Some(properties) = entry.schema["properties"].as_object().filter(|properties| !properties.is_empty()) {
        page.push_str("\n| field | form | |\n|---|---|---|\n");
        for (field, schema) in properties {
            let may_be_absent = if required.contains(&field.as_str()) { "" } else { ", may be absent" };
            writeln!(page, "| `{field}` | {}{may_be_absent} | {} |", form(schema), described(schema)).unwrap();
        }
    }
    if let Some(example) = entry.example.as_ref().filter(|example| **example != serde_json::json!({})) {
        write!(page, "\n```json\n{example:#}\n```\n").unwrap();
    }
}

/// The description of a schema, on one line.
fn described(schema: &Value) -> String {
    let description = schema["description"].as_str().unwrap_or_default();
    description.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// What a value looks like.
fn form(schema: &Value) -> String {
    for alternatives in ["anyOf", "oneOf"] {
        if let Some(alternatives) = schema[alternatives].as_array() {
            let forms: Vec<String> = alternatives.iter().map(form).filter(|form| form != "null").collect();
            return forms.join(", ");
        }
    }
    if let Some(value) = schema.get("const") {
        return format!("`{}`", value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<String> = values.iter().filter_map(Value::as_str).map(|value| format!("`{value}`")).collect();
        return values.join(", ");
    }
    if let Some(prefix) = schema["pattern"].as_str().and_then(|pattern| pattern.strip_suffix("_[0-9a-f]{32}$")) {
        return format!("`{}_…`", prefix.trim_start_matches('^'));
    }
    if schema["format"] == "date-time" {
        return "time".to_owned();
    }
    match schema["type"].as_str().or_else(|| schema["type"][0].as_str()) {
        Some("array") => format!("list of {}", form(&schema["items"])),
        Some("object") => {
            let fields = schema["properties"].as_object();
            let names: Vec<String> = fields.into_iter().flat_map(|fields| fields.keys()).map(|name| format!("`{name}`")).collect();
            if names.is_empty() { "object".to_owned() } else { format!("object of {}", names.join(", ")) }
        }
        Some(kind) => kind.to_owned(),
        None => "any value".to_owned(),
    }
}
