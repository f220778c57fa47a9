//! `GET /.well-known/jwks.json`: the public keys, for others who verify access tokens
//! ([RFC 7517, section 5](https://www.rfc-editor.org/rfc/rfc7517#section-5)).

use identity::PublicKey;
use runtime::{Problem, Route};
use serde::Serialize;
use service::{Anyone, Cacheable, Call, Endpoint, Need, Service};
use utoipa::ToSchema;

pub(crate) struct Jwks;

impl Endpoint for Jwks {
    const NAME: &'static str = "jwks";
    const ROUTE: Route = Route::get("/.well-known/jwks.json");
    const SUMMARY: &'static str = "Public keys";
    const DESCRIPTION: &'static str = "A key is here an hour before it signs its first token.";
    const NEEDS: &'static [Need] = &[Need::PublicKeys];

    type Access = Anyone;
    type Input = ();
    type Found = KeySet;
    type Output = Cacheable<KeySet>;

    async fn find(service: &Service, (): &(), (): &()) -> Result<KeySet, Problem> {
        Ok(KeySet { keys: service.public_keys().await?.iter().cloned().map(JsonWebKey::from).collect() })
    }

    async fn answer(_: Call<Anyone>, (): &(), keys: KeySet) -> Result<Self::Output, Problem> {
        Ok(Cacheable(keys))
    }
}

/// The keys that verify access tokens.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeySet {
    keys: Vec<JsonWebKey>,
}

/// An Ed25519 key ([RFC 8037, section 2](https://www.rfc-editor.org/rfc/rfc8037#section-2)).
#[derive(Serialize, ToSchema)]
pub(crate) struct JsonWebKey {
    kty: &'static str,
    crv: &'static str,
    alg: &'static str,
    #[serde(rename = "use")]
    used_for: &'static str,
    kid: String,
    x: String,
}

impl From<PublicKey> for JsonWebKey {
    fn from(PublicKey { id, x }: PublicKey) -> Self {
        Self { kty: "OKP", crv: "Ed25519", alg: "EdDSA", used_for: "sig", kid: id, x }
    }
}
