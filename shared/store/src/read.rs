//! Reads by key: one round trip, however many records.

use std::time::Duration;

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use decision::{Key, Record};

use crate::commit::jittered;
use crate::item::{self, Item};
use crate::{Store, StoreError};

/// [What DynamoDB takes](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html).
const LARGEST_BATCH: usize = 100;

/// How often a batch is asked for, in all, while DynamoDB leaves keys unprocessed.
const ATTEMPTS: u32 = 8;

/// The longest pause before the second attempt; each further one doubles it.
const FIRST_WAIT: Duration = Duration::from_millis(10);

/// Two to six keys, and the records that lie there.
pub trait Keys {
    /// The records, each if it exists.
    type Records;
    /// The keys as DynamoDB wants them.
    fn keys(&self) -> Vec<Item>;
    /// Picks the records from what was found.
    ///
    /// # Errors
    /// [`StoreError::Malformed`]
    fn pick(self, found: &[Item]) -> Result<Self::Records, StoreError>;
}

/// A key, or none where nothing is to be read.
pub trait Lookup {
    /// The kind of record that lies there.
    type Record: Record;
    /// The key.
    fn key(self) -> Option<Key<Self::Record>>;
    /// The key as DynamoDB wants it.
    fn as_item(&self) -> Option<Item>;
}

impl<T: Record> Lookup for Key<T> {
    type Record = T;
    fn key(self) -> Option<Key<T>> {
        Some(self)
    }
    fn as_item(&self) -> Option<Item> {
        Some(item::key(self.place().clone()))
    }
}

impl<T: Record> Lookup for Option<Key<T>> {
    type Record = T;
    fn key(self) -> Self {
        self
    }
    fn as_item(&self) -> Option<Item> {
        self.as_ref().and_then(Lookup::as_item)
    }
}

fn pick<L: Lookup>(lookup: L, found: &[Item]) -> Result<Option<L::Record>, StoreError> {
    let Some(key) = lookup.key() else { return Ok(None) };
    let place = key.into_place();
    let (pk, sk) = (AttributeValue::S(place.pk), AttributeValue::S(place.sk));
    let position = found.iter().position(|item| item.get("pk") == Some(&pk) && item.get("sk") == Some(&sk));
    position.map(|position| item::read(found[position].clone())).transpose()
}

macro_rules! tuples {
    ($(($($name:ident . $index:tt),+);)*) => {$(
        impl<$($name: Lookup),+> Keys for ($($name,)+) {
            type Records = ($(Option<$name::Record>,)+);
            fn keys(&self) -> Vec<Item> {
                [$(self.$index.as_item()),+].into_iter().flatten().collect()
            }
            fn pick(self, found: &[Item]) -> Result<Self::Records, StoreError> {
                Ok(($(pick(self.$index, found)?,)+))
            }
        }
    )*};
}

tuples! {
    (A.0, B.1);
    (A.0, B.1, C.2);
    (A.0, B.1, C.2, D.3);
    (A.0, B.1, C.2, D.3, E.4);
    (A.0, B.1, C.2, D.3, E.4, F.5);
}

impl Store {
    /// A record, as it is after every write that was acknowledged before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn get<T: Record>(&self, key: Key<T>) -> Result<Option<T>, StoreError> {
        let request = self.client.get_item().table_name(&self.table).set_key(key.as_item()).consistent_read(true);
        let answer = request.send().await.map_err(StoreError::of)?;
        answer.item.map(item::read).transpose()
    }

    /// Several records in one round trip, each as it is after every write that was acknowledged before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn get_all<K: Keys>(&self, keys: K) -> Result<K::Records, StoreError> {
        let found = self.batch(keys.keys()).await?;
        keys.pick(&found)
    }

    /// Records of one kind in the order of their keys, in one round trip for each hundred; those that do not exist are left out.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn get_many<T: Record>(&self, keys: Vec<Key<T>>) -> Result<Vec<T>, StoreError> {
        let found = self.batch(keys.iter().filter_map(Lookup::as_item).collect()).await?;
        keys.into_iter().filter_map(|key| pick(key, &found).transpose()).collect()
    }

    async fn batch(&self, keys: Vec<Item>) -> Result<Vec<Item>, StoreError> {
        let mut wanted: Vec<Item> = Vec::new();
        for key in keys {
            // DynamoDB refuses to be asked for the same item twice.
            if !wanted.contains(&key) {
                wanted.push(key);
            }
        }
        let mut found = Vec::new();
        for keys in wanted.chunks(LARGEST_BATCH) {
            found.append(&mut self.get_batch(keys.to_vec()).await?);
        }
        Ok(found)
    }

    /// Items by up to a hundred keys. Keys that DynamoDB leaves unprocessed are asked for again a few times, with growing pauses
    /// ([as it wants it](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html)).
    async fn get_batch(&self, mut keys: Vec<Item>) -> Result<Vec<Item>, StoreError> {
        let mut found = Vec::new();
        let mut wait = FIRST_WAIT;
        for attempt in 1..=ATTEMPTS {
            let request = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build()?;
            let answer = self.client.batch_get_item().request_items(&self.table, request).send().await;
            let answer = answer.map_err(StoreError::of)?;
            found.extend(answer.responses.unwrap_or_default().remove(&self.table).unwrap_or_default());
            let unprocessed = answer.unprocessed_keys.unwrap_or_default().remove(&self.table);
            keys = unprocessed.map(|unprocessed| unprocessed.keys).unwrap_or_default();
            if keys.is_empty() {
                return Ok(found);
            }
            if attempt < ATTEMPTS {
                tracing::warn!(attempt, unprocessed = keys.len(), "DynamoDB left keys unprocessed");
                tokio::time::sleep(jittered(wait)).await;
                wait *= 2;
            }
        }
        Err(StoreError::Unprocessed(keys.len()))
    }

    /// All records of a kind in a partition, in the order of their keys.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn all_in<T: Record>(&self, partition: String) -> Result<Vec<T>, StoreError> {
        self.all(self.under::<T>(partition)).await
    }

    /// Some records of a kind in a partition, after the one that lies at `after` if there is one, and whether more follow.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn page_in<T: Record>(
        &self,
        partition: String,
        after: Option<Key<T>>,
        limit: u32,
    ) -> Result<(Vec<T>, bool), StoreError> {
        self.page(self.under::<T>(partition), after.as_item(), limit).await
    }

    /// A query for the records of one kind in a partition, as they are after every write that was acknowledged before.
    pub(crate) fn under<T: Record>(&self, partition: String) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", AttributeValue::S(partition))
            .expression_attribute_values(":prefix", AttributeValue::S(format!("{}#", T::KIND)))
            .consistent_read(true)
    }

    /// What a query finds after the key `after`, and whether more follows.
    pub(crate) async fn page<T: Record>(
        &self,
        query: QueryFluentBuilder,
        after: Option<Item>,
        limit: u32,
    ) -> Result<(Vec<T>, bool), StoreError> {
        let query = query.set_exclusive_start_key(after).limit(i32::try_from(limit).unwrap_or(i32::MAX));
        let answer = query.send().await.map_err(StoreError::of)?;
        let records = answer.items.unwrap_or_default().into_iter().map(item::read).collect::<Result<_, _>>()?;
        Ok((records, answer.last_evaluated_key.is_some()))
    }

    async fn all<T: Record>(&self, query: QueryFluentBuilder) -> Result<Vec<T>, StoreError> {
        let mut records = Vec::new();
        let mut start = None;
        loop {
            let answer = query.clone().set_exclusive_start_key(start).send().await.map_err(StoreError::of)?;
            for item in answer.items.unwrap_or_default() {
                records.push(item::read(item)?);
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(records);
            }
        }
    }
}
