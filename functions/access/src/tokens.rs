//! The tokens that a session is used with.

use domain_accounts::Session;
use identity::{ACCESS_TOKEN_LIFETIME, RefreshToken};
use jiff::Timestamp;
use runtime::Problem;
use serde::Serialize;
use service::Service;
use utoipa::ToSchema;

/// How to use a session ([RFC 6749, section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1), in camelCase).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionTokens {
    /// Goes into the header `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// How long the access token works, in seconds.
    expires_in: i64,
    /// Exchanged for new tokens when the access token has expired. It works once.
    pub refresh_token: String,
}

/// How to use a new session, and how this device is known from now on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoggedIn {
    /// How to use the session.
    #[serde(flatten)]
    pub tokens: SessionTokens,
    /// Send it when logging in from this device again.
    pub device_token: String,
}

impl LoggedIn {
    pub(crate) async fn issue(session: &Session, service: &Service, now: Timestamp) -> Result<Self, Problem> {
        Ok(Self {
            tokens: SessionTokens::issue(session, service, now).await?,
            device_token: service.token_keys().await?.device(session.device_id, Some(session.account_id), now),
        })
    }
}

impl SessionTokens {
    pub(crate) async fn issue(session: &Session, service: &Service, now: Timestamp) -> Result<Self, Problem> {
        let signing_keys = service.signing_keys().await?;
        let access_token = service
            .access_tokens()
            .issue(session.account_id, session.id, &signing_keys, now)
            .ok_or_else(|| Problem::unavailable("no key may sign yet"))?;
        let refresh_token =
            RefreshToken { account_id: session.account_id, session_id: session.id, generation: session.generation };
        Ok(Self {
            access_token,
            token_type: "Bearer",
            expires_in: ACCESS_TOKEN_LIFETIME.as_secs(),
            refresh_token: service.token_keys().await?.refresh(&refresh_token, now),
        })
    }
}
