//! Time to live, by the clock of the cloud: removes items that have expired, as DynamoDB does sooner or later.

use std::sync::Arc;
use std::time::Duration;

use dynoxide::{Database, DynoxideError};
use serde_json::{Map, Value, json};

use crate::clock::CloudClock;
use crate::streams::Streams;
use crate::template::Table;
use crate::upkeep::Upkeep;

/// How often items are looked for that have expired.
const INTERVAL: Duration = Duration::from_secs(60);

/// How many items are looked up at once.
const PAGE: usize = 100;

/// Removes what has expired.
pub(crate) struct Expiry {
    pub(crate) database: Database,
    pub(crate) upkeep: Arc<Upkeep>,
    pub(crate) tables: Vec<Table>,
    pub(crate) clock: CloudClock,
    pub(crate) streams: Arc<Streams>,
}

impl Expiry {
    /// Removes what has expired, for as long as the cloud lasts.
    pub(crate) async fn keep_running(self: Arc<Self>) {
        loop {
            tokio::time::sleep(INTERVAL).await;
            self.run();
        }
    }

    /// Removes what has expired by now.
    pub(crate) fn run(&self) {
        for table in &self.tables {
            if let Some(attribute) = &table.expiry
                && let Err(error) = self.run_on(table, attribute)
            {
                tracing::warn!(table = table.name, %error, "expired items could not be removed");
            }
        }
    }

    fn run_on(&self, table: &Table, attribute: &str) -> Result<(), Box<dyn std::error::Error>> {
        let now = self.clock.now().as_second();
        loop {
            let expired = self.upkeep.expired(&table.name, attribute, now, PAGE)?;
            let mut removed = 0;
            for item in &expired {
                removed += usize::from(self.remove(table, item, attribute, now)?);
            }
            if expired.len() < PAGE || removed == 0 {
                return Ok(());
            }
        }
    }

    /// Removes an item, unless it was given more time since, and returns whether it did.
    fn remove(
        &self,
        table: &Table,
        item: &Value,
        attribute: &str,
        now: i64,
    ) -> Result<bool, Box<dyn std::error::Error>> {
        let names = std::iter::once(&table.partition_key).chain(&table.sort_key);
        let key: Map<String, Value> = names.map(|name| (name.clone(), item[name].clone())).collect();
        let request = json!({
            "TableName": table.name,
            "Key": key,
            "ConditionExpression": "#expiry <= :now",
            "ExpressionAttributeNames": {"#expiry": attribute},
            "ExpressionAttributeValues": {":now": {"N": now.to_string()}},
        });
        match self.database.delete_item(serde_json::from_value(request)?) {
            Err(DynoxideError::ConditionalCheckFailedException(..)) => return Ok(false),
            outcome => outcome?,
        };
        self.streams.wake(&table.name);
        Ok(true)
    }
}
