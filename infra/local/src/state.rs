//! All that survives a restart besides the tables' items.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::SignedDuration;
use serde_json::Value;

use crate::bus::CrossedEvent;
use crate::deliveries::Delivery;
use crate::journal::Journal;
use crate::kept::{Keeper, Kept, OpenError};
use crate::mailbox::Mail;
use crate::options::{Data, StartError};
use crate::queues::DeadLetter;
use crate::schedules::ScheduleRun;
use crate::streams::Checkpoints;

/// The state of a cloud.
pub(crate) struct State {
    pub(crate) folder: Option<PathBuf>,
    pub(crate) clock: Arc<Kept<SignedDuration>>,
    pub(crate) tables: Arc<Kept<BTreeMap<String, Value>>>,
    pub(crate) promised: Arc<Kept<BTreeMap<String, Delivery>>>,
    pub(crate) letters: Arc<Kept<VecDeque<DeadLetter>>>,
    pub(crate) mails: Arc<Journal<Mail>>,
    pub(crate) history: Arc<Journal<CrossedEvent>>,
    pub(crate) runs: Arc<Journal<ScheduleRun>>,
    pub(crate) checkpoints: Arc<Kept<Checkpoints>>,
    /// Held for as long as the cloud uses the folder.
    pub(crate) lock: Option<File>,
}

impl State {
    /// The state as it was left. Of mails, events and runs of schedules, the last `remembered` are kept.
    pub(crate) fn open(data: &Data, remembered: usize) -> Result<Self, StartError> {
        let folder = match data {
            Data::InMemory => None,
            Data::Folder(path) => Some(path.clone()),
        };
        let lock = folder.as_deref().map(lock).transpose()?;
        Self::read(folder, lock, remembered).map_err(|OpenError { path, error }| StartError::Corrupt { path, error })
    }

    fn read(folder: Option<PathBuf>, lock: Option<File>, remembered: usize) -> Result<Self, OpenError> {
        let at = folder.as_deref();
        Ok(Self {
            clock: Kept::open(at, "clock")?,
            tables: Kept::open(at, "tables")?,
            promised: Kept::open(at, "deliveries")?,
            letters: Kept::open(at, "queues")?,
            mails: Journal::open(at, "mailbox", remembered)?,
            history: Journal::open(at, "events", remembered)?,
            runs: Journal::open(at, "schedule-runs", remembered)?,
            checkpoints: Kept::open(at, "checkpoints")?,
            lock,
            folder,
        })
    }

    /// What writes it: how far the streams were read comes last.
    pub(crate) fn keeper(&self) -> Keeper {
        Keeper::new(vec![
            self.clock.clone(),
            self.tables.clone(),
            self.promised.clone(),
            self.letters.clone(),
            self.mails.clone(),
            self.history.clone(),
            self.runs.clone(),
            self.checkpoints.clone(),
        ])
    }
}

fn lock(folder: &Path) -> Result<File, StartError> {
    let unusable = |error| StartError::Folder { path: folder.to_owned(), error };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let file = File::create(folder.join("lock")).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StartError::FolderInUse(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}
