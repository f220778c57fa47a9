//! `GET /v1/registrations`: what waits for a decision, the longest first.

use std::sync::Arc;

use decision::List;
use domain_accounts::Permission;
use domain_customers::{Company, Kind};
use domain_registration::{Registration, RegistrationState};
use jiff::Timestamp;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode, documented};
use serde::Serialize;
use service::{Need, Service};
use store::{ListPage, ListPlace};
use utoipa::ToSchema;
use values::{AccountId, CustomerId, EmailAddress, Invalid, Language, PhoneNumber, RegistrationId, Text};

pub(crate) const FUNCTION: Function = Function {
    handler: "list_registrations",
    routes: &[Route::get("/v1/registrations")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], list_registrations),
};

/// A page of registrations.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WaitingRegistrations {
    items: Vec<WaitingRegistration>,
    /// Give it as `cursor` to read on; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// A registration that waits for a decision.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WaitingRegistration {
    #[schema(value_type = String, example = "reg_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: RegistrationId,
    #[schema(value_type = String)]
    customer_id: CustomerId,
    #[schema(value_type = String)]
    account_id: AccountId,
    #[schema(value_type = documented::CustomerKind)]
    kind: Kind,
    #[schema(value_type = String)]
    name: Text<200>,
    #[schema(value_type = String, format = Email)]
    email: EmailAddress,
    /// Whether the address is proven.
    email_confirmed: bool,
    #[schema(value_type = documented::Language)]
    language: Language,
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<PhoneNumber>,
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<Company>,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    /// Since when it waits for a decision.
    #[schema(value_type = String, format = DateTime)]
    waiting_since: Timestamp,
    /// For how long that is, in seconds.
    waiting_seconds: i64,
}

/// Registrations that wait for a decision
///
/// For staff who decide about them. The longest waiting come first.
#[utoipa::path(
    get,
    path = "/v1/registrations",
    tag = "registration",
    security(("accessToken" = [])),
    params(
        ("state" = String, Query, description = "Always `awaiting-approval`", pattern = "^awaiting-approval$"),
        ("kind" = Option<documented::CustomerKind>, Query, description = "Both if not given"),
        ("limit" = Option<u32>, Query, description = "How many items, 50 if not given", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "`nextCursor` of the page before"),
    ),
    responses(
        (status = 200, description = "A page", body = WaitingRegistrations, headers(("Link" = String, description = "The next page (RFC 8288)"))),
        (status = "4XX", description = "Not logged in, or not allowed", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list_registrations(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let Query { kinds, limit, after } = read(&request)?;
    service.caller(&request).await?.must_be_permitted(Permission::DecideRegistrations)?;
    let lists: Vec<List> = kinds.into_iter().map(RegistrationState::awaiting_approval).collect();
    let ListPage { records, next } = service.store.list::<Registration>(&lists, after.as_ref(), limit).await?;
    let next_cursor = next.map(|place| place.to_string());
    let now = service.clock.now();
    let items = records.into_iter().filter_map(|registration| waiting(registration, now)).collect();
    let answer = Answer::json(StatusCode::OK, &WaitingRegistrations { items, next_cursor: next_cursor.clone() });
    let Some(next) = next_cursor else { return Ok(answer) };
    let kind = request.query::<String>("kind", Invalid::Unknown)?.map(|kind| format!("&kind={kind}"));
    let query = format!("state=awaiting-approval{}&limit={limit}&cursor={next}", kind.unwrap_or_default());
    answer.with_next_page(&request, &query)
}

struct Query {
    kinds: Vec<Kind>,
    limit: u32,
    after: Option<ListPlace>,
}

fn read(request: &Request) -> Result<Query, Problem> {
    let state: Option<String> = request.query("state", Invalid::Unknown)?;
    match state.as_deref() {
        Some("awaiting-approval") => {}
        Some(_) => return Err(Problem::field("state", Invalid::NotOneOf(vec!["awaiting-approval".into()]))),
        None => return Err(Problem::field("state", Invalid::Required)),
    }
    let kind: Option<String> = request.query("kind", Invalid::Unknown)?;
    let kinds = match kind.as_deref() {
        None => vec![Kind::Person, Kind::Company],
        Some("person") => vec![Kind::Person],
        Some("company") => vec![Kind::Company],
        Some(_) => return Err(Problem::field("kind", Invalid::NotOneOf(vec!["person".into(), "company".into()]))),
    };
    let after = request.query("cursor", Invalid::Unknown)?;
    Ok(Query { kinds, limit: request.limit()?, after })
}

/// None if it was decided about a moment ago.
fn waiting(registration: Registration, now: Timestamp) -> Option<WaitingRegistration> {
    let RegistrationState::AwaitingApproval { since } = registration.state else { return None };
    let profile = registration.profile;
    Some(WaitingRegistration {
        id: registration.id,
        customer_id: registration.customer_id,
        account_id: registration.account_id,
        kind: profile.kind,
        name: profile.name,
        email: registration.email,
        email_confirmed: registration.confirmed_at.is_some(),
        language: profile.language,
        phone: profile.phone,
        company: profile.company,
        received_at: registration.received_at,
        waiting_since: since,
        waiting_seconds: now.duration_since(since).as_secs().max(0),
    })
}
