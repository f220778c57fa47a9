//! `GET /v1/sessions`: where one is logged in.

use std::sync::Arc;

use domain_accounts::{Account, Session};
use jiff::Timestamp;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode};
use serde::Serialize;
use service::{Need, Service};
use utoipa::ToSchema;
use values::{DeviceId, DeviceLabel, SessionId};

pub(crate) const FUNCTION: Function = Function {
    handler: "list_sessions",
    routes: &[Route::get("/v1/sessions")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], list_sessions),
};

/// All sessions of the account.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sessions {
    /// The one used last comes first.
    items: Vec<SessionView>,
}

/// A session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionView {
    #[schema(value_type = String, example = "ses_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: SessionId,
    /// Whether it is the one that asks.
    current: bool,
    #[schema(value_type = String)]
    device_id: DeviceId,
    /// What the device calls itself.
    #[schema(value_type = Option<String>, example = "Firefox on Linux")]
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<DeviceLabel>,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// When its tokens were last exchanged, at most some minutes before it was last used.
    #[schema(value_type = String, format = DateTime)]
    last_used_at: Timestamp,
}

/// Where one is logged in
#[utoipa::path(
    get,
    path = "/v1/sessions",
    tag = "access",
    security(("accessToken" = [])),
    responses(
        (status = 200, description = "All sessions", body = Sessions),
        (status = "4XX", description = "Not logged in", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn list_sessions(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let caller = service.caller(&request).await?;
    let mut sessions = service.store.all_in::<Session>(Account::partition(caller.account.id)).await?;
    sessions.retain(|session| session.is_live(&caller.account, service.clock.now()));
    sessions.sort_by_key(|session| std::cmp::Reverse(session.refreshed_at));
    let view = |session: Session| SessionView {
        id: session.id,
        current: session.id == caller.session.id,
        device_id: session.device_id,
        device: session.device_label,
        started_at: session.started_at,
        last_used_at: session.refreshed_at,
    };
    Ok(Answer::json(StatusCode::OK, &Sessions { items: sessions.into_iter().map(view).collect() }))
}
