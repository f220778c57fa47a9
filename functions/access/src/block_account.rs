//! `POST /v1/accounts/{id}/block`: shuts an account out. Its sessions are over with their next request.

use std::sync::Arc;

use domain_access::accounts;
use domain_accounts::{Account, Holder, Permission};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route};
use serde::Deserialize;
use service::{Need, Service};
use store::retry_on_conflict;
use utoipa::ToSchema;
use values::{AccountId, Lines};

pub(crate) const FUNCTION: Function = Function {
    handler: "block_account",
    routes: &[Route::post("/v1/accounts/{id}/block")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], block_account),
};

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BlockRequest {
    /// For the history. It may have line breaks.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// Block an account
///
/// For staff who may. Members of staff are deactivated instead.
#[utoipa::path(
    post,
    path = "/v1/accounts/{id}/block",
    tag = "access",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The account", pattern = "^acc_[0-9a-f]{32}$")),
    request_body = BlockRequest,
    responses(
        (status = 204, description = "The account is blocked"),
        (status = "4XX", description = "Not logged in, not allowed, or not found", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn block_account(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: AccountId = request.path("id")?;
    retry_on_conflict(async || {
        let caller = service.caller(&request).await?;
        caller.must_be_permitted(Permission::BlockAccounts)?;
        let BlockRequest { reason } = request.json()?;
        let reason = reason.map(|reason| Lines::parse(&reason)).transpose();
        let reason = reason.map_err(|invalid| Problem::field("reason", invalid))?;
        let account = service.store.get(Account::key_of(id)).await?;
        let account = account.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        if let Holder::Staff { .. } = account.holder {
            return Err(Problem::new(ProblemKind::Forbidden));
        }
        let context = service.context(caller.actor(), request.cause());
        service.store.commit(accounts::block(&account, reason, &context)).await?;
        Ok(Answer::empty())
    })
    .await
}
