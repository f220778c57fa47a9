//! What a DynamoDB request does to which resource, in the terms of IAM.
//!
//! A transaction is judged by the actions inside it, and a query or a read of an index by that index. The leading keys are the
//! values of the partition key, which `dynamodb:LeadingKeys` conditions look at; a scan has none.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::policy::Access;
use crate::template::{ACCOUNT, REGION, Table};

/// The members of a transaction: their names in the request, the actions they are, and where their keys are.
const MEMBERS: [(&str, &str, &str); 5] = [
    ("Put", "PutItem", "Item"),
    ("Update", "UpdateItem", "Key"),
    ("Delete", "DeleteItem", "Key"),
    ("ConditionCheck", "ConditionCheckItem", "Key"),
    ("Get", "GetItem", "Key"),
];

/// Everything that a request has to be allowed.
pub(super) fn of(operation: &str, body: &Value, tables: &BTreeMap<String, Table>) -> Vec<Access> {
    match operation {
        "BatchGetItem" => per_table(body).map(|(table, request)| batch_get(table, request, tables)).collect(),
        "BatchWriteItem" => per_table(body).map(|(table, requests)| batch_write(table, requests, tables)).collect(),
        "TransactWriteItems" | "TransactGetItems" => transaction(body, tables),
        "GetRecords" | "GetShardIterator" | "DescribeStream" => vec![stream(operation, body)],
        "ListStreams" => vec![access(operation, "*".to_owned(), Vec::new())],
        "PutItem" => vec![on_table(operation, &body["TableName"], vec![&body["Item"]], tables)],
        "Query" | "Scan" => vec![search(operation, body, tables)],
        _ => vec![on_table(operation, &body["TableName"], vec![&body["Key"]], tables)],
    }
}

fn access(operation: &str, resource: String, leading_keys: Vec<String>) -> Access {
    let context = if leading_keys.is_empty() { Vec::new() } else { vec![("dynamodb:leadingkeys", leading_keys)] };
    Access { action: format!("dynamodb:{operation}"), resource, context }
}

fn arn(table: &str) -> String {
    if table.starts_with("arn:") {
        table.to_owned()
    } else {
        format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}")
    }
}

fn on_table(operation: &str, table: &Value, keys: Vec<&Value>, tables: &BTreeMap<String, Table>) -> Access {
    let table = table.as_str().unwrap_or_default();
    let name = tables.get(table).map(|table| table.partition_key.as_str()).unwrap_or_default();
    let leading_keys = keys.into_iter().filter_map(|key| scalar(&key[name])).collect();
    access(operation, arn(table), leading_keys)
}

fn per_table(body: &Value) -> impl Iterator<Item = (&String, &Value)> {
    body["RequestItems"].as_object().into_iter().flatten()
}

fn batch_get(table: &str, request: &Value, tables: &BTreeMap<String, Table>) -> Access {
    let keys = request["Keys"].as_array().into_iter().flatten().collect();
    on_table("BatchGetItem", &table.into(), keys, tables)
}

fn batch_write(table: &str, requests: &Value, tables: &BTreeMap<String, Table>) -> Access {
    let key = |request: &'_ Value| match request.get("PutRequest") {
        Some(put) => put["Item"].clone(),
        None => request["DeleteRequest"]["Key"].clone(),
    };
    let keys: Vec<Value> = requests.as_array().into_iter().flatten().map(key).collect();
    on_table("BatchWriteItem", &table.into(), keys.iter().collect(), tables)
}

fn transaction(body: &Value, tables: &BTreeMap<String, Table>) -> Vec<Access> {
    let mut accesses = Vec::new();
    for item in body["TransactItems"].as_array().into_iter().flatten() {
        for (member, action, keys) in MEMBERS {
            if let Some(request) = item.get(member) {
                accesses.push(on_table(action, &request["TableName"], vec![&request[keys]], tables));
            }
        }
    }
    accesses
}

fn stream(operation: &str, body: &Value) -> Access {
    let arn = body["StreamArn"].as_str().map(str::to_owned).or_else(|| {
        let iterator = body["ShardIterator"].as_str()?;
        let (table, ..) = dynoxide::actions::get_shard_iterator::decode_shard_iterator(iterator)?;
        Some(format!("{}/stream/local", arn(&table)))
    });
    access(operation, arn.unwrap_or_default(), Vec::new())
}

fn search(operation: &str, body: &Value, tables: &BTreeMap<String, Table>) -> Access {
    let table = body["TableName"].as_str().unwrap_or_default();
    let keys = tables.get(table);
    let (resource, partition_key) = match body["IndexName"].as_str() {
        Some(index) => (format!("{}/index/{index}", arn(table)), keys.and_then(|keys| keys.partition_key_of(index))),
        None => (arn(table), keys.map(|keys| &keys.partition_key)),
    };
    let leading_key = partition_key.and_then(|name| equal_to(body, name));
    access(operation, resource, leading_key.into_iter().collect())
}

/// The value that a key condition holds the attribute to, `#pk = :pk AND …`.
fn equal_to(body: &Value, attribute: &str) -> Option<String> {
    let condition = body["KeyConditionExpression"].as_str()?.replace('=', " = ").replace(['(', ')'], " ");
    let words: Vec<&str> = condition.split_whitespace().collect();
    let named = |word: &str| word == attribute || body["ExpressionAttributeNames"][word] == attribute;
    let equation = words.windows(3).find(|words| words[1] == "=" && named(words[0]))?;
    scalar(&body["ExpressionAttributeValues"][equation[2]])
}

fn scalar(value: &Value) -> Option<String> {
    let (_, value) = value.as_object()?.iter().next()?;
    value.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::template::Index;

    fn tables() -> BTreeMap<String, Table> {
        let due = Index { name: "due".to_owned(), partition_key: "dueShard".to_owned() };
        let main = Table {
            name: "main".to_owned(),
            partition_key: "pk".to_owned(),
            sort_key: None,
            indexes: vec![due],
            expiry: None,
            creation: Value::Null,
        };
        BTreeMap::from([("main".to_owned(), main)])
    }

    fn leading(access: &Access) -> &[String] {
        access.context.first().map(|(_, keys)| keys.as_slice()).unwrap_or_default()
    }

    #[test]
    fn a_transaction_is_judged_by_what_is_inside() {
        let body = json!({"TransactItems": [
            {"Put": {"TableName": "main", "Item": {"pk": {"S": "A"}}}},
            {"ConditionCheck": {"TableName": "main", "Key": {"pk": {"S": "B"}}}},
        ]});
        let accesses = of("TransactWriteItems", &body, &tables());
        assert_eq!(accesses[0].action, "dynamodb:PutItem");
        assert_eq!(leading(&accesses[0]), ["A"]);
        assert_eq!(accesses[1].action, "dynamodb:ConditionCheckItem");
        assert_eq!(leading(&accesses[1]), ["B"]);
    }

    #[test]
    fn a_query_of_an_index_needs_the_index_and_its_key() {
        let body = json!({
            "TableName": "main",
            "IndexName": "due",
            "KeyConditionExpression": "#due<=:now AND (#shard=:shard)",
            "ExpressionAttributeNames": {"#shard": "dueShard", "#due": "dueAt"},
            "ExpressionAttributeValues": {":shard": {"S": "3"}, ":now": {"S": "2026"}},
        });
        let accesses = of("Query", &body, &tables());
        assert!(accesses[0].resource.ends_with("table/main/index/due"));
        assert_eq!(leading(&accesses[0]), ["3"]);
    }

    #[test]
    fn a_batch_has_all_its_keys_and_a_scan_has_none() {
        let body = json!({"RequestItems": {"main": {"Keys": [{"pk": {"S": "A"}}, {"pk": {"S": "B"}}]}}});
        assert_eq!(leading(&of("BatchGetItem", &body, &tables())[0]), ["A", "B"]);
        assert!(leading(&of("Scan", &json!({"TableName": "main"}), &tables())[0]).is_empty());
    }
}
