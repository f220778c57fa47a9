//! `PUT /v1/me/notifications`: chooses what a member of staff is told of by mail.

use std::sync::Arc;

use domain_accounts::Notifications;
use domain_staff::members;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode};
use service::{Need, Service};
use store::until_settled;

use crate::get_notifications::{NotificationsView, must_be_staff};

pub(crate) const FUNCTION: Function = Function {
    handler: "put_notifications",
    routes: &[Route::put("/v1/me/notifications")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], put_notifications),
};

/// Choose what one is told of by mail
///
/// For staff. Counts from the next event on.
#[utoipa::path(
    put,
    path = "/v1/me/notifications",
    tag = "staff",
    security(("accessToken" = [])),
    request_body = NotificationsView,
    responses(
        (status = 200, description = "What one is told of", body = NotificationsView),
        (status = "4XX", description = "Not logged in, not staff, or not acceptable", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn put_notifications(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    until_settled(async || {
        let caller = service.caller(&request).await?;
        must_be_staff(&caller)?;
        let NotificationsView { approval_awaited, new_registration } = request.json()?;
        let chosen = Notifications { approval_awaited, new_registration };
        let context = service.context(caller.actor(), request.cause());
        service.store.commit(members::choose_notifications(&caller.account, chosen, &context)).await?;
        Ok(Answer::json(StatusCode::OK, &NotificationsView::from(chosen)))
    })
    .await
}
