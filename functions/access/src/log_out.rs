//! `DELETE /v1/sessions/current`: logs out. The access token stops working with the next request.

use std::sync::Arc;

use domain_accounts::sessions;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route};
use service::{Need, Service};
use store::retry_on_conflict;

pub(crate) const FUNCTION: Function = Function {
    handler: "log_out",
    routes: &[Route::delete("/v1/sessions/current")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], log_out),
};

/// Log out
#[utoipa::path(
    delete,
    path = "/v1/sessions/current",
    tag = "access",
    security(("accessToken" = [])),
    responses(
        (status = 204, description = "The session is over"),
        (status = "4XX", description = "Not logged in", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn log_out(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    retry_on_conflict(async || {
        let caller = service.caller(&request).await?;
        let context = service.context(caller.actor(), request.cause());
        service.store.commit(sessions::end(&caller.session, &caller.account, &context)).await?;
        Ok(Answer::empty())
    })
    .await
}
