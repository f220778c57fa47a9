//! What has come due.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use decision::{DUE_AT, DUE_FAILURES, DUE_SHARDS, Key, Place, Record, sortable};
use jiff::Timestamp;

use crate::error::unless_refused;
use crate::item::{self, Item};
use crate::{Store, StoreError};

/// A record that has come due.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DueItem {
    /// Where it lies.
    pub place: Place,
    /// Since when.
    pub due_at: Timestamp,
}

impl DueItem {
    /// What kind of record it is, by its sort key.
    pub fn kind(&self) -> &str {
        self.place.sk.split('#').next().unwrap_or_default()
    }

    /// Its key as a record of a kind.
    pub fn key<R: Record>(&self) -> Key<R> {
        Key::new(self.place.pk.clone(), self.place.sk.clone())
    }
}

/// How far a sweep has come, in each shard.
#[derive(Debug, Default)]
pub struct DuePosition {
    shards: HashMap<u64, Shard>,
}

#[derive(Debug)]
enum Shard {
    After(Item),
    End,
}

impl Store {
    /// The longest overdue that follow a position, at most `limit` of each shard, read beside each other. Nothing comes twice, whatever
    /// becomes of it in between, and what is put off does not come again.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn due(
        &self,
        now: Timestamp,
        position: &mut DuePosition,
        limit: i32,
    ) -> Result<Vec<DueItem>, StoreError> {
        let mut sweeps = tokio::task::JoinSet::new();
        for shard in 0..DUE_SHARDS {
            let after = match position.shards.get(&shard) {
                None => None,
                Some(Shard::After(key)) => Some(key.clone()),
                Some(Shard::End) => continue,
            };
            let store = self.clone();
            sweeps.spawn(async move { store.due_in(shard, now, after, limit).await });
        }
        let mut due = Vec::new();
        while let Some(swept) = sweeps.join_next().await {
            let (shard, reached, found) = swept.expect("a sweep does not panic")?;
            position.shards.insert(shard, reached);
            due.extend(found);
        }
        due.sort_by_key(|item| item.due_at);
        Ok(due)
    }

    async fn due_in(
        &self,
        shard: u64,
        now: Timestamp,
        after: Option<Item>,
        limit: i32,
    ) -> Result<(u64, Shard, Vec<DueItem>), StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .index_name("due")
            .key_condition_expression("dueShard = :shard AND dueAt <= :now")
            .expression_attribute_values(":shard", AttributeValue::S(shard.to_string()))
            .expression_attribute_values(":now", AttributeValue::S(sortable(now)))
            .set_exclusive_start_key(after)
            .limit(limit)
            .send()
            .await
            .map_err(StoreError::of)?;
        let reached = answer.last_evaluated_key.map_or(Shard::End, Shard::After);
        Ok((shard, reached, answer.items.unwrap_or_default().iter().filter_map(due_item).collect()))
    }

    /// Puts a due record off that could not be handled: counts the failure, and gives it the time that `later` says for so many of
    /// them. Returns how many there are; nothing if the record has been changed or removed since.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn put_off(
        &self,
        item: &DueItem,
        later: impl FnOnce(u32) -> Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        let update = || {
            self.client
                .update_item()
                .table_name(&self.table)
                .set_key(Some(item::key(item.place.clone())))
                .condition_expression("dueAt = :due")
                .expression_attribute_values(":due", AttributeValue::S(sortable(item.due_at)))
        };
        let counted = update()
            .update_expression("ADD dueFailures :one")
            .expression_attribute_values(":one", AttributeValue::N("1".into()))
            .return_values(ReturnValue::UpdatedNew)
            .send()
            .await;
        let Some(counted) = unless_refused(counted)? else { return Ok(None) };
        let failures =
            counted.attributes.as_ref().and_then(|counted| counted.get(DUE_FAILURES)?.as_n().ok()?.parse().ok());
        let failures = failures.unwrap_or(1);
        let put_off = update()
            .update_expression("SET dueAt = :later")
            .expression_attribute_values(":later", AttributeValue::S(sortable(later(failures))))
            .send()
            .await;
        Ok(unless_refused(put_off)?.map(|_| failures))
    }
}

fn due_item(item: &Item) -> Option<DueItem> {
    let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok());
    let place = Place { pk: text("pk")?.clone(), sk: text("sk")?.clone() };
    Some(DueItem { place, due_at: text(DUE_AT)?.parse().ok()? })
}
