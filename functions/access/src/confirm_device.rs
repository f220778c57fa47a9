//! `POST /v1/sessions/confirm-device`: logs in with the code that was mailed for a device that was not known.
//!
//! The attempt is counted before the code is compared, by a conditional write: whoever tries codes in parallel gets no more
//! attempts than whoever tries them one by one.

use std::sync::Arc;

use domain_access::{Challenge, challenges};
use domain_accounts::Account;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::Deserialize;
use service::{IdempotencyKey, Need, Service};
use store::retry_on_conflict;
use utoipa::ToSchema;

use crate::tokens::LoggedIn;

pub(crate) const FUNCTION: Function = Function {
    handler: "confirm_device",
    routes: &[Route::post("/v1/sessions/confirm-device")],
    build: |environment| service::endpoint(environment, &[Need::SigningKeys, Need::TokenKeys], confirm_device),
};

/// The login that waits, and the code from the mail.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ConfirmDeviceRequest {
    /// As given when logging in.
    challenge_id: String,
    /// Six digits; spaces do not matter.
    #[schema(example = "042 137")]
    code: String,
}

/// Confirm a device
///
/// A code works for ten minutes and can be tried five times.
#[utoipa::path(
    post,
    path = "/v1/sessions/confirm-device",
    tag = "access",
    params(IdempotencyKey),
    request_body = ConfirmDeviceRequest,
    responses(
        (status = 201, description = "Logged in; the device is known from now on", body = LoggedIn),
        (status = "4XX", description = "Not logged in", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn confirm_device(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let ConfirmDeviceRequest { challenge_id, code } = request.json()?;
    let idempotency = service.idempotency(&request).await?;
    let token_keys = service.token_keys().await?;
    let over = || Problem::new(ProblemKind::ChallengeOver);
    let (account_id, challenge_id) = token_keys.read_challenge(&challenge_id).ok_or_else(over)?;
    retry_on_conflict(async || {
        let keys = (Challenge::key_of(account_id, challenge_id), Account::key_of(account_id), idempotency.key());
        let (challenge, account, answered) = service.store.get_all(keys).await?;
        if let Some(answer) = idempotency.replay(answered)? {
            return Ok(answer);
        }
        let (Some(challenge), Some(account)) = (challenge, account) else { return Err(over()) };
        let context = service.context(account.actor(), request.cause());
        let (challenge, counted) = challenges::attempt(&challenge, &context).map_err(|_| over())?;
        service.store.commit(counted).await?;
        if !token_keys.is_code(&code, challenge.account_id, challenge.id, challenge.created_at, context.now) {
            return Err(Problem::new(ProblemKind::InvalidCode));
        }
        let (session, decision) = challenges::pass(&challenge, &account, &context).map_err(|_| over())?;
        let answer = Answer::json(StatusCode::CREATED, &LoggedIn::issue(&session, &service, context.now).await?);
        service.commit_with_answer(decision, &idempotency, &answer).await?;
        Ok(answer)
    })
    .await
}
