//! `POST /v1/registrations/resend`: someone asks for the mailed link again.
//!
//! The answer, and the work behind it, is the same whether or not there is something to send.

use std::sync::Arc;

use decision::Actor;
use domain_accounts::{Account, Attempt, Credential};
use domain_registration::Registration;
use domain_settings::NextStep;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode};
use serde::Deserialize;
use service::{IdempotencyKey, Need, Service};
use store::retry_on_conflict;
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::EmailAddress;

use crate::Next;

pub(crate) const FUNCTION: Function = Function {
    handler: "resend",
    routes: &[Route::post("/v1/registrations/resend")],
    build: |environment| service::endpoint(environment, &[Need::TokenKeys], resend),
};

/// The address that was registered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResendRequest {
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    email: String,
}

/// Ask for the link again
///
/// Mails a new link if the address waits to be confirmed. Nothing in the answer tells whether it does.
#[utoipa::path(
    post,
    path = "/v1/registrations/resend",
    tag = "registration",
    params(IdempotencyKey),
    request_body = ResendRequest,
    responses(
        (status = 202, description = "If the address waits to be confirmed, a mail is on its way", body = Next),
        (status = "4XX", description = "The request cannot be accepted", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn resend(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let ResendRequest { email } = request.json()?;
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
        let account_id = credential.as_ref().map_or_else(|| context.mint(), |credential| credential.account_id);
        let latest = credential.as_ref().and_then(|credential| credential.latest_registration);
        let registration_id = latest.unwrap_or_else(|| context.mint());
        let keys = (Account::key_of(account_id), Registration::key_of(registration_id));
        let (account, registration) = service.store.get_all(keys).await?;
        let decision = domain_registration::resend(
            email.clone(),
            credential.as_ref(),
            registration.as_ref(),
            account.as_ref(),
            &context,
        );
        let answer = Answer::json(StatusCode::ACCEPTED, &Next { next: NextStep::ConfirmEmail });
        service.commit_with_answer(decision, &idempotency, &answer).await?;
        Ok(answer)
    })
    .await
}
