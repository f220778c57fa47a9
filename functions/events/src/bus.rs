//! Publishing events on the bus.
//!
//! `PutEvents` takes ten entries at a time and may accept some of them only; each entry's own answer counts. To keep the order
//! of a customer's events, a call carries at most one event of each subject: the next one follows when the one before was
//! accepted. EventBridge itself promises no order, so this narrows the gap and consumers must still not rely on it.

use std::collections::HashSet;

use aws::{Aws, Deferred};
use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::error::DisplayErrorContext;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use aws_smithy_types::DateTime;
use runtime::{Environment, Error};

use crate::entry::Entry;

/// What [`PutEvents`](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html) takes at once.
const ENTRIES: usize = 10;

/// The `source` of all events that come from here.
pub(crate) const SOURCE: &str = "clientele";

/// The event bus.
pub(crate) struct Bus {
    client: Deferred<Client>,
    name: String,
}

impl Bus {
    pub(crate) fn new(environment: &Environment) -> Result<Self, Error> {
        let name = environment.require("EVENT_BUS_NAME")?.to_owned();
        Ok(Self { client: Aws::new(environment)?.eventbridge(), name })
    }

    /// Publishes events, in order for each subject. Returns those that were not accepted, and those held back behind them.
    pub(crate) async fn publish(&self, events: Vec<Entry>) -> HashSet<String> {
        let mut left = HashSet::new();
        let mut stuck: HashSet<String> = HashSet::new();
        let mut waiting = events;
        while !waiting.is_empty() {
            let (round, later) = next_round(waiting);
            waiting = later;
            let (held_back, round): (Vec<_>, Vec<_>) =
                round.into_iter().partition(|event| stuck.contains(&event.subject));
            left.extend(held_back.into_iter().map(|event| event.id));
            for event in self.put(&round).await {
                stuck.insert(event.subject.clone());
                left.insert(event.id.clone());
            }
        }
        left
    }

    /// The events of one call that were not accepted.
    async fn put<'event>(&self, events: &'event [Entry]) -> Vec<&'event Entry> {
        if events.is_empty() {
            return Vec::new();
        }
        let entries = events.iter().map(|event| entry(event, &self.name)).collect();
        match self.client.put_events().set_entries(Some(entries)).send().await {
            Ok(answer) if answer.failed_entry_count == 0 => Vec::new(),
            Ok(answer) => {
                let answers = answer.entries.unwrap_or_default();
                let refused = events.iter().zip(answers).filter(|(_, answer)| answer.event_id.is_none());
                refused
                    .map(|(event, answer)| {
                        tracing::warn!(eventId = %event.id, code = answer.error_code, "the bus did not take the event");
                        event
                    })
                    .collect()
            }
            Err(error) => {
                tracing::warn!(events = events.len(), error = %DisplayErrorContext(&error), "the bus took no event");
                events.iter().collect()
            }
        }
    }
}

/// The first event of each subject, as many as one call takes; and all others, in order.
fn next_round(events: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    let (mut round, mut later, mut subjects) = (Vec::new(), Vec::new(), HashSet::new());
    for event in events {
        let first_of_subject = subjects.insert(event.subject.clone());
        if first_of_subject && round.len() < ENTRIES { round.push(event) } else { later.push(event) }
    }
    (round, later)
}

fn entry(event: &Entry, bus: &str) -> PutEventsRequestEntry {
    PutEventsRequestEntry::builder()
        .event_bus_name(bus)
        .source(SOURCE)
        .detail_type(&event.kind)
        .detail(event.detail.to_string())
        .time(DateTime::from_millis(event.at.as_millisecond()))
        .build()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::Value;

    use super::*;

    fn events(subjects: &[u64]) -> Vec<Entry> {
        let of = |(number, subject): (usize, &u64)| Entry {
            id: number.to_string(),
            subject: subject.to_string(),
            kind: "registration.repeated".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            detail: Value::Null,
        };
        subjects.iter().enumerate().map(of).collect()
    }

    #[test]
    fn a_round_holds_one_event_of_each_subject_and_ten_at_most() {
        let all = events(&[1, 1, 2, 3, 1, 4, 5, 6, 7, 8, 9, 10, 11, 2]);
        let (mut rounds, mut waiting) = (Vec::new(), all.clone());
        while !waiting.is_empty() {
            let (round, later) = next_round(waiting);
            let subjects: HashSet<&str> = round.iter().map(|event| event.subject.as_str()).collect();
            assert_eq!(subjects.len(), round.len());
            assert!((1..=ENTRIES).contains(&round.len()));
            rounds.extend(round);
            waiting = later;
        }
        for subject in all.iter().map(|event| &event.subject) {
            let of_subject = |events: &[Entry]| -> Vec<String> {
                events.iter().filter(|event| event.subject == *subject).map(|event| event.id.clone()).collect()
            };
            assert_eq!(of_subject(&rounds), of_subject(&all), "the order of a subject's events changed");
        }
    }
}
