//! Tables and their indexes.

use serde_json::{Map, Value, json};

use super::node::Node;
use super::place::TemplateError;

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
const TAKEN_OVER: [&str; 3] = ["KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes"];

/// What makes no difference on one machine.
const INDIFFERENT: [&str; 4] =
    ["DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "SSESpecification", "TableName"];

/// Reads a table from its properties.
pub(super) fn read(name: String, properties: &Node) -> Result<Table, TemplateError> {
    let fields = properties.fields()?;
    let mut creation = Map::from_iter([("TableName".to_owned(), Value::from(name.as_str()))]);
    for part in TAKEN_OVER {
        if let Some(value) = fields.get(part) {
            creation.insert(part.to_owned(), value.json());
        }
    }
    let billing = fields.require("BillingMode")?;
    if billing.text()? != "PAY_PER_REQUEST" {
        return Err(billing.error("tables are `PAY_PER_REQUEST` here"));
    }
    creation.insert("BillingMode".to_owned(), billing.json());
    if let Some(stream) = fields.get("StreamSpecification") {
        let stream = stream.fields()?;
        let view = stream.require("StreamViewType")?.json();
        stream.finish(&[])?;
        creation.insert("StreamSpecification".to_owned(), json!({"StreamEnabled": true, "StreamViewType": view}));
    }
    let indexes = fields.get("GlobalSecondaryIndexes").map(Node::one_or_more).unwrap_or_default();
    let schema = fields.require("KeySchema")?;
    let table = Table {
        partition_key: key(schema, "HASH")?.ok_or_else(|| schema.error("there is no HASH key"))?,
        sort_key: key(schema, "RANGE")?,
        indexes: indexes.iter().map(index).collect::<Result<_, _>>()?,
        expiry: fields.get("TimeToLiveSpecification").map(expiry).transpose()?.flatten(),
        creation: Value::Object(creation),
        name,
    };
    fields.finish(&INDIFFERENT)?;
    Ok(table)
}

fn index(node: &Node) -> Result<Index, TemplateError> {
    let fields = node.fields()?;
    let schema = fields.require("KeySchema")?;
    let partition_key = key(schema, "HASH")?.ok_or_else(|| schema.error("there is no HASH key"))?;
    let name = fields.require("IndexName")?.text()?;
    fields.finish(&["Projection"])?;
    Ok(Index { name, partition_key })
}

fn key(schema: &Node, kind: &str) -> Result<Option<String>, TemplateError> {
    for key in schema.items()? {
        let fields = key.fields()?;
        let (name, found) = (fields.require("AttributeName")?.text()?, fields.require("KeyType")?.text()?);
        fields.finish(&[])?;
        if found == kind {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn expiry(specification: &Node) -> Result<Option<String>, TemplateError> {
    let fields = specification.fields()?;
    let (name, enabled) = (fields.require("AttributeName")?.text()?, fields.require("Enabled")?.truth()?);
    fields.finish(&[])?;
    Ok(enabled.then_some(name))
}
