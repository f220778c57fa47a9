//! `GET /v1/settings/{name}/history`: every change of settings, newest first, with who made it.

use std::sync::Arc;

use domain::{Actor, Cause, Event, EventId, Happening, Invalid, Permission, SettingsName, Subject};
use jiff::Timestamp;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::Serialize;
use service::{Need, Service};
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "get_settings_history",
    routes: &[Route::get("/v1/settings/{name}/history")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], get_settings_history),
};

/// A page of the history of settings.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettingsHistory {
    items: Vec<SettingsChange>,
    /// Give it as `cursor` to read on; absent at the end.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<EventId>,
}

/// A change of settings.
#[derive(Serialize, ToSchema)]
pub(crate) struct SettingsChange {
    #[schema(value_type = String, example = "evt_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: EventId,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who made it.
    #[schema(value_type = Object)]
    actor: Actor,
    /// Why: the request.
    #[schema(value_type = Object)]
    cause: Cause,
    /// What: `data` has the version from then on, and what changed by field.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    happening: Happening,
}

/// The history of settings
///
/// For staff who may change them.
#[utoipa::path(
    get,
    path = "/v1/settings/{name}/history",
    tag = "settings",
    security(("accessToken" = [])),
    params(
        ("name" = String, Path, description = "`registration` or `business`", pattern = "^(registration|business)$"),
        ("limit" = Option<u32>, Query, description = "How many items, 50 if not given", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "`nextCursor` of the page before", pattern = "^evt_[0-9a-f]{32}$"),
    ),
    responses(
        (status = 200, description = "A page, newest first", body = SettingsHistory, headers(("Link" = String, description = "The next page (RFC 8288)"))),
        (status = "4XX", description = "Not logged in, not allowed, or not found", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get_settings_history(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let name: String = request.path("name")?;
    let name = SettingsName::ALL.into_iter().find(|known| known.name() == name);
    let name = name.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let cursor: Option<EventId> = request.query("cursor", Invalid::Unknown)?;
    let limit = request.limit()?;
    let history = service.store.history(Subject::Settings { name }, cursor, limit);
    let (caller, page) = tokio::join!(service.caller(&request), history);
    caller?.must_be_permitted(Permission::ManageSettings)?;
    let page = page?;
    let items = page.events.into_iter().map(change).collect();
    let answer = Answer::json(StatusCode::OK, &SettingsHistory { items, next_cursor: page.next });
    let Some(next) = page.next else { return Ok(answer) };
    answer.with_next_page(&request, &format!("limit={limit}&cursor={next}"))
}

fn change(event: Event) -> SettingsChange {
    let Event { id, at, actor, cause, happening, .. } = event;
    SettingsChange { id, at, actor, cause, happening }
}
