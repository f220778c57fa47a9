//! `POST /v1/password/forgot`: mails a link that sets another password.
//!
//! The answer, and the work behind it, is the same whether or not the address has an account.

use std::sync::Arc;

use decision::Actor;
use domain_access::passwords;
use domain_accounts::{Attempt, Credential};
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode};
use serde::{Deserialize, Serialize};
use service::{IdempotencyKey, Need, Service};
use store::retry_on_conflict;
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::EmailAddress;

pub(crate) const FUNCTION: Function = Function {
    handler: "forgot_password",
    routes: &[Route::post("/v1/password/forgot")],
    build: |environment| service::endpoint(environment, &[Need::TokenKeys], forgot_password),
};

/// The address that logs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForgotRequest {
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    email: String,
}

/// What to do next.
#[derive(Serialize, ToSchema)]
pub(crate) struct LinkMailed {
    /// Always `follow-link`.
    pub(crate) next: &'static str,
}

/// Ask for another password
///
/// Mails a link that works for an hour, if the address has an account. Nothing in the answer tells whether it has.
#[utoipa::path(
    post,
    path = "/v1/password/forgot",
    tag = "access",
    params(IdempotencyKey),
    request_body = ForgotRequest,
    responses(
        (status = 202, description = "If the address has an account, a mail is on its way", body = LinkMailed),
        (status = "4XX", description = "The request cannot be accepted", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn forgot_password(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let ForgotRequest { email } = request.json()?;
    let email = EmailAddress::parse(&email).map_err(|invalid| Problem::field("email", invalid))?;
    let idempotency = service.idempotency(&request).await?;
    let attempts = [Attempt::Mail(email.clone()), Attempt::Source(request.source())];
    let counted = OnceCell::new();
    retry_on_conflict(async || {
        let keys = (Credential::key_of(&email), idempotency.key());
        let (accepted, found) =
            tokio::join!(counted.get_or_try_init(|| service.count(&attempts)), service.store.get_all(keys));
        accepted?;
        let (credential, answered) = found?;
        if let Some(answer) = idempotency.replay(answered)? {
            return Ok(answer);
        }
        let context = service.context(Actor::Visitor, request.cause());
        let decision = passwords::forgot(email.clone(), credential.as_ref(), &context);
        let answer = Answer::json(StatusCode::ACCEPTED, &LinkMailed { next: "follow-link" });
        service.commit_with_answer(decision, &idempotency, &answer).await?;
        Ok(answer)
    })
    .await
}
