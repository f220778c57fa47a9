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

#[cfg(test)]
mod tests {
    use dynoxide::Database;
    use serde_json::json;

    use super::*;
    use crate::database::{self, Opened};
    use crate::options::Data;
    use crate::state::State;

    /// How the database itself asks for the next number, and for the next records (version 3.2.0).
    const ASKED_BY_THE_DATABASE: [&str; 2] = [
        "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1",
        "SELECT event_name, keys_json, new_image, old_image, sequence_number, created_at, user_identity, event_id \
         FROM _stream_records \
         WHERE table_name = ?1 AND shard_id = ?2 AND CAST(sequence_number AS INTEGER) > ?3 \
         ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?4",
    ];

    fn table() -> Table {
        Table {
            name: "main".to_owned(),
            partition_key: "pk".to_owned(),
            sort_key: None,
            indexes: Vec::new(),
            expiry: Some("expiresAt".to_owned()),
            creation: json!({
                "TableName": "main",
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                "BillingMode": "PAY_PER_REQUEST",
                "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
            }),
        }
    }

    fn open() -> Opened {
        let state = State::open(&Data::InMemory, 10).unwrap();
        database::open(&state, &[table()]).unwrap()
    }

    fn put(database: &Database, id: usize, expires_at: usize) {
        let item = json!({"pk": {"S": id.to_string()}, "expiresAt": {"N": expires_at.to_string()}});
        database.put_item(serde_json::from_value(json!({"TableName": "main", "Item": item})).unwrap()).unwrap();
    }

    /// How many steps SQLite takes for a statement about the newest records and the items that expire first.
    fn steps(connection: &Connection, sql: &str) -> i32 {
        let newest = "SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records";
        let newest: i64 = connection.query_row(newest, [], |row| row.get(0)).unwrap();
        let mut statement = connection.prepare(sql).unwrap();
        let parameters: Vec<rusqlite::types::Value> = match statement.parameter_count() {
            1 => vec!["main".to_owned().into()],
            4 => {
                let shard = dynoxide::streams::shard_id("main");
                vec!["main".to_owned().into(), shard.into(), (newest - 1).into(), 1000.into()]
            }
            _ if sql.contains("_stream_records") => vec!["main".to_owned().into(), newest.into()],
            _ => vec![1000.into(), 10.into()],
        };
        let mut rows = statement.query(rusqlite::params_from_iter(parameters)).unwrap();
        while rows.next().unwrap().is_some() {}
        drop(rows);
        statement.get_status(rusqlite::StatementStatus::VmStep)
    }

    #[test]
    fn a_full_database_takes_as_many_steps_as_an_empty_one() {
        let Opened { database, upkeep } = open();
        let expired = expired("main", "expiresAt");
        let statements: Vec<&str> = ASKED_BY_THE_DATABASE.into_iter().chain([CHANGED, &expired]).collect();
        let steps = || statements.iter().map(|sql| steps(&upkeep.connection(), sql)).collect::<Vec<_>>();
        (0..50).for_each(|id| put(&database, id, 1000 + id));
        let empty = steps();
        (50..2000).for_each(|id| put(&database, id, 1000 + id));
        for ((sql, empty), full) in statements.iter().zip(empty).zip(steps()) {
            assert!(f64::from(full) <= 1.2 * f64::from(empty), "{full} steps instead of {empty}: {sql}");
        }
    }

    #[test]
    fn trimming_takes_as_many_steps_as_there_are_records_to_delete() {
        let Opened { database, upkeep } = open();
        (0..50).for_each(|id| put(&database, id, 1));
        let some = steps(&upkeep.connection(), TRIM);
        (50..2000).for_each(|id| put(&database, id, 1));
        let many = steps(&upkeep.connection(), TRIM);
        assert!(f64::from(many) <= 1.2 * f64::from(some) * 1950.0 / 49.0, "{many} steps instead of {some}");
        assert_eq!(upkeep.stream_records().unwrap(), 1);
    }

    #[test]
    fn a_trimmed_stream_goes_on_with_higher_numbers() {
        let Opened { database, upkeep } = open();
        let records = |after: &str| {
            let request = json!({
                "StreamArn": dynoxide::streams::stream_arn("main", "x"),
                "ShardId": dynoxide::streams::shard_id("main"),
                "ShardIteratorType": if after.is_empty() { "TRIM_HORIZON" } else { "AFTER_SEQUENCE_NUMBER" },
            });
            let mut request: dynoxide::actions::get_shard_iterator::GetShardIteratorRequest =
                serde_json::from_value(request).unwrap();
            request.sequence_number = Some(after.to_owned()).filter(|after| !after.is_empty());
            let shard_iterator = database.get_shard_iterator(request).unwrap().shard_iterator.unwrap();
            let request = dynoxide::actions::get_records::GetRecordsRequest { shard_iterator, limit: None };
            let records = database.get_records(request).unwrap().records;
            records.into_iter().map(|record| record.dynamodb.sequence_number).collect::<Vec<_>>()
        };
        (0..100).for_each(|id| put(&database, id, 1));
        let before = records("");
        assert_eq!(upkeep.trim("main", &before[99]).unwrap(), 99);
        assert_eq!(upkeep.stream_records().unwrap(), 1);
        put(&database, 100, 1);
        let after = records(&before[99]);
        assert_eq!(after.len(), 1);
        assert!(after[0] > before[99]);
        assert_eq!(records(&before[3]).len(), 2, "a reader that stands further back goes on with what is left");
    }

    #[test]
    fn what_has_expired_is_found_the_oldest_first() {
        let Opened { database, upkeep } = open();
        (0..50).for_each(|id| put(&database, id, 1000 - id));
        let found = upkeep.expired("main", "expiresAt", 960, 5).unwrap();
        let ids: Vec<&str> = found.iter().map(|item| item["pk"]["S"].as_str().unwrap()).collect();
        assert_eq!(ids, ["49", "48", "47", "46", "45"]);
        assert_eq!(upkeep.expired("main", "expiresAt", 960, 50).unwrap().len(), 10);
        assert!(upkeep.expired("main", "expiresAt", 900, 50).unwrap().is_empty());
    }
}
