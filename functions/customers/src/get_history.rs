//! `GET /v1/customers/{id}/history`: all that happened with a customer, newest first.

use decision::{Actor, Cause, Event, Subject};
use domain_history::as_seen_by;
use jiff::Timestamp;
use runtime::{Problem, ProblemKind, Route};
use serde::Serialize;
use serde_json::Value;
use service::{Call, Endpoint, OfCustomer, Page, PageRequest, Service};
use store::HistoryPage;
use utoipa::ToSchema;
use values::{CustomerId, EventId};

pub(crate) struct GetHistory;

impl Endpoint for GetHistory {
    const NAME: &'static str = "get_history";
    const ROUTE: Route = Route::get("/v1/customers/{id}/history");
    const SUMMARY: &'static str = "The history of a customer";
    const DESCRIPTION: &'static str =
        "Newest first. For the customer itself and for staff; for everybody else it does not exist.";

    type Access = OfCustomer;
    type Input = PageRequest<EventId>;
    type Found = HistoryPage;
    type Output = Page<HistoryItem, EventId>;

    async fn find(service: &Service, id: &CustomerId, page: &PageRequest<EventId>) -> Result<HistoryPage, Problem> {
        Ok(service.store.history(&Subject::customer(*id), page.after, page.limit).await?)
    }

    async fn answer(
        call: Call<OfCustomer>,
        page: &PageRequest<EventId>,
        found: HistoryPage,
    ) -> Result<Self::Output, Problem> {
        let nothing_ever_happened = found.events.is_empty() && page.after.is_none();
        if nothing_ever_happened {
            return Err(Problem::new(ProblemKind::NotFound));
        }
        let items =
            found.events.into_iter().filter_map(|event| as_seen_by(&call.caller.account, event)).map(item).collect();
        Ok(Page { items, next: found.next })
    }
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
    /// Names what happened.
    #[schema(example = "registration.confirmed")]
    r#type: String,
    /// Says more, with `changes` by field where the record changed.
    #[schema(value_type = Object)]
    data: Value,
}

fn item(event: Event) -> HistoryItem {
    let Event { id, at, actor, cause, kind, data, .. } = event;
    HistoryItem { id, at, actor, cause, r#type: kind, data }
}
