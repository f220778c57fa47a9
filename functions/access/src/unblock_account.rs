//! `POST /v1/accounts/{id}/unblock`: lets a blocked account in again.

use std::sync::Arc;

use domain_access::accounts;
use domain_accounts::{Account, Holder, Permission};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route};
use service::{Need, Service};
use store::retry_on_conflict;
use values::AccountId;

pub(crate) const FUNCTION: Function = Function {
    handler: "unblock_account",
    routes: &[Route::post("/v1/accounts/{id}/unblock")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], unblock_account),
};

/// Unblock an account
///
/// For staff who may. What was started before it was blocked stays over.
#[utoipa::path(
    post,
    path = "/v1/accounts/{id}/unblock",
    tag = "access",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The account", pattern = "^acc_[0-9a-f]{32}$")),
    responses(
        (status = 204, description = "The account is not blocked"),
        (status = "4XX", description = "Not logged in, not allowed, or not found", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn unblock_account(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: AccountId = request.path("id")?;
    retry_on_conflict(async || {
        let caller = service.caller(&request).await?;
        caller.must_be_permitted(Permission::BlockAccounts)?;
        let account = service.store.get(Account::key_of(id)).await?;
        let account = account.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        if let Holder::Staff { .. } = account.holder {
            return Err(Problem::new(ProblemKind::Forbidden));
        }
        let context = service.context(caller.actor(), request.cause());
        service.store.commit(accounts::unblock(&account, &context)).await?;
        Ok(Answer::empty())
    })
    .await
}
