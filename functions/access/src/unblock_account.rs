//! `POST /v1/accounts/{id}/unblock`: lets a blocked account in again.

use domain_access::accounts;
use domain_accounts::Account;
use runtime::{Problem, Route};
use service::{Call, Endpoint, NoContent, Service};
use values::AccountId;

use crate::account::{self, Access};

pub(crate) struct UnblockAccount;

impl Endpoint for UnblockAccount {
    const NAME: &'static str = "unblock_account";
    const ROUTE: Route = Route::post("/v1/accounts/{id}/unblock");
    const SUMMARY: &'static str = "Unblock an account";
    const DESCRIPTION: &'static str = "For staff who may. What was started before it was blocked stays over.";

    type Access = Access;
    type Input = ();
    type Found = Account;
    type Output = NoContent;

    async fn find(service: &Service, id: &AccountId, (): &()) -> Result<Account, Problem> {
        account::find(service, *id).await
    }

    async fn answer(call: Call<Access>, (): &(), account: Account) -> Result<NoContent, Problem> {
        call.commit(accounts::unblock(&account, &call.context()), NoContent).await
    }
}
