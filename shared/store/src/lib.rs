//! The DynamoDB tables: how records are keyed, read and written.
//!
//! Every write goes through one door, [`Store::commit`]: a decision becomes one `TransactWriteItems`, so its records, events and
//! messages are stored together or not at all. Every read names the access pattern it serves; docs/ARCHITECTURE.md lists them
//! all. There is no scan.

mod commit;
mod due;
mod error;
mod expression;
mod history;
mod idempotency_record;
mod item;
mod keys;
mod limit;
mod list;
mod read;

pub use commit::{Answered, CommitError, Refusal, retry_on_conflict};
pub use due::{DueItem, DuePosition};
pub use error::StoreError;
pub use history::HistoryPage;
pub use idempotency_record::IdempotencyRecord;
pub use item::streamed;
pub use keys::KeyStore;
pub use limit::Counter;
pub use list::{ListPage, ListPlace};
pub use read::{Keys, Lookup};

use aws::Deferred;
use aws_sdk_dynamodb::Client;
use runtime::{Environment, Error};

/// The table in which everything but the private keys is kept.
#[derive(Clone)]
pub struct Store {
    client: Deferred<Client>,
    table: String,
}

impl Store {
    /// The table that `TABLE_NAME` names.
    ///
    /// # Errors
    /// When the variable is missing.
    pub fn new(client: Deferred<Client>, environment: &Environment) -> Result<Self, Error> {
        Ok(Self { client, table: environment.require("TABLE_NAME")?.to_owned() })
    }
}
