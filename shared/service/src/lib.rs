//! What a function works with: the store, the clock, the keys; and [`Endpoint`], which asks what every endpoint asks in the same way:
//! who is calling, may they, and has this been answered before.

mod acceptance;
mod access;
mod area;
mod business;
mod cached;
mod call;
mod caller;
mod consumer;
mod endpoint;
mod idempotency;
mod input;
mod limits;
pub mod openapi;
mod operation;
mod output;
mod target;

pub use acceptance::{Acceptance, AccountOpened};
pub use access::{
    Access, AnyStaff, Anyone, Calling, LoggedIn, LooksAfterEmployees, OfCustomer, RemovesEmployee, Staff, Visitor,
    permission,
};
pub use call::Call;
pub use caller::Caller;
pub use consumer::consumer;
pub use endpoint::{Endpoint, LookupOf, TargetOf, ask, function};
pub use idempotency::IdempotencyKey;
pub use input::{Body, Cursor, Input, PageRequest, ReadAs};
pub use output::{Accepted, Cacheable, Created, Either, Json, NoContent, Output, Page, Versioned, with_next_page};
pub use runtime::IfMatch;
pub use target::{NamesCustomer, PathParameter, Target};

#[doc(hidden)]
pub mod __private {
    //! What [`area!`](crate::area) writes into an area, which need not depend on it.
    pub use runtime::Function;
    pub use utoipa::OpenApi;
    pub use utoipa::openapi::OpenApi as Document;
}

use std::sync::Arc;

use aws::Aws;
use cached::Cached;
use decision::{Actor, Cause, Context};
use identity::{AccessTokens, PublicKey, SigningKey, TokenKeys};
use runtime::{Clock, Environment, Error, Problem};
use store::{KeyStore, Store};

/// What a function needs to have read before it answers: keys, and it may read no others, or what no password may be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To verify access tokens.
    PublicKeys,
    /// To sign access tokens.
    SigningKeys,
    /// To derive and read all other tokens, and to seal answers.
    TokenKeys,
    /// To judge passwords that people choose.
    BusinessName,
}

/// How often the scheduler goes round until Lambda's runtime has sent its request for the first event. Reading keys gives way to
/// that: the first event is on its way while the keys are.
const TURNS_OF_THE_RUNTIME: usize = 64;

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
    deployed_name: Option<String>,
    business_name: Cached<String>,
}

impl Service {
    /// Begins to read the keys that are needed: that makes the client of DynamoDB and opens its connection while Lambda still hands
    /// over the first event. A request that comes before they are there waits for them; what cannot be read now is read then.
    ///
    /// # Errors
    /// When the environment lacks something.
    pub fn start(environment: &Environment, needs: &[Need]) -> Result<Arc<Self>, Error> {
        Self::start_with(&Aws::new(environment)?, environment, needs)
    }

    /// The same with clients that the function has uses of its own for.
    ///
    /// # Errors
    /// When the environment lacks something.
    pub fn start_with(aws: &Aws, environment: &Environment, needs: &[Need]) -> Result<Arc<Self>, Error> {
        let client = aws.dynamodb();
        let holds_private_keys = needs.iter().any(|need| matches!(need, Need::SigningKeys | Need::TokenKeys));
        if needs.contains(&Need::BusinessName) {
            environment.require("BUSINESS_NAME")?;
        }
        let service = Arc::new(Self {
            store: Store::new(client.clone(), environment)?,
            clock: environment.clock.clone(),
            access_tokens: AccessTokens::new(environment.get("ISSUER").unwrap_or("clientele")),
            key_store: if holds_private_keys { Some(KeyStore::new(client, environment)?) } else { None },
            public_keys: Cached::default(),
            signing_keys: Cached::default(),
            token_keys: Cached::default(),
            deployed_name: environment.get("BUSINESS_NAME").map(ToOwned::to_owned),
            business_name: Cached::default(),
        });
        if !needs.is_empty() {
            tokio::spawn(service.clone().read_keys(needs.to_vec()));
        }
        Ok(service)
    }

    async fn read_keys(self: Arc<Self>, needs: Vec<Need>) {
        for _ in 0..TURNS_OF_THE_RUNTIME {
            tokio::task::yield_now().await;
        }
        for need in needs {
            let read = match need {
                Need::PublicKeys => self.public_keys().await.err(),
                Need::SigningKeys => self.signing_keys().await.err(),
                Need::TokenKeys => self.token_keys().await.err(),
                Need::BusinessName => self.business_name().await.err(),
            };
            if let Some(problem) = read {
                tracing::warn!(?need, %problem, "could not be read at start");
            }
        }
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

    /// The name of the business, as customers have known it for some minutes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn business_name(&self) -> Result<Arc<String>, Problem> {
        let read = async || Ok(Some(self.business().await?.business.name.as_str().to_owned()));
        self.business_name.get(self.clock.now(), read).await
    }

    fn key_store(&self) -> Result<&KeyStore, Problem> {
        self.key_store
            .as_ref()
            .ok_or_else(|| Problem::internal("the function was started without a need for private keys"))
    }
}
