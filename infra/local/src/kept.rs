//! State that survives a restart: a value in memory, and a small file behind it.
//!
//! Files are written behind, all of them every few milliseconds, in an order in which a process that is killed makes things
//! happen again rather than not at all: what is still to be delivered is written before how far a stream was read.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// How often changes are written.
const INTERVAL: Duration = Duration::from_millis(20);

/// A value that is kept.
pub(crate) struct Kept<T> {
    value: Mutex<T>,
    changed: AtomicBool,
    file: Option<PathBuf>,
}

/// Something that can write itself to its file.
pub(crate) trait Flush: Send + Sync {
    fn flush(&self) -> io::Result<()>;
}

impl<T: Serialize + DeserializeOwned + Default> Kept<T> {
    /// The value as it was left in this folder, or the default. Without a folder it is kept in memory alone.
    pub(crate) fn open(folder: Option<&Path>, name: &str) -> io::Result<Arc<Self>> {
        let file = folder.map(|folder| folder.join(name).with_extension("json"));
        let value = match file.as_deref().map(std::fs::read) {
            Some(Ok(bytes)) => serde_json::from_slice(&bytes)?,
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => T::default(),
        };
        Ok(Arc::new(Self { value: Mutex::new(value), changed: AtomicBool::new(false), file }))
    }

    /// Whether there is a file behind it.
    pub(crate) fn has_file(&self) -> bool {
        self.file.is_some()
    }

    /// Looks at the value.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.lock())
    }

    /// Changes the value.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.lock());
        self.changed.store(true, Ordering::Release);
        result
    }
}

impl<T> Kept<T> {
    fn lock(&self) -> MutexGuard<'_, T> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Serialize + Send> Flush for Kept<T> {
    fn flush(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        if !self.changed.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&*self.lock())?;
        let draft = file.with_extension("new");
        std::fs::write(&draft, bytes)?;
        std::fs::rename(draft, file)
    }
}

/// Everything of a cloud that is kept, in the order in which it is written.
#[derive(Clone)]
pub(crate) struct Keeper(Arc<Vec<Arc<dyn Flush>>>);

impl Keeper {
    pub(crate) fn new(kept: Vec<Arc<dyn Flush>>) -> Self {
        Self(Arc::new(kept))
    }

    /// Writes what has changed.
    pub(crate) fn flush(&self) {
        for kept in self.0.iter() {
            if let Err(error) = kept.flush() {
                tracing::error!(%error, "state could not be written");
            }
        }
    }

    /// Writes what has changed, again and again.
    pub(crate) async fn run(self) {
        loop {
            tokio::time::sleep(INTERVAL).await;
            self.flush();
        }
    }
}
