//! An index that lags behind: what a query of it would have found a moment ago.
//!
//! The table's stream tells what has changed since. Those items are left out of what the query finds now, and what they were then
//! is put into a table of its own and asked there.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use dynoxide::Database;
use serde_json::{Value, json};

use super::direct::directly;
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::database::{self, Opened};
    use crate::options::Data;
    use crate::state::State;
    use crate::template::Index;

    fn table() -> Table {
        let attributes = ["pk", "list", "place"].map(|name| json!({"AttributeName": name, "AttributeType": "S"}));
        let creation = json!({
            "TableName": "main",
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "AttributeDefinitions": attributes,
            "GlobalSecondaryIndexes": [{
                "IndexName": "list",
                "KeySchema": [{"AttributeName": "list", "KeyType": "HASH"}, {"AttributeName": "place", "KeyType": "RANGE"}],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }],
            "BillingMode": "PAY_PER_REQUEST",
            "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
        });
        let indexes = vec![Index { name: "list".to_owned(), partition_key: "list".to_owned() }];
        let (name, partition_key) = ("main".to_owned(), "pk".to_owned());
        Table { name, partition_key, sort_key: None, indexes, expiry: None, creation }
    }

    fn put(database: &Database, id: &str, list: &str, place: &str) {
        let item = json!({"pk": {"S": id}, "list": {"S": list}, "place": {"S": place}});
        directly(database, "PutItem", &json!({"TableName": "main", "Item": item})).unwrap();
    }

    fn query() -> Value {
        json!({
            "TableName": "main",
            "IndexName": "list",
            "KeyConditionExpression": "#list = :list AND #place <= :place",
            "ExpressionAttributeNames": {"#list": "list", "#place": "place"},
            "ExpressionAttributeValues": {":list": {"S": "open"}, ":place": {"S": "5"}},
        })
    }

    fn ids(answer: &Value) -> Vec<&str> {
        answer["Items"].as_array().unwrap().iter().map(|item| item["pk"]["S"].as_str().unwrap()).collect()
    }

    #[test]
    fn a_lagging_index_has_what_has_left_and_lacks_what_has_come() {
        let state = State::open(&Data::InMemory, 10).unwrap();
        let Opened { database, upkeep } = database::open(&state, &[table()]).unwrap();
        for (id, list, place) in [("a", "open", "1"), ("b", "open", "2"), ("c", "open", "3"), ("e", "open", "9")] {
            put(&database, id, list, place);
        }
        let moment = Timestamp::now().as_microsecond() + 1;
        while Timestamp::now().as_microsecond() <= moment {}
        assert_eq!(answer(&database, &upkeep, &table(), &query(), moment), None, "nothing has changed");
        put(&database, "b", "closed", "2");
        put(&database, "c", "open", "4");
        put(&database, "c", "open", "5");
        put(&database, "d", "open", "0");

        let fresh: Value = serde_json::from_str(&directly(&database, "Query", &query()).unwrap()).unwrap();
        assert_eq!(ids(&fresh), ["d", "a", "c"]);
        let stale = answer(&database, &upkeep, &table(), &query(), moment).unwrap();
        assert_eq!(ids(&stale), ["a", "b", "c"]);
        assert_eq!(stale["Items"][2]["place"]["S"], "3");

        let mut page = query();
        page["Limit"] = 2.into();
        page["ScanIndexForward"] = false.into();
        let first = answer(&database, &upkeep, &table(), &page, moment).unwrap();
        assert_eq!(ids(&first), ["c", "b"]);
        page["ExclusiveStartKey"] = first["LastEvaluatedKey"].clone();
        let second = answer(&database, &upkeep, &table(), &page, moment).unwrap();
        assert_eq!((ids(&second), second.get("LastEvaluatedKey")), (vec!["a"], None));
    }
}
