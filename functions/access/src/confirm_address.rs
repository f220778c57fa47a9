//! `POST /v1/me/email/confirm`: makes the new address the account's, by the link that was mailed to it.

use std::sync::Arc;

use decision::LinkTarget;
use domain_access::{AddressChange, AddressRefused, address_changes};
use domain_accounts::{Account, Credential, Holder};
use domain_customers::Customer;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route};
use serde::Deserialize;
use service::{Need, Service};
use store::retry_on_conflict;
use utoipa::ToSchema;
use values::UniqueId;

pub(crate) const FUNCTION: Function = Function {
    handler: "confirm_address",
    routes: &[Route::post("/v1/me/email/confirm")],
    build: |environment| service::endpoint(environment, &[Need::TokenKeys], confirm_address),
};

/// The token from the mailed link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmAddressRequest {
    token: String,
}

/// Confirm the new address
///
/// From then on it logs in, and the old one does not. The old one is told.
#[utoipa::path(
    post,
    path = "/v1/me/email/confirm",
    tag = "access",
    request_body = ConfirmAddressRequest,
    responses(
        (status = 204, description = "The address is changed"),
        (status = "4XX", description = "The link does not work", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn confirm_address(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let ConfirmAddressRequest { token } = request.json()?;
    let target = service.token_keys().await?.read_link(&token);
    let Some(LinkTarget::ChangeAddress { account_id, change_id }) = target else {
        return Err(Problem::new(ProblemKind::LinkInvalid));
    };
    retry_on_conflict(async || {
        let keys = (AddressChange::key_of(account_id, change_id), Account::key_of(account_id));
        let (Some(change), Some(account)) = service.store.get_all(keys).await? else {
            let is_old = service.clock.now() > change_id.minted_at() + address_changes::LINK_LIFETIME;
            return Err(Problem::new(if is_old { ProblemKind::LinkExpired } else { ProblemKind::LinkUsed }));
        };
        let customer = match account.holder {
            Holder::Customer { customer_id } => Some(Customer::key_of(customer_id)),
            Holder::Employee { .. } | Holder::Staff { .. } => None,
        };
        let keys = (Credential::key_of(&account.email), Credential::key_of(&change.to), customer);
        let (credential, taken, customer) = service.store.get_all(keys).await?;
        let credential = credential.ok_or_else(|| Problem::internal("an account has no credential"))?;
        let displaced = match &taken {
            Some(taken) => service.store.get(Account::key_of(taken.account_id)).await?,
            None => None,
        };
        let taken = taken.as_ref().zip(displaced.as_ref());
        let context = service.context(account.actor(), request.cause());
        let decision = address_changes::settle(&change, &account, customer.as_ref(), &credential, taken, &context)
            .map_err(refusal)?;
        service.store.commit(decision).await?;
        Ok(Answer::empty())
    })
    .await
}

fn refusal(refused: AddressRefused) -> Problem {
    Problem::new(match refused {
        AddressRefused::Used => ProblemKind::LinkUsed,
        AddressRefused::Expired => ProblemKind::LinkExpired,
        AddressRefused::Taken => ProblemKind::AddressTaken,
    })
}
