//! The history of a customer, in pages that cost the same however long it is.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Event, EventId, Subject};

use crate::item::{self, Item};
use crate::key::partition;
use crate::{Key, Store, StoreError};

/// Some events, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryPage {
    /// The events.
    pub events: Vec<Event>,
    /// Where the next page begins, if there may be one.
    pub next: Option<EventId>,
}

/// The event that an item of the table's stream holds.
///
/// # Errors
/// [`StoreError::Malformed`]
pub fn event_of(image: serde_dynamo::Item) -> Result<Event, StoreError> {
    Ok(serde_dynamo::from_item(image)?)
}

impl Store {
    /// A page of the history of a subject, after the event `after` if there is one.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn history(
        &self,
        subject: Subject,
        after: Option<EventId>,
        limit: u32,
    ) -> Result<HistoryPage, StoreError> {
        let start = after.map(|id| {
            let Key { pk, sk, .. } = Key::event(subject, id);
            item::keyed(Item::new(), pk, sk)
        });
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", AttributeValue::S(partition(subject)))
            .expression_attribute_values(":prefix", AttributeValue::S(Key::<Event>::PREFIX.to_owned()))
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(start)
            .consistent_read(true)
            .send()
            .await
            .map_err(StoreError::of)?;
        let more = answer.last_evaluated_key.is_some();
        let events: Vec<Event> =
            answer.items.unwrap_or_default().into_iter().map(item::read).collect::<Result<_, _>>()?;
        let next = events.last().filter(|_| more).map(|event| event.id);
        Ok(HistoryPage { events, next })
    }
}
