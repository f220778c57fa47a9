//! Lists of records, in pages that cost the same however long they are.
//!
//! A record says which list it stands in; the index `list` has the keys of those that do, in order. What it trades: the index is
//! brought up to date a moment after the table. A record that just left its list is recognised when it is read, and left out.

use std::fmt;
use std::str::FromStr;

use aws_sdk_dynamodb::types::AttributeValue;
use decision::{Key, List, Record};
use futures_util::future::join_all;
use jiff::Timestamp;
use values::Invalid;

use crate::{Store, StoreError};

/// A place in a list. As a text, which clients carry from page to page, it can stand in an address: `#` separates its parts in the
/// index, and none of them has a `~`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListPlace(String);

impl FromStr for ListPlace {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let place = text.replace('~', "#");
        let (since, key) = place.split_once('#').ok_or(Invalid::Unknown)?;
        let can_be = since.parse::<Timestamp>().is_ok() && !key.is_empty();
        if can_be { Ok(Self(place)) } else { Err(Invalid::Unknown) }
    }
}

impl fmt::Display for ListPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.replace('#', "~"))
    }
}

/// Some records of a list in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage<T> {
    /// The records.
    pub records: Vec<T>,
    /// Where the next page begins, if there may be one.
    pub next: Option<ListPlace>,
}

struct Listed<T> {
    place: ListPlace,
    key: Key<T>,
}

impl Store {
    /// A page of several lists as if they were one, after the place `after` if there is one. The lists are read beside each other.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn list<T: Record>(
        &self,
        lists: &[List],
        after: Option<&ListPlace>,
        limit: u32,
    ) -> Result<ListPage<T>, StoreError> {
        let of_each = join_all(lists.iter().map(|list| self.listed(*list, after, limit))).await;
        let of_each = of_each.into_iter().collect::<Result<Vec<_>, _>>()?;
        let mut listed: Vec<Listed<T>> = of_each.into_iter().flatten().collect();
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        listed.sort_by(|one, other| one.place.cmp(&other.place));
        listed.truncate(most);
        let next = listed.last().filter(|_| listed.len() == most).map(|last| last.place.clone());
        let records = self.get_many(listed.into_iter().map(|listed| listed.key).collect()).await?;
        Ok(ListPage { records, next })
    }

    async fn listed<T: Record>(
        &self,
        list: List,
        after: Option<&ListPlace>,
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
            Some(ListPlace(after)) => query
                .key_condition_expression("#list = :list AND place > :after")
                .expression_attribute_values(":after", AttributeValue::S(after.clone())),
            None => query.key_condition_expression("#list = :list"),
        };
        let answer = query.send().await.map_err(StoreError::of)?;
        Ok(answer.items.unwrap_or_default().iter().filter_map(listed).collect())
    }
}

fn listed<T>(item: &crate::item::Item) -> Option<Listed<T>> {
    let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
    Some(Listed { place: ListPlace(text("place")?), key: Key::new(text("pk")?, text("sk")?) })
}
