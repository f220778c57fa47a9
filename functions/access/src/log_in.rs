//! `POST /v1/sessions`: logs in with address and password.
//!
//! An unknown address takes the same work and gets the same answer as a wrong password. What keeps an account out is told only
//! to those who know its password.

use std::sync::Arc;

use domain::{Actor, EmailAddress, Invalid, Requirement, sessions};
use identity::verify_password;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, StatusCode};
use serde::{Deserialize, Serialize};
use service::{Need, Service};
use store::{CommitError, Key, Refusal, until_settled};
use utoipa::ToSchema;

use crate::tokens::SessionTokens;

pub(crate) const FUNCTION: Function = Function {
    handler: "log_in",
    build: |environment| service::endpoint(environment, &[Need::SigningKeys, Need::TokenKeys], log_in),
};

/// Longer than any password that can be chosen; nothing longer is worth hashing.
const LONGEST_PASSWORD: usize = 1024;

/// Who logs in, and from where.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LogInRequest {
    #[schema(format = Email, example = "ada@example.com")]
    email: String,
    #[schema(format = Password)]
    password: String,
    /// As given when registering or logging in from this device before.
    device_token: Option<String>,
}

/// How to use the session, and how this device is known from now on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoggedIn {
    #[serde(flatten)]
    tokens: SessionTokens,
    /// Send it when logging in from this device again.
    device_token: String,
}

/// Log in
#[utoipa::path(
    post,
    path = "/v1/sessions",
    tag = "access",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes it safe to send the request again")),
    request_body = LogInRequest,
    responses(
        (status = 201, description = "Logged in", body = LoggedIn),
        (status = "4XX", description = "Not logged in", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn log_in(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let body: LogInRequest = request.json()?;
    let email = EmailAddress::parse(&body.email).map_err(|invalid| Problem::field("email", invalid))?;
    if body.password.len() > LONGEST_PASSWORD {
        return Err(Problem::field("password", Invalid::TooLong(LONGEST_PASSWORD)));
    }
    let once = service.once(&request).await?;
    let token_keys = service.token_keys().await?;
    let known_device = body.device_token.as_deref().and_then(|token| token_keys.read_device(token));
    until_settled(async || {
        let (credential, answered) = service.store.get_all((Key::credential(&email), once.key())).await?;
        if let Some(answer) = once.replay(answered)? {
            return Ok(answer);
        }
        let hash = credential.as_ref().and_then(|credential| credential.password_hash.clone());
        let matches = verify_password(body.password.clone(), hash).await;
        let Some(credential) = credential.filter(|_| matches) else {
            return Err(Problem::new(ProblemKind::InvalidCredentials));
        };
        let actor = Actor::Account { account_id: credential.account_id };
        let context = service.context(actor, request.cause());
        let device_id = known_device.unwrap_or_else(|| context.mint());
        let (session, decision) = sessions::start(&credential, device_id, &context);
        let logged_in = LoggedIn {
            tokens: SessionTokens::issue(&session, &service, context.now).await?,
            device_token: token_keys.device(device_id, context.now),
        };
        let answer = Answer::json(StatusCode::CREATED, &logged_in);
        service.commit_once(decision, &once, &answer).await.map_err(kept_out)?;
        Ok(answer)
    })
    .await
}

fn kept_out(error: CommitError) -> Problem {
    match error {
        CommitError::Refused(Refusal::Required(Requirement::ActiveAccount(_))) => {
            Problem::new(ProblemKind::EmailUnconfirmed)
        }
        other => other.into(),
    }
}
