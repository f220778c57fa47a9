//! `GET /v1/me/notifications`: what a member of staff is told of by mail.

use std::sync::Arc;

use domain_accounts::{Holder, Notifications};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::{Deserialize, Serialize};
use service::{Caller, Need, Service};
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "get_notifications",
    routes: &[Route::get("/v1/me/notifications")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], get_notifications),
};

/// What a member of staff is told of by mail.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NotificationsView {
    /// Registrations that wait for a decision.
    pub(crate) approval_awaited: bool,
    /// Registrations that are complete, where the registration policy says to tell.
    pub(crate) new_registration: bool,
}

impl From<Notifications> for NotificationsView {
    fn from(Notifications { approval_awaited, new_registration }: Notifications) -> Self {
        Self { approval_awaited, new_registration }
    }
}

/// What one is told of by mail
///
/// For staff.
#[utoipa::path(
    get,
    path = "/v1/me/notifications",
    tag = "staff",
    security(("accessToken" = [])),
    responses(
        (status = 200, description = "What one is told of", body = NotificationsView),
        (status = "4XX", description = "Not logged in, or not staff", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get_notifications(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let caller = service.caller(&request).await?;
    must_be_staff(&caller)?;
    Ok(Answer::json(StatusCode::OK, &NotificationsView::from(caller.account.notifications)))
}

pub(crate) fn must_be_staff(caller: &Caller) -> Result<(), Problem> {
    match caller.account.holder {
        Holder::Staff { .. } => Ok(()),
        Holder::Customer { .. } | Holder::Employee { .. } => Err(Problem::new(ProblemKind::Forbidden)),
    }
}
