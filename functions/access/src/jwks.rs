//! `GET /.well-known/jwks.json`: the public keys, for others who verify access tokens
//! ([RFC 7517, section 5](https://www.rfc-editor.org/rfc/rfc7517#section-5)).

use std::sync::Arc;

use identity::PublicKey;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode, header};
use serde::Serialize;
use service::{Need, Service};
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "jwks",
    routes: &[Route::get("/.well-known/jwks.json")],
    build: |environment| service::open_endpoint(environment, &[Need::PublicKeys], jwks),
};

/// A set of keys.
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

/// Public keys
///
/// A key is here an hour before it signs its first token.
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    tag = "access",
    responses(
        (status = 200, description = "The keys that verify access tokens", body = KeySet),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn jwks(service: Arc<Service>, _request: Request) -> Result<Answer, Problem> {
    let keys = service.public_keys().await?.iter().map(json_web_key).collect();
    let for_minutes = header::HeaderValue::from_static("public, max-age=300");
    Ok(Answer::json(StatusCode::OK, &KeySet { keys }).with(header::CACHE_CONTROL, for_minutes))
}

fn json_web_key(key: &PublicKey) -> JsonWebKey {
    let PublicKey { id, x } = key.clone();
    JsonWebKey { kty: "OKP", crv: "Ed25519", alg: "EdDSA", used_for: "sig", kid: id, x }
}
