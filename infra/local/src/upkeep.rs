//! Upkeep of the embedded database, in SQL on a connection of its own.
//!
//! The database numbers the records of a stream and finds those to be read next without an index, never forgets one, and does not
//! know which items have expired. Each of these costs more with every item stored. Here it gets the indexes it lacks, loses the
//! stream records that nobody needs any more, and is asked for what has expired.
//!
//! The statements know the tables of the one version of the database that Cargo.toml pins. In return the cloud costs the same full
//! as empty, which `cargo run -p measure -- fill` shows.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, params};
use serde_json::Value;

use crate::template::Table;

/// How long a statement waits for the database's own connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// The order of the records in each stream.
const STREAM_ORDER: &str = "CREATE INDEX IF NOT EXISTS \"upkeep::stream-order\" ON _stream_records \
                            (table_name, CAST(sequence_number AS INTEGER))";

/// Deletes the records of a stream up to a sequence number.
const TRIM: &str = "DELETE FROM _stream_records WHERE table_name = ?1 AND CAST(sequence_number AS INTEGER) < ?2";

/// The changes of a table since a sequence number, the first one first. The numbers count microseconds since 1970.
const CHANGED: &str = "SELECT keys_json, old_image FROM _stream_records \
                       WHERE table_name = ?1 AND CAST(sequence_number AS INTEGER) >= ?2 \
                       ORDER BY CAST(sequence_number AS INTEGER)";

/// What sequence numbers are counted from where they are shown, so that all have 21 digits.
const FIRST_SHOWN: u128 = 100_000_000_000_000_000_000;

/// A second connection to the embedded database.
pub(crate) struct Upkeep(Mutex<Connection>);

impl Upkeep {
    /// Connects to a database, by its path or its [URI](https://sqlite.org/uri.html), and adds the indexes that it lacks.
    pub(crate) fn open(location: &str, tables: &[Table]) -> rusqlite::Result<Self> {
        let connection = Connection::open(location)?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch(STREAM_ORDER)?;
        for table in tables {
            if let Some(attribute) = &table.expiry {
                connection.execute_batch(&expiry_index(&table.name, attribute))?;
            }
        }
        Ok(Self(Mutex::new(connection)))
    }

    /// Deletes the records of a table's stream that precede a sequence number, and returns how many they were.
    pub(crate) fn trim(&self, table: &str, before: &str) -> rusqlite::Result<usize> {
        let Some(before) = stored(before) else { return Ok(0) };
        self.connection().execute(TRIM, params![table, before])
    }

    /// How many records the streams of all tables hold.
    pub(crate) fn stream_records(&self) -> rusqlite::Result<usize> {
        self.connection().query_row("SELECT COUNT(*) FROM _stream_records", [], |row| row.get(0))
    }

    /// Up to `most` items of a table that have expired by `now` (in seconds since 1970), as DynamoDB JSON.
    pub(crate) fn expired(&self, table: &str, attribute: &str, now: i64, most: usize) -> rusqlite::Result<Vec<Value>> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(&expired(table, attribute))?;
        let items = statement.query_map(params![now, most], |row| row.get(0))?;
        items.collect()
    }

    /// The items of a table that have changed since a moment (in microseconds since 1970), as they were then, by their keys; `None`
    /// for those that did not exist.
    pub(crate) fn images_at(&self, table: &str, moment: i64) -> rusqlite::Result<BTreeMap<String, Option<Value>>> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(CHANGED)?;
        let mut rows = statement.query(params![table, moment])?;
        let mut images = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let key: Value = row.get(0)?;
            let image: Option<Value> = row.get(1)?;
            images.entry(key.to_string()).or_insert(image);
        }
        Ok(images)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A sequence number as the database stores it.
fn stored(shown: &str) -> Option<i64> {
    i64::try_from(shown.parse::<u128>().ok()?.checked_sub(FIRST_SHOWN)?).ok()
}

/// The items of a table that expire, by when.
fn expiry_index(table: &str, attribute: &str) -> String {
    let (name, table, expiry) = (quoted(&format!("upkeep::expiry::{table}")), quoted(table), expiry(attribute));
    format!("CREATE INDEX IF NOT EXISTS {name} ON {table} ({expiry}) WHERE {expiry} IS NOT NULL")
}

fn expired(table: &str, attribute: &str) -> String {
    let (table, expiry) = (quoted(table), expiry(attribute));
    format!("SELECT item_json FROM {table} WHERE {expiry} IS NOT NULL AND {expiry} <= ?1 ORDER BY {expiry} LIMIT ?2")
}

/// When an item expires: NULL if it has no such attribute, or one that is no number.
fn expiry(attribute: &str) -> String {
    let path = format!("$.\"{attribute}\".N").replace('\'', "''");
    format!("CAST(json_extract(item_json, '{path}') AS INTEGER)")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
