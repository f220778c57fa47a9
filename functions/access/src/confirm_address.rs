//! `POST /v1/me/email/confirm`: makes the new address the account's, by the link that was mailed to it.

use decision::LinkTarget;
use domain_access::{AddressChange, AddressRefused, address_changes};
use domain_accounts::{Account, Credential, Holder};
use domain_customers::Customer;
use runtime::{Problem, ProblemKind, Route};
use serde::Deserialize;
use service::{Anyone, Body, Call, Endpoint, Need, NoContent, Service};
use utoipa::ToSchema;
use values::UniqueId;

/// Confirms the new address.
pub struct ConfirmAddress;

impl Endpoint for ConfirmAddress {
    const NAME: &'static str = "confirm_address";
    const ROUTE: Route = Route::post("/v1/me/email/confirm");
    const SUMMARY: &'static str = "Confirm the new address";
    const DESCRIPTION: &'static str = "From then on it logs in, and the old one does not. The old one is told.";
    const NEEDS: &'static [Need] = &[Need::TokenKeys];

    type Access = Anyone;
    type Input = Body<ConfirmAddressRequest>;
    type Found = (AddressChange, Account);
    type Output = NoContent;

    async fn find(service: &Service, (): &(), request: &Self::Input) -> Result<Self::Found, Problem> {
        let target = service.token_keys().await?.read_link(&request.token);
        let Some(LinkTarget::ChangeAddress { account_id, change_id }) = target else {
            return Err(Problem::new(ProblemKind::LinkInvalid));
        };
        let keys = (AddressChange::key_of(account_id, change_id), Account::key_of(account_id));
        let (Some(change), Some(account)) = service.store.get_all(keys).await? else {
            let is_old = service.clock.now() > change_id.minted_at() + address_changes::LINK_LIFETIME;
            return Err(Problem::new(if is_old { ProblemKind::LinkExpired } else { ProblemKind::LinkUsed }));
        };
        Ok((change, account))
    }

    async fn answer(call: Call<Anyone>, _: &Self::Input, (change, account): Self::Found) -> Result<NoContent, Problem> {
        let customer = match account.holder {
            Holder::Customer { customer_id } => Some(Customer::key_of(customer_id)),
            Holder::Employee { .. } | Holder::Staff { .. } => None,
        };
        let keys = (Credential::key_of(&account.email), Credential::key_of(&change.to), customer);
        let (credential, taken, customer) = call.store.get_all(keys).await?;
        let credential = credential.ok_or_else(|| Problem::internal("an account has no credential"))?;
        let displaced = match &taken {
            Some(taken) => call.store.get(Account::key_of(taken.account_id)).await?,
            None => None,
        };
        let taken = taken.as_ref().zip(displaced.as_ref());
        let context = call.context_of(account.actor());
        let decision = address_changes::settle(&change, &account, customer.as_ref(), &credential, taken, &context);
        call.commit(decision.map_err(refusal)?, NoContent).await
    }
}

/// The token from the mailed link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmAddressRequest {
    /// From the mailed link.
    pub token: String,
}

fn refusal(refused: AddressRefused) -> Problem {
    Problem::new(match refused {
        AddressRefused::Used => ProblemKind::LinkUsed,
        AddressRefused::Expired => ProblemKind::LinkExpired,
        AddressRefused::Taken => ProblemKind::AddressTaken,
    })
}
