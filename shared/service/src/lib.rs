//! What a function works with: the store, the clock, the keys, and the two questions that every endpoint asks in the same way,
//! [who is calling](Service::caller) and [has this been answered before](Once).

mod building;
mod cached;
mod caller;
mod once;

pub use building::{consumer, endpoint};
pub use caller::Caller;
pub use once::Once;

use std::sync::Arc;

use aws::Aws;
use cached::Cached;
use domain::{Actor, Cause, Context};
use identity::{AccessTokens, PublicKey, SigningKey, TokenKeys};
use runtime::{Clock, Environment, Error, Problem};
use store::{KeyStore, Store};

/// Keys that a function needs. It may read no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To verify access tokens.
    PublicKeys,
    /// To sign access tokens.
    SigningKeys,
    /// To derive and read all other tokens, and to seal answers.
    TokenKeys,
}

/// What a function works with.
pub struct Service {
    /// The table.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    access_tokens: AccessTokens,
    key_store: Option<KeyStore>,
    public_keys: Cached<Vec<PublicKey>>,
    signing_keys: Cached<Vec<SigningKey>>,
    token_keys: Cached<TokenKeys>,
}

impl Service {
    /// Prepares clients, and reads the keys that are needed: that opens the connection to DynamoDB before the first request. Keys
    /// that cannot be read now are read with the first request.
    ///
    /// # Errors
    /// When the environment lacks something.
    pub async fn start(environment: &Environment, needs: &[Need]) -> Result<Arc<Self>, Error> {
        let client = Aws::new(environment)?.dynamodb();
        let holds_private_keys = needs.iter().any(|need| *need != Need::PublicKeys);
        let service = Self {
            store: Store::new(client.clone(), environment)?,
            clock: environment.clock.clone(),
            access_tokens: AccessTokens::new(environment.get("ISSUER").unwrap_or("clientele")),
            key_store: if holds_private_keys { Some(KeyStore::new(client, environment)?) } else { None },
            public_keys: Cached::default(),
            signing_keys: Cached::default(),
            token_keys: Cached::default(),
        };
        for need in needs {
            let read = match need {
                Need::PublicKeys => service.public_keys().await.err(),
                Need::SigningKeys => service.signing_keys().await.err(),
                Need::TokenKeys => service.token_keys().await.err(),
            };
            if let Some(problem) = read {
                tracing::warn!(?need, %problem, "keys could not be read at start");
            }
        }
        Ok(Arc::new(service))
    }

    /// The circumstances of a decision.
    pub fn context(&self, actor: Actor, cause: Cause) -> Context {
        Context::new(self.clock.now(), actor, cause, runtime::seed())
    }

    /// Makes and reads access tokens.
    pub fn access_tokens(&self) -> &AccessTokens {
        &self.access_tokens
    }

    /// The keys that verify access tokens.
    ///
    /// # Errors
    /// When they cannot be read, or there are none yet.
    pub async fn public_keys(&self) -> Result<Arc<Vec<PublicKey>>, Problem> {
        let read = async || Ok(Some(self.store.public_keys().await?).filter(|keys| !keys.is_empty()));
        self.public_keys.get(self.clock.now(), read).await
    }

    /// The keys that sign access tokens.
    ///
    /// # Errors
    /// When they cannot be read, or there are none yet.
    pub async fn signing_keys(&self) -> Result<Arc<Vec<SigningKey>>, Problem> {
        let read = async || Ok(Some(self.key_store()?.signing_keys().await?).filter(|keys| !keys.is_empty()));
        self.signing_keys.get(self.clock.now(), read).await
    }

    /// The keys that derive and read all other tokens.
    ///
    /// # Errors
    /// When they cannot be read, or there are none yet.
    pub async fn token_keys(&self) -> Result<Arc<TokenKeys>, Problem> {
        let read = async || Ok(TokenKeys::new(self.key_store()?.token_keys().await?, self.clock.now()));
        self.token_keys.get(self.clock.now(), read).await
    }

    fn key_store(&self) -> Result<&KeyStore, Problem> {
        self.key_store
            .as_ref()
            .ok_or_else(|| Problem::internal("the function was started without a need for private keys"))
    }
}
