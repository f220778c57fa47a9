//! Time to live, by the clock of the cloud: removes items that have expired, as DynamoDB does sooner or later.

use std::sync::Arc;
use std::time::Duration;

use dynoxide::Database;
use serde_json::{Map, Value, json};

use crate::clock::CloudClock;
use crate::streams::Streams;
use crate::template::Table;

/// How often items are looked for that have expired.
const INTERVAL: Duration = Duration::from_secs(60);

/// Removes what has expired.
pub(crate) struct Expiry {
    pub(crate) database: Database,
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
        let expired = json!({
            "TableName": table.name,
            "FilterExpression": "#expiry <= :now",
            "ExpressionAttributeNames": {"#expiry": attribute},
            "ExpressionAttributeValues": {":now": {"N": self.clock.now().as_second().to_string()}},
        });
        let mut page = expired.clone();
        loop {
            let found = serde_json::to_value(self.database.scan(serde_json::from_value(page)?)?)?;
            for item in found["Items"].as_array().into_iter().flatten() {
                self.remove(table, item, &expired)?;
            }
            if found["LastEvaluatedKey"].is_null() {
                return Ok(());
            }
            page = expired.clone();
            page["ExclusiveStartKey"] = found["LastEvaluatedKey"].clone();
        }
    }

    fn remove(&self, table: &Table, item: &Value, expired: &Value) -> Result<(), Box<dyn std::error::Error>> {
        let names = std::iter::once(&table.partition_key).chain(&table.sort_key);
        let key: Map<String, Value> = names.map(|name| (name.clone(), item[name].clone())).collect();
        let request = json!({
            "TableName": table.name,
            "Key": key,
            "ConditionExpression": expired["FilterExpression"],
            "ExpressionAttributeNames": expired["ExpressionAttributeNames"],
            "ExpressionAttributeValues": expired["ExpressionAttributeValues"],
        });
        self.database.delete_item(serde_json::from_value(request)?)?;
        self.streams.wake(&table.name);
        Ok(())
    }
}
