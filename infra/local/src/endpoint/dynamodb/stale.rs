//! An index that lags behind: what a query of it would have found a moment ago.
//!
//! The table's stream tells what has changed since. Those items are left out of what the query finds now, and what they were then
//! is put into a table of its own and asked there.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use dynoxide::Database;
use serde_json::{Value, json};

use super::directly;
use crate::template::Table;
use crate::upkeep::Upkeep;

/// What a query of an index would have answered when the stream stood at a moment, in microseconds since 1970. `None` if the query
/// is not one of an index, or nothing has changed since.
pub(super) fn answer(database: &Database, upkeep: &Upkeep, table: &Table, body: &Value, moment: i64) -> Option<Value> {
    let index = body["IndexName"].as_str()?;
    let changed = upkeep.images_at(&table.name, moment).ok().filter(|changed| !changed.is_empty())?;
    let order = Order::of(table, index, body["ScanIndexForward"] != false)?;
    let mut items = everything(database, body)?;
    items.retain(|item| !changed.contains_key(&key_of(table, item).to_string()));
    items.extend(everything(&as_it_was(table, &changed)?, body)?);
    items.sort_by(|one, other| order.compare(one, other));
    if let Some(start) = body.get("ExclusiveStartKey") {
        items.retain(|item| order.compare(item, start) == Ordering::Greater);
    }
    let limit = body["Limit"].as_u64().and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let mut answer = json!({
        "Count": items.len(),
        "ScannedCount": items.len(),
        "ConsumedCapacity": {"TableName": table.name, "CapacityUnits": 0.5},
    });
    if let Some(last) = items.last().filter(|_| more) {
        answer["LastEvaluatedKey"] = order.position(last);
    }
    answer["Items"] = items.into();
    Some(answer)
}

/// A database with the items that have changed, as they were.
fn as_it_was(table: &Table, changed: &BTreeMap<String, Option<Value>>) -> Option<Database> {
    let database = Database::memory().ok()?;
    let mut creation = table.creation.clone();
    creation.as_object_mut()?.remove("StreamSpecification");
    database.create_table(serde_json::from_value(creation).ok()?).ok()?;
    for item in changed.values().flatten() {
        directly(&database, "PutItem", &json!({"TableName": table.name, "Item": item}))?;
    }
    Some(database)
}

/// All that a query finds, whatever its limit.
fn everything(database: &Database, body: &Value) -> Option<Vec<Value>> {
    let mut query = body.clone();
    let members = query.as_object_mut()?;
    members.remove("Limit");
    members.remove("ExclusiveStartKey");
    let mut items = Vec::new();
    loop {
        let page: Value = serde_json::from_str(&directly(database, "Query", &query)?).ok()?;
        items.extend(page["Items"].as_array()?.iter().cloned());
        match page.get("LastEvaluatedKey") {
            Some(start) if !start.is_null() => query["ExclusiveStartKey"] = start.clone(),
            _ => return Some(items),
        }
    }
}

/// The key of an item, as streams write it.
pub(super) fn key_of(table: &Table, item: &Value) -> Value {
    let names = std::iter::once(&table.partition_key).chain(&table.sort_key);
    names.map(|name| (name.clone(), item[name].clone())).collect()
}

/// The order of an index: by its sort key, then by the keys of the table.
struct Order {
    names: Vec<String>,
    partition: String,
    ascending: bool,
}

impl Order {
    fn of(table: &Table, index: &str, ascending: bool) -> Option<Self> {
        let indexes = table.creation["GlobalSecondaryIndexes"].as_array()?;
        let schema = indexes.iter().find(|candidate| candidate["IndexName"] == index)?["KeySchema"].as_array()?;
        let name = |kind: &str| {
            let key = schema.iter().find(|key| key["KeyType"] == kind)?;
            key["AttributeName"].as_str().map(str::to_owned)
        };
        let names = name("RANGE").into_iter().chain([table.partition_key.clone()]).chain(table.sort_key.clone());
        Some(Self { names: names.collect(), partition: name("HASH")?, ascending })
    }

    fn compare(&self, one: &Value, other: &Value) -> Ordering {
        let attributes = self.names.iter().map(|name| compare(&one[name], &other[name]));
        let order = attributes.fold(Ordering::Equal, Ordering::then);
        if self.ascending { order } else { order.reverse() }
    }

    /// Where an item stands in the index.
    fn position(&self, item: &Value) -> Value {
        let names = self.names.iter().chain(std::iter::once(&self.partition));
        names.map(|name| (name.clone(), item[name].clone())).collect()
    }
}

fn compare(one: &Value, other: &Value) -> Ordering {
    let number = |value: &Value| value["N"].as_str().and_then(|number| number.parse::<f64>().ok());
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => one["S"].as_str().cmp(&other["S"].as_str()),
    }
}
