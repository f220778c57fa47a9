//! `POST /v1/sessions/refresh`: exchanges a refresh token for new tokens.

use std::sync::Arc;

use domain_accounts::{Account, RefreshRefused, Refreshed, Session, sessions};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::Deserialize;
use service::{IdempotencyKey, Need, Service};
use store::retry_on_conflict;
use utoipa::ToSchema;

use crate::tokens::SessionTokens;

pub(crate) const FUNCTION: Function = Function {
    handler: "refresh",
    routes: &[Route::post("/v1/sessions/refresh")],
    build: |environment| service::endpoint(environment, &[Need::SigningKeys, Need::TokenKeys], refresh),
};

/// The refresh token given last.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RefreshRequest {
    refresh_token: String,
}

/// Refresh a session
///
/// A refresh token works once (and for ten seconds more, for tabs that race). When one is presented again, somebody copied
/// it, and the session ends.
#[utoipa::path(
    post,
    path = "/v1/sessions/refresh",
    tag = "access",
    params(IdempotencyKey),
    request_body = RefreshRequest,
    responses(
        (status = 200, description = "New tokens", body = SessionTokens),
        (status = "4XX", description = "The session is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn refresh(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let RefreshRequest { refresh_token } = request.json()?;
    let idempotency = service.idempotency(&request).await?;
    let over = || Problem::new(ProblemKind::InvalidRefreshToken);
    let token = service.token_keys().await?.read_refresh(&refresh_token).ok_or_else(over)?;
    retry_on_conflict(async || {
        let keys =
            (Session::key_of(token.account_id, token.session_id), Account::key_of(token.account_id), idempotency.key());
        let (session, account, answered) = service.store.get_all(keys).await?;
        if let Some(answer) = idempotency.replay(answered)? {
            return Ok(answer);
        }
        let (Some(session), Some(account)) = (session, account) else { return Err(over()) };
        let context = service.context(account.actor(), request.cause());
        match sessions::refresh(&session, &account, token.generation, &context) {
            Ok(Refreshed::Anew(session, decision)) => {
                let answer =
                    Answer::json(StatusCode::OK, &SessionTokens::issue(&session, &service, context.now).await?);
                service.commit_with_answer(*decision, &idempotency, &answer).await?;
                Ok(answer)
            }
            Ok(Refreshed::Again(session)) => {
                Ok(Answer::json(StatusCode::OK, &SessionTokens::issue(&session, &service, context.now).await?))
            }
            Err(RefreshRefused::Reused(decision)) => {
                service.store.commit(*decision).await?;
                Err(over())
            }
            Err(RefreshRefused::Over) => Err(over()),
        }
    })
    .await
}
