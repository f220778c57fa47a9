//! The history of a customer, in pages that cost the same however long it is.

use domain::{Event, EventId, Subject};

use crate::key::partition;
use crate::read::Place;
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
        let after = after.and_then(|id| Key::event(subject, id).as_item());
        let query = self.under(partition(subject), Key::<Event>::PREFIX).scan_index_forward(false);
        let (events, more): (Vec<Event>, bool) = self.page(query, after, limit).await?;
        let next = events.last().filter(|_| more).map(|event| event.id);
        Ok(HistoryPage { events, next })
    }
}
