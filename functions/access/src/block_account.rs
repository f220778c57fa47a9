//! `POST /v1/accounts/{id}/block`: shuts an account out. Its sessions are over with their next request.

use domain_access::accounts;
use domain_accounts::Account;
use runtime::{Problem, Route};
use serde::Deserialize;
use service::{Body, Call, Endpoint, NoContent, ReadAs, Service};
use utoipa::ToSchema;
use values::{AccountId, Lines};

use crate::account::{self, Access};

pub(crate) struct BlockAccount;

impl Endpoint for BlockAccount {
    const NAME: &'static str = "block_account";
    const ROUTE: Route = Route::post("/v1/accounts/{id}/block");
    const SUMMARY: &'static str = "Block an account";
    const DESCRIPTION: &'static str = "For staff who may. Members of staff are deactivated instead.";

    type Access = Access;
    type Input = Body<BlockRequest, Reason>;
    type Found = Account;
    type Output = NoContent;

    async fn find(service: &Service, id: &AccountId, _: &Self::Input) -> Result<Account, Problem> {
        account::find(service, *id).await
    }

    async fn answer(call: Call<Access>, reason: &Self::Input, account: Account) -> Result<NoContent, Problem> {
        call.commit(accounts::block(&account, Reason::clone(reason), &call.context()), NoContent).await
    }
}

type Reason = Option<Lines<500>>;

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BlockRequest {
    /// For the history. It may have line breaks.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

impl ReadAs<Reason> for BlockRequest {
    fn read(self) -> Result<Reason, Problem> {
        let reason = self.reason.map(|reason| Lines::parse(&reason)).transpose();
        reason.map_err(|invalid| Problem::field("reason", invalid))
    }
}
