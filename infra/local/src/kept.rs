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

/// A file that cannot be taken up again.
#[derive(Debug)]
pub(crate) struct OpenError {
    pub(crate) path: PathBuf,
    pub(crate) error: io::Error,
}

/// Something that can write itself to its file.
pub(crate) trait Flush: Send + Sync {
    fn flush(&self) -> io::Result<()>;
}

impl<T: Serialize + DeserializeOwned + Default> Kept<T> {
    /// The value as it was left in this folder, or the default. Without a folder it is kept in memory alone.
    pub(crate) fn open(folder: Option<&Path>, name: &str) -> Result<Arc<Self>, OpenError> {
        let file = folder.map(|folder| folder.join(name).with_extension("json"));
        let value = file.as_deref().map(read).transpose()?.flatten().unwrap_or_default();
        Ok(Arc::new(Self { value: Mutex::new(value), changed: AtomicBool::new(false), file }))
    }

    /// Looks at the value.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.lock())
    }

    /// Changes the value.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.lock();
        self.changed.store(true, Ordering::Release);
        change(&mut value)
    }
}

impl<T> Kept<T> {
    fn lock(&self) -> MutexGuard<'_, T> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Serialize + Send> Flush for Kept<T> {
    /// The value stays locked until it is written, so that whoever finds nothing to write can rely on the file.
    fn flush(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let value = self.lock();
        if !self.changed.load(Ordering::Acquire) {
            return Ok(());
        }
        let draft = file.with_extension("new");
        std::fs::write(&draft, serde_json::to_vec(&*value)?)?;
        std::fs::rename(draft, file)?;
        self.changed.store(false, Ordering::Release);
        Ok(())
    }
}

/// The value in a file, if there is one.
fn read<T: DeserializeOwned>(file: &Path) -> Result<Option<T>, OpenError> {
    let read = match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::from),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => Err(error),
    };
    read.map(Some).map_err(|error| OpenError { path: file.to_owned(), error })
}

/// Everything of a cloud that is kept, in the order in which it is written.
#[derive(Clone)]
pub(crate) struct Keeper(Arc<Vec<Arc<dyn Flush>>>);

impl Keeper {
    pub(crate) fn new(kept: Vec<Arc<dyn Flush>>) -> Self {
        Self(Arc::new(kept))
    }

    /// Writes what has changed, and returns whether all of it could be written.
    pub(crate) fn flush(&self) -> bool {
        let mut complete = true;
        for kept in self.0.iter() {
            if let Err(error) = kept.flush() {
                tracing::error!(%error, "state could not be written");
                complete = false;
            }
        }
        complete
    }

    /// Writes what has changed, again and again.
    pub(crate) async fn run(self) {
        loop {
            tokio::time::sleep(INTERVAL).await;
            self.flush();
        }
    }
}
