//! `POST /v1/password/reset`: sets another password by the mailed link. All sessions end.

use std::sync::Arc;

use decision::{Actor, LinkTarget};
use domain_access::{PasswordReset, ResetRefused, passwords};
use domain_accounts::{Account, Attempt, Holder};
use domain_customers::Customer;
use identity::{Password, hash_password};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::{Deserialize, Serialize};
use service::{IdempotencyKey, Need, Service};
use store::retry_on_conflict;
use utoipa::ToSchema;
use values::{PasswordResetId, UniqueId};

pub(crate) const FUNCTION: Function = Function {
    handler: "reset_password",
    routes: &[Route::post("/v1/password/reset")],
    build: |environment| service::endpoint(environment, &[Need::TokenKeys, Need::BusinessName], reset_password),
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
    let idempotency = service.idempotency(&request).await?;
    let target = service.token_keys().await?.read_link(&token);
    let Some(LinkTarget::ResetPassword { account_id, reset_id }) = target else {
        return Err(Problem::new(ProblemKind::LinkInvalid));
    };
    let keys = || (PasswordReset::key_of(account_id, reset_id), Account::key_of(account_id), idempotency.key());
    let attempts = [Attempt::Source(request.source())];
    let (counted, found) = tokio::join!(service.count(&attempts), service.store.get_all(keys()));
    counted?;
    let (reset, account, answered) = found?;
    if let Some(answer) = idempotency.replay(answered)? {
        service.take_back(&attempts).await;
        return Ok(answer);
    }
    let (Some(reset), Some(account)) = (reset, account) else { return Err(gone(&service, reset_id)) };
    let context = service.context(Actor::Visitor, request.cause());
    passwords::check_reset(&reset, &account, &context).map_err(refusal)?;
    let business = service.business_name().await?;
    let personal = [account.email.as_str(), account.name.as_ref().map_or("", |name| name.as_str()), &business];
    let password = Password::choose(password, &personal).map_err(|invalid| Problem::field("password", invalid))?;
    let password_hash = hash_password(&password).await;
    retry_on_conflict(async || {
        let (reset, account, answered) = service.store.get_all(keys()).await?;
        if let Some(answer) = idempotency.replay(answered)? {
            return Ok(answer);
        }
        let (Some(reset), Some(account)) = (reset, account) else {
            return Err(gone(&service, reset_id));
        };
        let customer = match account.holder {
            Holder::Customer { customer_id } => service.store.get(Customer::key_of(customer_id)).await?,
            Holder::Employee { .. } | Holder::Staff { .. } => None,
        };
        let context = service.context(account.actor(), request.cause());
        let decision = passwords::reset(&reset, &account, customer.as_ref(), password_hash.clone(), &context);
        let answer = Answer::json(StatusCode::OK, &PasswordSet { next: "log-in" });
        let decision = decision.map_err(refusal)?;
        let (stored, ()) =
            tokio::join!(service.commit_with_answer(decision, &idempotency, &answer), service.take_back(&attempts));
        stored?;
        Ok(answer)
    })
    .await
}

/// Why there is no reset of a link that was made here.
fn gone(service: &Service, id: PasswordResetId) -> Problem {
    let is_old = service.clock.now() > id.minted_at() + passwords::LINK_LIFETIME;
    Problem::new(if is_old { ProblemKind::LinkExpired } else { ProblemKind::LinkUsed })
}

fn refusal(refused: ResetRefused) -> Problem {
    Problem::new(match refused {
        ResetRefused::Used => ProblemKind::LinkUsed,
        ResetRefused::Expired => ProblemKind::LinkExpired,
    })
}
