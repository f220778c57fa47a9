//! The keys: private ones in a table of their own, public ones beside the records.

use aws::Deferred;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem};
use decision::{Key, Place, Record};
use identity::{KeyRing, PublicKey, Rotation, SigningKey, TokenKey};
use runtime::{Environment, Error};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::item::{self, Item};
use crate::{CommitError, Store, StoreError};

const SIGNING: &str = "SIGNING";
const TOKEN: &str = "TOKEN";

/// All public keys, in one item, so that reading them takes one read unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct PublicKeys {
    revision: u64,
    keys: Vec<PublicKey>,
}

impl Record for PublicKeys {
    const KIND: &'static str = "PUBLIC_KEYS";

    fn key(&self) -> Key<Self> {
        public_keys()
    }
}

/// The table of private keys.
#[derive(Clone)]
pub struct KeyStore {
    client: Deferred<Client>,
    table: String,
    public: Store,
}

impl Store {
    /// The keys with which access tokens are verified.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn public_keys(&self) -> Result<Vec<PublicKey>, StoreError> {
        let found: Option<PublicKeys> = self.get(public_keys()).await?;
        Ok(found.unwrap_or_default().keys)
    }
}

impl KeyStore {
    /// The tables that `KEYS_TABLE_NAME` and `TABLE_NAME` name.
    ///
    /// # Errors
    /// When one of the variables is missing.
    pub fn new(client: Deferred<Client>, environment: &Environment) -> Result<Self, Error> {
        let public = Store::new(client.clone(), environment)?;
        Ok(Self { client, table: environment.require("KEYS_TABLE_NAME")?.to_owned(), public })
    }

    /// The keys that sign access tokens.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>, StoreError> {
        self.partition(SIGNING).await
    }

    /// The keys from which other tokens are derived.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn token_keys(&self) -> Result<Vec<TokenKey>, StoreError> {
        self.partition(TOKEN).await
    }

    /// All keys.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn key_ring(&self) -> Result<KeyRing, StoreError> {
        let public: Option<PublicKeys> = self.public.get(public_keys()).await?;
        let revision = public.unwrap_or_default().revision;
        Ok(KeyRing { signing: self.signing_keys().await?, token: self.token_keys().await?, revision })
    }

    /// Makes and forgets keys, and publishes the public ones, all at once, if the keys are still as they were read. When two do
    /// so at the same time, one of them is cancelled, which is well: the other's keys are there.
    ///
    /// # Errors
    /// [`CommitError`]
    pub async fn commit(&self, rotation: &Rotation) -> Result<(), CommitError> {
        let mut actions = Vec::new();
        if let Some(key) = &rotation.new_signing_key {
            actions.push(self.put_new(item::at(place(SIGNING, key.id.clone()), item::attributes(key)?))?);
        }
        if let Some(key) = &rotation.new_token_key {
            actions.push(self.put_new(item::at(place(TOKEN, number(key)), item::attributes(key)?))?);
        }
        for key in &rotation.old_signing_keys {
            actions.push(self.delete(SIGNING, key.id.clone())?);
        }
        for key in &rotation.old_token_keys {
            actions.push(self.delete(TOKEN, number(key))?);
        }
        actions.push(self.publish(rotation)?);
        let request = self.client.transact_write_items().set_transact_items(Some(actions));
        request.send().await.map_err(StoreError::of)?;
        Ok(())
    }

    fn publish(&self, rotation: &Rotation) -> Result<TransactWriteItem, StoreError> {
        let public = PublicKeys { revision: rotation.revision + 1, keys: rotation.public_keys.clone() };
        let put = Put::builder()
            .table_name(&self.public.table)
            .set_item(Some(item::at(public.key().into_place(), item::attributes(&public)?)))
            .condition_expression("attribute_not_exists(pk) OR revision = :revision")
            .expression_attribute_values(":revision", AttributeValue::N(rotation.revision.to_string()))
            .build()?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    async fn partition<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(name.to_owned()))
            .consistent_read(true)
            .send()
            .await
            .map_err(StoreError::of)?;
        Ok(serde_dynamo::from_items(answer.items.unwrap_or_default())?)
    }

    fn put_new(&self, item: Item) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = put.condition_expression("attribute_not_exists(pk)").build()?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    fn delete(&self, pk: &str, sk: String) -> Result<TransactWriteItem, StoreError> {
        let key = item::key(place(pk, sk));
        let delete = Delete::builder().table_name(&self.table).set_key(Some(key)).build()?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }
}

fn place(pk: &str, sk: String) -> Place {
    Place { pk: pk.to_owned(), sk }
}

fn public_keys() -> Key<PublicKeys> {
    Key::new(PublicKeys::KIND, PublicKeys::KIND)
}

/// Zero-padded, so that numbers sort.
fn number(key: &TokenKey) -> String {
    format!("{:05}", key.number)
}
