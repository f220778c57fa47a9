//! Lists of records, in pages that cost the same however long they are.
//!
//! A record says which list it stands in; the index `list` has the keys of those that do, in order. What it trades: the index is
//! brought up to date a moment after the table. A record that just left its list is recognised when it is read, and left out.

use aws_sdk_dynamodb::types::AttributeValue;
use decision::{Key, List, Record};
use jiff::Timestamp;

use crate::{Store, StoreError};

/// Where a record stands in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// Its place; the places of a list sort as texts.
    pub place: String,
    /// Its key.
    pub key: Key<T>,
}

impl<T> Listed<T> {
    /// The place as it can stand in an address: `#` separates its parts, and none of them has a `~`.
    pub fn cursor(&self) -> String {
        self.place.replace('#', "~")
    }

    /// The place that a cursor stands for, if it can have been made here.
    pub fn place_of(cursor: &str) -> Option<String> {
        let place = cursor.replace('~', "#");
        let (since, key) = place.split_once('#')?;
        (since.parse::<Timestamp>().is_ok() && !key.is_empty()).then_some(place)
    }
}

impl Store {
    /// Some records of a list in order, after the place `after` if there is one; more may follow if there are as many as `limit`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn list<T: Record>(
        &self,
        list: List,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Listed<T>>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name("list")
            .expression_attribute_names("#list", "list")
            .expression_attribute_values(":list", AttributeValue::S(list.0.into()))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX));
        let query = match after {
            Some(after) => query
                .key_condition_expression("#list = :list AND place > :after")
                .expression_attribute_values(":after", AttributeValue::S(after.into())),
            None => query.key_condition_expression("#list = :list"),
        };
        let answer = query.send().await.map_err(StoreError::of)?;
        Ok(answer.items.unwrap_or_default().iter().filter_map(listed).collect())
    }
}

fn listed<T>(item: &crate::item::Item) -> Option<Listed<T>> {
    let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
    Some(Listed { place: text("place")?, key: Key::new(text("pk")?, text("sk")?) })
}
