//! Tables and their indexes.

use serde_json::{Map, Value, json};

use super::{TemplateError, resolve::Resolver};

/// A DynamoDB table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its partition key.
    pub partition_key: String,
    /// Its sort key, if it has one.
    pub sort_key: Option<String>,
    /// Its indexes.
    pub indexes: Vec<Index>,
    /// The attribute that says when an item expires.
    pub expiry: Option<String>,
    /// The request that creates it.
    pub creation: Value,
}

impl Table {
    /// The partition key of one of its indexes.
    pub fn partition_key_of(&self, index: &str) -> Option<&String> {
        self.indexes.iter().find(|candidate| candidate.name == index).map(|index| &index.partition_key)
    }

    /// Which images of a change its stream shows, if it has a stream.
    pub fn stream_view(&self) -> Option<&str> {
        self.creation["StreamSpecification"]["StreamViewType"].as_str()
    }
}

/// An index of a table.
#[derive(Clone, Debug)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its partition key.
    pub partition_key: String,
}

/// What a `CreateTable` request takes over from the template as it is.
const TAKEN_OVER: [&str; 5] =
    ["KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "ProvisionedThroughput"];

/// Reads a table from its resolved properties.
pub(super) fn read(id: &str, properties: &Value, resolver: &Resolver<'_>) -> Result<Table, TemplateError> {
    let name = resolver.name_of(id)?;
    let missing = || TemplateError::at(id, "a KeySchema has no HASH key".to_owned());
    let mut indexes = Vec::new();
    for list in ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] {
        for index in properties[list].as_array().into_iter().flatten() {
            let name = index["IndexName"].as_str().unwrap_or_default().to_owned();
            indexes.push(Index { name, partition_key: key(index, "HASH").ok_or_else(missing)? });
        }
    }
    let expiry = &properties["TimeToLiveSpecification"];
    Ok(Table {
        partition_key: key(properties, "HASH").ok_or_else(missing)?,
        sort_key: key(properties, "RANGE"),
        indexes,
        expiry: expiry["AttributeName"].as_str().filter(|_| super::truth(&expiry["Enabled"])).map(str::to_owned),
        creation: creation(&name, properties),
        name,
    })
}

fn creation(name: &str, properties: &Value) -> Value {
    let mut request = Map::new();
    request.insert("TableName".to_owned(), name.into());
    for part in TAKEN_OVER {
        if let Some(value) = properties.get(part) {
            request.insert(part.to_owned(), value.clone());
        }
    }
    let on_demand = properties.get("ProvisionedThroughput").is_none();
    request.insert("BillingMode".to_owned(), if on_demand { "PAY_PER_REQUEST" } else { "PROVISIONED" }.into());
    if let Some(view) = properties["StreamSpecification"].get("StreamViewType") {
        request.insert("StreamSpecification".to_owned(), json!({"StreamEnabled": true, "StreamViewType": view}));
    }
    Value::Object(request)
}

fn key(schema: &Value, kind: &str) -> Option<String> {
    let keys = schema["KeySchema"].as_array()?;
    let key = keys.iter().find(|key| key["KeyType"] == kind)?;
    key["AttributeName"].as_str().map(str::to_owned)
}
