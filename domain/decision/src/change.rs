//! What differs between two states of a record.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// Its name, as in the API.
    pub field: String,
    /// What it was, null for nothing.
    pub before: Value,
    /// What it is, null for nothing.
    pub after: Value,
}

/// The fields in which two states of a record differ, by their names in its serialised form. Bookkeeping fields that change
/// with every write are left out.
pub fn changes_between<T: Serialize>(before: &T, after: &T) -> Vec<Change> {
    let fields = |value: &T| match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => fields,
        _ => unreachable!("records are serialised as objects"),
    };
    let (before, after) = (fields(before), fields(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let value = |fields: &Map<String, Value>, name: &String| fields.get(name).cloned().unwrap_or(Value::Null);
    names
        .into_iter()
        .filter(|name| *name != "updatedAt")
        .map(|name| Change { field: name.clone(), before: value(&before, name), after: value(&after, name) })
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn changes_name_what_differs_and_nothing_else() {
        let before = json!({"name": "Ada", "phone": "+441", "updatedAt": 1});
        let after = json!({"name": "Ada", "email": "a@b.example", "updatedAt": 2});
        assert_eq!(
            serde_json::to_value(changes_between(&before, &after)).unwrap(),
            json!([
                {"field": "email", "before": null, "after": "a@b.example"},
                {"field": "phone", "before": "+441", "after": null}
            ])
        );
    }
}
