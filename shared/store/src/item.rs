//! Records as items: what the domain serialises, and the attributes that the table adds.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AddressChange, Administrators, BusinessSettings, Challenge, Credential, Customer, Device, Employee, Event,
    Invitation, Listing, Message, PasswordReset, Record, Registration, RegistrationSettings, Roles, Run, Session,
};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::key::{self, Key};
use crate::{OnceRecord, StoreError};

/// An item as the SDK has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// How many partitions the index of due items is spread over.
pub(crate) const DUE_SHARDS: u64 = 4;

/// A kind of record that can be read.
pub trait Stored: DeserializeOwned {
    /// Tells the record its version.
    fn set_version(&mut self, _version: u64) {}
}

macro_rules! versioned {
    ($($name:ident),*) => {$(
        impl Stored for $name {
            fn set_version(&mut self, version: u64) {
                self.version = version;
            }
        }
    )*};
}
versioned!(
    Account,
    AddressChange,
    Administrators,
    BusinessSettings,
    Challenge,
    Customer,
    Employee,
    Invitation,
    Message,
    PasswordReset,
    Registration,
    RegistrationSettings,
    Roles,
    Session
);

impl Stored for Credential {}
impl Stored for Device {}
impl Stored for Event {}
impl Stored for OnceRecord {}
impl Stored for Run {}

pub(crate) fn read<T: Stored>(item: Item) -> Result<T, StoreError> {
    let version = match item.get("version") {
        Some(AttributeValue::N(version)) => version.parse().unwrap_or_default(),
        _ => 0,
    };
    let mut record: T = serde_dynamo::from_item(item)?;
    record.set_version(version);
    Ok(record)
}

/// The message that an item of the table's stream holds.
///
/// # Errors
/// [`StoreError::Malformed`]
pub fn stored_message(image: serde_dynamo::Item) -> Result<Message, StoreError> {
    let version = image.get("version").and_then(|version| serde_dynamo::from_attribute_value(version.clone()).ok());
    let mut message: Message = serde_dynamo::from_item(image)?;
    message.version = version.unwrap_or_default();
    Ok(message)
}

/// The item of a record in its next version.
pub(crate) fn of_record(record: &Record, version: u64) -> Result<Item, StoreError> {
    let (pk, sk) = key::of(record);
    let mut item = match record {
        Record::Account(record) => attributes(record)?,
        Record::AddressChange(record) => attributes(record)?,
        Record::Administrators(record) => attributes(record)?,
        Record::BusinessSettings(record) => attributes(record)?,
        Record::Challenge(record) => attributes(record)?,
        Record::Credential(record) => attributes(record)?,
        Record::Customer(record) => attributes(record)?,
        Record::Employee(record) => attributes(record)?,
        Record::Invitation(record) => attributes(record)?,
        Record::Message(record) => attributes(record)?,
        Record::PasswordReset(record) => attributes(record)?,
        Record::Registration(record) => attributes(record)?,
        Record::RegistrationSettings(record) => attributes(record)?,
        Record::Run(record) => attributes(record)?,
        Record::Session(record) => attributes(record)?,
    };
    item.insert("version".into(), AttributeValue::N(version.to_string()));
    if let Some(due_at) = record.due_at() {
        item.insert("dueShard".into(), AttributeValue::S(shard(&pk, &sk)));
        item.insert("dueAt".into(), AttributeValue::S(sortable(due_at)));
    }
    if let Some(Listing { list, since }) = record.listing() {
        item.insert("list".into(), AttributeValue::S(list.name().into()));
        item.insert("place".into(), AttributeValue::S(format!("{}#{pk}", sortable(since))));
    }
    if let Some(expires_at) = record.expires_at() {
        item.insert("expiresAt".into(), epoch_seconds(expires_at));
    }
    Ok(keyed(item, pk, sk))
}

/// The item of an event.
pub(crate) fn of_event(event: &Event) -> Result<Item, StoreError> {
    let Key { pk, sk, .. } = Key::event(event.subject, event.id);
    Ok(keyed(attributes(event)?, pk, sk))
}

pub(crate) fn attributes<T: Serialize>(record: &T) -> Result<Item, StoreError> {
    Ok(serde_dynamo::to_item(record)?)
}

pub(crate) fn keyed(mut item: Item, pk: String, sk: String) -> Item {
    item.insert("pk".into(), AttributeValue::S(pk));
    item.insert("sk".into(), AttributeValue::S(sk));
    item
}

/// A time as DynamoDB's TTL wants it.
pub(crate) fn epoch_seconds(time: Timestamp) -> AttributeValue {
    AttributeValue::N(time.as_second().to_string())
}

/// A time whose texts sort as the times do.
pub(crate) fn sortable(time: Timestamp) -> String {
    format!("{time:.3}")
}

fn shard(pk: &str, sk: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (pk, sk).hash(&mut hasher);
    (hasher.finish() % DUE_SHARDS).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_times_sort_as_times_do() {
        let times = [0, 1, 999, 1_000, 1_001, 60_000].map(|time| Timestamp::from_millisecond(time).unwrap());
        assert!(times.map(sortable).is_sorted());
        assert_eq!(sortable(times[0]), "1970-01-01T00:00:00.000Z");
    }
}
