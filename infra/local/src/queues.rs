//! The queues, in which dead letters wait.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::kept::Kept;

/// Where a dead letter is shown that no queue of the template takes: on AWS it would be lost.
pub const LOST: &str = "(lost)";

/// A message in a queue.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeadLetter {
    /// Its id.
    pub id: String,
    /// The name of its queue, or [`LOST`].
    pub queue: String,
    /// What it says.
    pub body: String,
    /// What is noted about it.
    pub attributes: BTreeMap<String, String>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// How often it was received.
    pub received: u32,
    #[serde(skip)]
    hidden_until: Option<Timestamp>,
    #[serde(skip)]
    receipt: Option<String>,
}

/// All queues of a cloud.
pub(crate) struct Queues {
    names: BTreeSet<String>,
    messages: Arc<Kept<VecDeque<DeadLetter>>>,
}

impl Queues {
    pub(crate) fn new(names: BTreeSet<String>, messages: Arc<Kept<VecDeque<DeadLetter>>>) -> Self {
        Self { names, messages }
    }

    pub(crate) fn exists(&self, queue: &str) -> bool {
        self.names.contains(queue)
    }

    /// Puts a message into a queue, or among the lost ones if there is no such queue.
    pub(crate) fn send(&self, queue: Option<&str>, body: String, attributes: BTreeMap<String, String>) {
        let queue = queue.filter(|queue| self.exists(queue)).unwrap_or(LOST).to_owned();
        tracing::warn!(queue, "a dead letter");
        let letter = DeadLetter {
            id: uuid::Uuid::new_v4().to_string(),
            queue,
            body,
            attributes,
            sent_at: Timestamp::now(),
            received: 0,
            hidden_until: None,
            receipt: None,
        };
        self.messages.change(|messages| messages.push_back(letter));
    }

    /// Takes up to `most` messages, which nobody else sees for a while. Each is given with the receipt that deletes it.
    pub(crate) fn receive(&self, queue: &str, most: usize, hidden_for: SignedDuration) -> Vec<(String, DeadLetter)> {
        let now = Timestamp::now();
        let until = now.checked_add(hidden_for).unwrap_or(Timestamp::MAX);
        self.messages.change(|messages| {
            let visible = messages.iter_mut().filter(|letter| letter.queue == queue && letter.is_visible(now));
            visible.take(most).map(|letter| letter.received_until(until)).collect()
        })
    }

    /// Deletes the message that this receipt was given for.
    pub(crate) fn delete(&self, queue: &str, receipt: &str) {
        let goes = |letter: &DeadLetter| letter.queue == queue && letter.receipt.as_deref() == Some(receipt);
        self.messages.change(|messages| messages.retain(|letter| !goes(letter)));
    }

    /// How many messages can be received, and how many are hidden.
    pub(crate) fn count(&self, queue: &str) -> (usize, usize) {
        let now = Timestamp::now();
        self.messages.read(|messages| {
            let of_queue = messages.iter().filter(|letter| letter.queue == queue);
            let (visible, hidden): (Vec<_>, Vec<_>) = of_queue.partition(|letter| letter.is_visible(now));
            (visible.len(), hidden.len())
        })
    }

    /// All messages, the oldest first.
    pub(crate) fn all(&self) -> Vec<DeadLetter> {
        self.messages.read(|messages| messages.iter().cloned().collect())
    }
}

impl DeadLetter {
    fn is_visible(&self, now: Timestamp) -> bool {
        self.hidden_until.is_none_or(|until| until <= now)
    }

    fn received_until(&mut self, until: Timestamp) -> (String, Self) {
        let receipt = uuid::Uuid::new_v4().to_string();
        self.received += 1;
        self.hidden_until = Some(until);
        self.receipt = Some(receipt.clone());
        (receipt, self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queues() -> Queues {
        Queues::new(BTreeSet::from(["letters".to_owned()]), Kept::open(None, "queues").unwrap())
    }

    #[test]
    fn a_received_message_is_hidden_until_it_is_deleted_or_comes_back() {
        let queues = queues();
        queues.send(Some("letters"), "one".to_owned(), BTreeMap::new());
        let received = queues.receive("letters", 10, SignedDuration::from_secs(30));
        assert_eq!(received.len(), 1);
        assert!(queues.receive("letters", 10, SignedDuration::from_secs(30)).is_empty());
        assert_eq!(queues.count("letters"), (0, 1));
        queues.delete("letters", &received[0].0);
        assert!(queues.all().is_empty());

        queues.send(Some("letters"), "two".to_owned(), BTreeMap::new());
        queues.receive("letters", 10, SignedDuration::ZERO);
        assert_eq!(queues.receive("letters", 10, SignedDuration::ZERO)[0].1.received, 2);
    }

    #[test]
    fn what_no_queue_takes_is_lost_in_plain_sight() {
        let queues = queues();
        queues.send(None, "x".to_owned(), BTreeMap::new());
        assert_eq!(queues.all()[0].queue, LOST);
    }
}
