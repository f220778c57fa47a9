//! `POST /v1/registrations/confirm`: someone followed the mailed link, so the address is theirs.

use std::sync::Arc;

use decision::{Actor, LinkTarget};
use domain_accounts::Account;
use domain_customers::Customer;
use domain_registration::{ConfirmRefused, Registration};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::Deserialize;
use service::{IdempotencyKey, Need, Service};
use store::retry_on_conflict;
use utoipa::ToSchema;

use crate::Next;

pub(crate) const FUNCTION: Function = Function {
    handler: "confirm",
    routes: &[Route::post("/v1/registrations/confirm")],
    build: |environment| service::endpoint(environment, &[Need::TokenKeys], confirm),
};

/// The token from the mailed link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmRequest {
    token: String,
}

/// Confirm an address
///
/// Works once per link.
#[utoipa::path(
    post,
    path = "/v1/registrations/confirm",
    tag = "registration",
    params(IdempotencyKey),
    request_body = ConfirmRequest,
    responses(
        (status = 200, description = "The address is proven", body = Next),
        (status = "4XX", description = "The link does not work", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn confirm(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let ConfirmRequest { token } = request.json()?;
    let idempotency = service.idempotency(&request).await?;
    let target = service.token_keys().await?.read_link(&token);
    let Some(LinkTarget::ConfirmAddress { customer_id, account_id, registration_id }) = target else {
        return Err(Problem::new(ProblemKind::LinkInvalid));
    };
    retry_on_conflict(async || {
        let keys = (
            Registration::key_of(registration_id),
            Account::key_of(account_id),
            Customer::key_of(customer_id),
            idempotency.key(),
        );
        let (registration, account, customer, answered) = service.store.get_all(keys).await?;
        if let Some(answer) = idempotency.replay(answered)? {
            return Ok(answer);
        }
        let (Some(registration), Some(account), Some(customer)) = (registration, account, customer) else {
            return Err(Problem::new(ProblemKind::LinkExpired));
        };
        let replaced = match account.registration_id.filter(|id| *id != registration_id) {
            Some(id) => service.store.get(Registration::key_of(id)).await?,
            None => None,
        };
        let context = service.context(Actor::Account { account_id }, request.cause());
        let (next, decision) =
            domain_registration::confirm(&registration, &account, &customer, replaced.as_ref(), &context)
                .map_err(refusal)?;
        let answer = Answer::json(StatusCode::OK, &Next { next });
        service.commit_with_answer(decision, &idempotency, &answer).await?;
        Ok(answer)
    })
    .await
}

fn refusal(refused: ConfirmRefused) -> Problem {
    Problem::new(match refused {
        ConfirmRefused::Used => ProblemKind::LinkUsed,
        ConfirmRefused::Expired => ProblemKind::LinkExpired,
        ConfirmRefused::Rejected => ProblemKind::AccountRejected,
    })
}
