//! What has come due.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Message, Registration};
use jiff::Timestamp;

use crate::item::{self, DUE_SHARDS};
use crate::{Key, Store, StoreError};

/// A record that has come due, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DueKind {
    /// A registration that was not confirmed in time.
    Registration(Key<Registration>),
    /// A message that waits for another attempt.
    Message(Key<Message>),
}

/// A record that has come due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueItem {
    /// Which.
    pub kind: DueKind,
    /// Since when.
    pub due_at: Timestamp,
}

impl Store {
    /// The longest overdue, at most `limit` of each shard, read beside each other.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn due(&self, now: Timestamp, limit: i32) -> Result<Vec<DueItem>, StoreError> {
        let mut sweeps = tokio::task::JoinSet::new();
        for shard in 0..DUE_SHARDS {
            let store = self.clone();
            sweeps.spawn(async move { store.due_in(shard, now, limit).await });
        }
        let mut due = Vec::new();
        while let Some(swept) = sweeps.join_next().await {
            due.extend(swept.expect("a sweep does not panic")?);
        }
        due.sort_by_key(|item| item.due_at);
        Ok(due)
    }

    async fn due_in(&self, shard: u64, now: Timestamp, limit: i32) -> Result<Vec<DueItem>, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .index_name("due")
            .key_condition_expression("dueShard = :shard AND dueAt <= :now")
            .expression_attribute_values(":shard", AttributeValue::S(shard.to_string()))
            .expression_attribute_values(":now", AttributeValue::S(item::sortable(now)))
            .limit(limit)
            .send()
            .await
            .map_err(StoreError::of)?;
        Ok(answer.items.unwrap_or_default().iter().filter_map(due_item).collect())
    }
}

fn due_item(item: &HashMap<String, AttributeValue>) -> Option<DueItem> {
    let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok());
    let (pk, sk) = (text("pk")?, text("sk")?);
    let kind = match sk.split('#').next()? {
        "REGISTRATION" => DueKind::Registration(Key::new(pk, sk)),
        "MESSAGE" => DueKind::Message(Key::new(pk, sk)),
        other => {
            tracing::error!(kind = other, "nothing is known about due items of this kind");
            return None;
        }
    };
    Some(DueItem { kind, due_at: text("dueAt")?.parse().ok()? })
}
