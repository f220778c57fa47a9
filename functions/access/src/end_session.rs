//! `DELETE /v1/sessions/{id}`: ends a session of one's own, wherever it is.

use std::sync::Arc;

use domain_accounts::{Session, sessions};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route};
use service::{Need, Service};
use store::retry_on_conflict;
use values::SessionId;

pub(crate) const FUNCTION: Function = Function {
    handler: "end_session",
    routes: &[Route::delete("/v1/sessions/{id}")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], end_session),
};

/// End a session
///
/// Its access token stops working with the next request.
#[utoipa::path(
    delete,
    path = "/v1/sessions/{id}",
    tag = "access",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The session", pattern = "^ses_[0-9a-f]{32}$")),
    responses(
        (status = 204, description = "The session is over"),
        (status = "4XX", description = "Not logged in, or there is no such session", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn end_session(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: SessionId = request.path("id")?;
    retry_on_conflict(async || {
        let caller = service.caller(&request).await?;
        let session = service.store.get(Session::key_of(caller.account.id, id)).await?;
        let session = session.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        let context = service.context(caller.actor(), request.cause());
        service.store.commit(sessions::end(&session, &caller.account, &context)).await?;
        Ok(Answer::empty())
    })
    .await
}
