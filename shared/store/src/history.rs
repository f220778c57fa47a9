//! The history of a customer, in pages that cost the same however long it is.

use decision::{Event, Subject};
use values::EventId;

use crate::{Store, StoreError, item};

/// Some events, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryPage {
    /// The events.
    pub events: Vec<Event>,
    /// Where the next page begins, if there may be one.
    pub next: Option<EventId>,
}

impl Store {
    /// A page of the history of a subject, after the event `after` if there is one.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn history(
        &self,
        subject: &Subject,
        after: Option<EventId>,
        limit: u32,
    ) -> Result<HistoryPage, StoreError> {
        let after = after.map(|id| item::key(Event::key_of(subject, id).into_place()));
        let query = self.under::<Event>(subject.partition()).scan_index_forward(false);
        let (events, more): (Vec<Event>, bool) = self.page(query, after, limit).await?;
        let next = events.last().filter(|_| more).map(|event| event.id);
        Ok(HistoryPage { events, next })
    }
}
