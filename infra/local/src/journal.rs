//! What has happened lately: the newest entries of a list in memory, and a file behind them that each new one is appended to.
//!
//! The file holds one entry a line. It is written anew when it holds twice as many as are kept, so that an entry costs the same
//! whether it is the hundredth or the millionth.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::kept::{Flush, OpenError};

/// A list of which the newest entries are kept.
pub(crate) struct Journal<T> {
    entries: Mutex<Entries<T>>,
    most: usize,
    file: Option<PathBuf>,
}

struct Entries<T> {
    kept: VecDeque<T>,
    /// How many of those kept, counted from the newest, are not in the file yet.
    unwritten: usize,
    /// How many entries the file holds. `None` if it has to be written anew.
    in_file: Option<usize>,
}

impl<T: Serialize + DeserializeOwned> Journal<T> {
    /// The list as it was left in this folder, or an empty one. Without a folder it is kept in memory alone.
    pub(crate) fn open(folder: Option<&Path>, name: &str, most: usize) -> Result<Arc<Self>, OpenError> {
        let file = folder.map(|folder| folder.join(name).with_extension("jsonl"));
        let mut kept = file.as_deref().map(read).transpose()?.unwrap_or_default();
        let in_file = Some(kept.len());
        kept.drain(..kept.len().saturating_sub(most));
        Ok(Arc::new(Self { entries: Mutex::new(Entries { kept, unwritten: 0, in_file }), most, file }))
    }

    /// Adds an entry.
    pub(crate) fn push(&self, entry: T) {
        let mut entries = self.lock();
        entries.kept.push_back(entry);
        entries.unwritten += 1;
        while entries.kept.len() > self.most {
            entries.kept.pop_front();
        }
        entries.unwritten = entries.unwritten.min(entries.kept.len());
    }

    /// Looks at the entries, the oldest first.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&VecDeque<T>) -> R) -> R {
        look(&self.lock().kept)
    }

    /// Forgets all entries.
    pub(crate) fn clear(&self) {
        *self.lock() = Entries { kept: VecDeque::new(), unwritten: 0, in_file: None };
    }
}

impl<T: Clone + Serialize + DeserializeOwned> Journal<T> {
    /// All entries, the newest first.
    pub(crate) fn newest_first(&self) -> Vec<T> {
        self.read(|entries| entries.iter().rev().cloned().collect())
    }
}

impl<T> Journal<T> {
    fn lock(&self) -> MutexGuard<'_, Entries<T>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Serialize + Send> Flush for Journal<T> {
    fn flush(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut entries = self.lock();
        let appended =
            entries.in_file.map(|in_file| in_file + entries.unwritten).filter(|lines| *lines <= 2 * self.most);
        match appended {
            Some(_) if entries.unwritten == 0 => return Ok(()),
            Some(_) => {
                let new = lines(entries.kept.iter().skip(entries.kept.len() - entries.unwritten))?;
                File::options().create(true).append(true).open(file)?.write_all(&new)?;
            }
            None => {
                let draft = file.with_extension("new");
                std::fs::write(&draft, lines(entries.kept.iter())?)?;
                std::fs::rename(draft, file)?;
            }
        }
        entries.in_file = Some(appended.unwrap_or(entries.kept.len()));
        entries.unwritten = 0;
        Ok(())
    }
}

fn lines<'entries, T: Serialize + 'entries>(entries: impl Iterator<Item = &'entries T>) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for entry in entries {
        serde_json::to_writer(&mut lines, entry)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// The entries in a file. A last line without an end was being written when the process was killed, and is left out.
fn read<T: DeserializeOwned>(file: &Path) -> Result<VecDeque<T>, OpenError> {
    let failed = |error| OpenError { path: file.to_owned(), error };
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(VecDeque::new()),
        Err(error) => return Err(failed(error)),
    };
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let entry = |(number, line)| {
        serde_json::from_str(line).map_err(|error| {
            failed(io::Error::new(io::ErrorKind::InvalidData, format!("line {}: {error}", number + 1)))
        })
    };
    whole.lines().enumerate().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("clientele-{name}-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn entries(journal: &Journal<u32>) -> Vec<u32> {
        journal.read(|entries| entries.iter().copied().collect())
    }

    fn lines_in(folder: &Path) -> usize {
        std::fs::read_to_string(folder.join("numbers.jsonl")).unwrap().lines().count()
    }

    #[test]
    fn the_newest_entries_are_there_after_a_restart_and_the_file_stays_small() {
        let folder = folder("journal");
        let journal = Journal::open(Some(&folder), "numbers", 10).unwrap();
        for number in 0..1000 {
            journal.push(number);
            journal.flush().unwrap();
            assert!(lines_in(&folder) <= 20);
        }
        let reopened: Arc<Journal<u32>> = Journal::open(Some(&folder), "numbers", 10).unwrap();
        assert_eq!(entries(&reopened), (990..1000).collect::<Vec<u32>>());
        reopened.clear();
        reopened.push(7);
        reopened.flush().unwrap();
        assert_eq!(entries(&Journal::open(Some(&folder), "numbers", 10).unwrap()), [7]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_line_cut_off_at_the_end_is_left_out_and_a_corrupt_one_is_named() {
        let folder = folder("journal-corrupt");
        let file = folder.join("numbers.jsonl");
        std::fs::write(&file, "1\n2\n3").unwrap();
        let journal: Arc<Journal<u32>> = Journal::open(Some(&folder), "numbers", 10).unwrap();
        assert_eq!(entries(&journal), [1, 2]);
        std::fs::write(&file, "1\nx\n3\n").unwrap();
        let error = Journal::<u32>::open(Some(&folder), "numbers", 10).err().unwrap();
        assert_eq!(error.path, file);
        assert!(error.error.to_string().starts_with("line 2: "), "{}", error.error);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
