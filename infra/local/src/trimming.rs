//! Forgets the stream records that nobody needs any more.
//!
//! A record is needed until every mapping of its stream has read past it, and for as long as a dead letter refers to it, so that the
//! letter can be redriven. AWS keeps each record for 24 hours, read or not; here a stream stays as short as its readers are fast.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::kept::Keeper;
use crate::queues::Queues;
use crate::streams::Streams;
use crate::upkeep::Upkeep;

/// How often records are forgotten.
const INTERVAL: Duration = Duration::from_secs(1);

/// Forgets what has been read.
pub(crate) struct Trimming {
    pub(crate) streams: Arc<Streams>,
    pub(crate) queues: Arc<Queues>,
    pub(crate) upkeep: Arc<Upkeep>,
    pub(crate) keeper: Keeper,
}

impl Trimming {
    /// Forgets what has been read, for as long as the cloud lasts.
    pub(crate) async fn keep_running(self: Arc<Self>) {
        loop {
            tokio::time::sleep(INTERVAL).await;
            self.run();
        }
    }

    /// Forgets what has been read by now. What followed from it is on disk before it goes.
    pub(crate) fn run(&self) {
        let needed = self.needed_from();
        if !self.keeper.flush() {
            return;
        }
        for (table, sequence) in needed {
            if let Err(error) = self.upkeep.trim(&table, &sequence) {
                tracing::warn!(table, %error, "the stream could not be trimmed");
            }
        }
    }

    /// The first record that is still needed, by table.
    fn needed_from(&self) -> BTreeMap<String, String> {
        let mut needed = self.streams.read_by_all();
        for letter in self.queues.all() {
            let body: Value = serde_json::from_str(&letter.body).unwrap_or_default();
            let batch = &body["DDBStreamBatchInfo"];
            let stream = batch["streamArn"].as_str().unwrap_or_default();
            let referred = self.streams.table_of(stream).zip(batch["startSequenceNumber"].as_str());
            if let Some((table, first)) = referred
                && let Some(sequence) = needed.get_mut(table)
                && first < sequence.as_str()
            {
                first.clone_into(sequence);
            }
        }
        needed
    }
}
