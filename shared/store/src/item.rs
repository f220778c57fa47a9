//! Records and writes as items: what decisions say, as DynamoDB has it.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use decision::{Attributes, Place, Record};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::StoreError;

/// An item as the SDK has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

pub(crate) fn read<R: Record>(item: Item) -> Result<R, StoreError> {
    let version = match item.get("version") {
        Some(AttributeValue::N(version)) => version.parse().unwrap_or_default(),
        _ => 0,
    };
    let mut record: R = serde_dynamo::from_item(item)?;
    record.set_version(version);
    Ok(record)
}

/// The record that an item of the table's stream holds.
///
/// # Errors
/// [`StoreError::Malformed`]
pub fn streamed<R: Record>(image: serde_dynamo::Item) -> Result<R, StoreError> {
    let version = image.get("version").and_then(|version| serde_dynamo::from_attribute_value(version.clone()).ok());
    let mut record: R = serde_dynamo::from_item(image)?;
    record.set_version(version.unwrap_or_default());
    Ok(record)
}

pub(crate) fn key(place: Place) -> Item {
    at(place, Item::new())
}

pub(crate) fn at(place: Place, mut item: Item) -> Item {
    item.insert("pk".into(), AttributeValue::S(place.pk));
    item.insert("sk".into(), AttributeValue::S(place.sk));
    item
}

pub(crate) fn attributes<T: Serialize>(record: &T) -> Result<Item, StoreError> {
    Ok(serde_dynamo::to_item(record)?)
}

pub(crate) fn of_attributes(attributes: &Attributes) -> Result<Item, StoreError> {
    attributes.iter().map(|(name, value)| Ok((name.clone(), of_value(value)?))).collect()
}

pub(crate) fn of_value(value: &Value) -> Result<AttributeValue, StoreError> {
    Ok(serde_dynamo::to_attribute_value(value)?)
}

/// A time as DynamoDB's TTL wants it.
pub(crate) fn epoch_seconds(time: Timestamp) -> AttributeValue {
    AttributeValue::N(time.as_second().to_string())
}
