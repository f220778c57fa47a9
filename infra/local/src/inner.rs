//! The parts of a cloud, for whoever looks into it while it runs: the program that started it, and the control pages.

use std::fs::File;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::activity::{Activity, NotSettled};
use crate::bus::Bus;
use crate::calls::Calls;
use crate::clock::{ClockError, CloudClock};
use crate::deliveries::Deliveries;
use crate::expiry::Expiry;
use crate::faults::Dice;
use crate::kept::Keeper;
use crate::lambda::Lambda;
use crate::mailbox::Mailbox;
use crate::queues::Queues;
use crate::schedules::Schedules;
use crate::streams::Streams;
use crate::trimming::Trimming;

/// The parts of a cloud.
pub(crate) struct Inner {
    pub(crate) url: String,
    pub(crate) activity: Activity,
    pub(crate) clock: CloudClock,
    pub(crate) dice: Arc<Dice>,
    pub(crate) lambda: Arc<Lambda>,
    pub(crate) bus: Arc<Bus>,
    pub(crate) queues: Arc<Queues>,
    pub(crate) mailbox: Arc<Mailbox>,
    pub(crate) schedules: Arc<Schedules>,
    pub(crate) streams: Arc<Streams>,
    pub(crate) deliveries: Arc<Deliveries>,
    pub(crate) expiry: Arc<Expiry>,
    pub(crate) trimming: Arc<Trimming>,
    pub(crate) calls: Arc<Calls>,
    pub(crate) keeper: Keeper,
    pub(crate) _lock: Option<File>,
}

/// Why the clock could not be moved, or what came of it.
#[derive(Debug, thiserror::Error)]
pub enum AdvanceError {
    /// The clock refuses.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// It was moved, and the cloud did not come to rest.
    #[error(transparent)]
    NotSettled(#[from] NotSettled),
}

impl Inner {
    /// Moves the clock, runs every schedule once, and waits until everything that follows has settled.
    pub(crate) async fn advance(&self, by: SignedDuration) -> Result<Timestamp, AdvanceError> {
        self.activity.settle().await?;
        self.schedules.after_moving(by).await?;
        self.activity.settle().await?;
        self.expiry.run();
        self.activity.settle().await?;
        self.trimming.run();
        Ok(self.clock.now())
    }
}
