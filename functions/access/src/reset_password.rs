//! `POST /v1/password/reset`: sets another password by the mailed link. All sessions end.

use std::sync::Arc;

use domain::{Holder, LinkTarget, ResetRefused, UniqueId, passwords};
use identity::{Password, hash_password};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::{Deserialize, Serialize};
use service::{IdempotencyKey, Need, Service};
use store::{Key, until_settled};
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "reset_password",
    routes: &[Route::post("/v1/password/reset")],
    build: |environment| service::endpoint(environment, &[Need::TokenKeys], reset_password),
};

/// The token from the mailed link, and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetRequest {
    token: String,
    /// 8 to 128 characters of any kind.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "correct horse battery")]
    password: String,
}

/// What to do next.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasswordSet {
    /// Always `log-in`.
    next: &'static str,
}

/// Set another password
///
/// Works once per link, and ends all sessions.
#[utoipa::path(
    post,
    path = "/v1/password/reset",
    tag = "access",
    params(IdempotencyKey),
    request_body = ResetRequest,
    responses(
        (status = 200, description = "The password is set", body = PasswordSet),
        (status = "4XX", description = "The link does not work, or the password is not acceptable", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn reset_password(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let ResetRequest { token, password } = request.json()?;
    let once = service.once(&request).await?;
    let target = service.token_keys().await?.read_link(&token);
    let Some(LinkTarget::ResetPassword { account_id, reset_id }) = target else {
        return Err(Problem::new(ProblemKind::LinkInvalid));
    };
    let keys = || (Key::password_reset(account_id, reset_id), Key::account(account_id), once.key());
    let (_, account, answered) = service.store.get_all(keys()).await?;
    if let Some(answer) = once.replay(answered)? {
        return Ok(answer);
    }
    let account = account.ok_or_else(|| Problem::new(ProblemKind::LinkExpired))?;
    let personal = [account.email.as_str(), account.name.as_ref().map_or("", |name| name.as_str())];
    let password = Password::choose(password, &personal).map_err(|invalid| Problem::field("password", invalid))?;
    let password_hash = hash_password(&password).await;
    until_settled(async || {
        let (reset, account, answered) = service.store.get_all(keys()).await?;
        if let Some(answer) = once.replay(answered)? {
            return Ok(answer);
        }
        let (Some(reset), Some(account)) = (reset, account) else {
            let is_old = service.clock.now() > reset_id.minted_at() + passwords::LINK_LIFETIME;
            return Err(Problem::new(if is_old { ProblemKind::LinkExpired } else { ProblemKind::LinkUsed }));
        };
        let customer = match account.holder {
            Holder::Customer { customer_id } if account.confirmed_at.is_none() => {
                service.store.get(Key::customer(customer_id)).await?
            }
            _ => None,
        };
        let context = service.context(account.actor(), request.cause());
        let decision = passwords::reset(&reset, &account, customer.as_ref(), password_hash.clone(), &context).map_err(
            |refused| match refused {
                ResetRefused::Used => Problem::new(ProblemKind::LinkUsed),
                ResetRefused::Expired => Problem::new(ProblemKind::LinkExpired),
            },
        )?;
        let answer = Answer::json(StatusCode::OK, &PasswordSet { next: "log-in" });
        service.commit_once(decision, &once, &answer).await?;
        Ok(answer)
    })
    .await
}
