//! `GET /v1/customers/{id}/history`: all that happened with a customer, newest first.

use std::sync::Arc;

use domain::{Actor, Cause, CustomerId, Event, EventId, Happening, Invalid, Subject, as_seen_by};
use jiff::Timestamp;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::Serialize;
use service::{Need, Service};
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "get_history",
    routes: &[Route::get("/v1/customers/{id}/history")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], get_history),
};

/// A page of the history.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct History {
    items: Vec<HistoryItem>,
    /// Give it as `cursor` to read on; absent at the end.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<EventId>,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct HistoryItem {
    #[schema(value_type = String, example = "evt_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: EventId,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who did it: `visitor`, `account` with `accountId`, `staff` (with `accountId`, for staff only), `automation` with its name,
    /// `system` or `operator`.
    #[schema(value_type = Object)]
    actor: Actor,
    /// Why: the request, and the event that was answered if there is one.
    #[schema(value_type = Object)]
    cause: Cause,
    /// What.
    #[serde(flatten)]
    #[schema(value_type = DocumentedHappening)]
    happening: Happening,
}

/// What happened.
#[derive(ToSchema)]
#[schema(as = Happening)]
#[expect(dead_code, reason = "describes the domain's type, which knows nothing of OpenAPI")]
struct DocumentedHappening {
    /// Names it.
    #[schema(example = "registration.confirmed")]
    r#type: String,
    /// Says more, with `changes` by field where the record changed.
    #[schema(value_type = Object)]
    data: (),
}

/// The history of a customer
///
/// For the customer itself and for staff; for everybody else it does not exist.
#[utoipa::path(
    get,
    path = "/v1/customers/{id}/history",
    tag = "customers",
    security(("accessToken" = [])),
    params(
        ("id" = String, Path, description = "The customer", pattern = "^cus_[0-9a-f]{32}$"),
        ("limit" = Option<u32>, Query, description = "How many items, 50 if not given", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "`nextCursor` of the page before", pattern = "^evt_[0-9a-f]{32}$"),
    ),
    responses(
        (status = 200, description = "A page, newest first", body = History, headers(("Link" = String, description = "The next page (RFC 8288)"))),
        (status = "4XX", description = "Not logged in, or not found", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get_history(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: CustomerId = request.path("id")?;
    let cursor: Option<EventId> = request.query("cursor", Invalid::Unknown)?;
    let limit = request.limit()?;
    let subject = Subject::Customer { customer_id: id };
    let (caller, page) = tokio::join!(service.caller(&request), service.store.history(subject, cursor, limit));
    let caller = caller?;
    caller.must_see(id)?;
    let page = page?;
    let nothing_ever_happened = page.events.is_empty() && cursor.is_none();
    if nothing_ever_happened {
        return Err(Problem::new(ProblemKind::NotFound));
    }
    let history = History {
        items: page.events.into_iter().map(|event| item(as_seen_by(&caller.account, event))).collect(),
        next_cursor: page.next,
    };
    let answer = Answer::json(StatusCode::OK, &history);
    let Some(next) = page.next else { return Ok(answer) };
    answer.with_next_page(&request, &format!("limit={limit}&cursor={next}"))
}

fn item(event: Event) -> HistoryItem {
    let Event { id, at, actor, cause, happening, .. } = event;
    HistoryItem { id, at, actor, cause, happening }
}
