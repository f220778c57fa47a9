//! `GET /v1/staff`: everybody on the staff, in the order in which they were invited.

use std::sync::Arc;

use domain_accounts::{Account, AccountState, Holder, Permission, RoleName, STAFF};
use jiff::Timestamp;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode};
use serde::Serialize;
use service::{Need, Service};
use store::{Listed, Store, StoreError};
use utoipa::ToSchema;
use values::{AccountId, EmailAddress, Invalid, Text};

pub(crate) const FUNCTION: Function = Function {
    handler: "list_staff",
    routes: &[Route::get("/v1/staff")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], list_staff),
};

/// A page of members of staff.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffList {
    items: Vec<StaffView>,
    /// Give it as `cursor` to read on; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// A member of staff.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffView {
    #[schema(value_type = String, example = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: AccountId,
    /// Absent until the invitation is accepted.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Text<200>>,
    #[schema(value_type = String, format = Email)]
    email: EmailAddress,
    #[schema(value_type = String, example = "manager")]
    role: RoleName,
    state: StaffState,
    #[schema(value_type = String, format = DateTime)]
    invited_at: Timestamp,
}

/// Where a member of staff stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StaffState {
    /// The invitation has not been accepted.
    Invited,
    /// Can log in.
    Active,
    /// Is shut out.
    Deactivated,
}

impl StaffView {
    /// None for an account that is not a member of staff's.
    pub(crate) fn new(account: Account) -> Option<Self> {
        let Holder::Staff { role } = account.holder else { return None };
        let state = match (account.blocked_at, account.state) {
            (Some(_), _) => StaffState::Deactivated,
            (None, AccountState::Active) => StaffState::Active,
            (None, _) => StaffState::Invited,
        };
        let Account { id, name, email, created_at: invited_at, .. } = account;
        Some(Self { id, name, email, role, state, invited_at })
    }
}

/// The staff
///
/// For staff who manage staff.
#[utoipa::path(
    get,
    path = "/v1/staff",
    tag = "staff",
    security(("accessToken" = [])),
    params(
        ("limit" = Option<u32>, Query, description = "How many items, 50 if not given", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "`nextCursor` of the page before"),
    ),
    responses(
        (status = 200, description = "A page", body = StaffList, headers(("Link" = String, description = "The next page (RFC 8288)"))),
        (status = "4XX", description = "Not logged in, or not allowed", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list_staff(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let limit = request.limit()?;
    let cursor: Option<String> = request.query("cursor", Invalid::Unknown)?;
    let after = cursor.map(|cursor| Listed::<Account>::place_of(&cursor).ok_or(Invalid::Unknown)).transpose();
    let after = after.map_err(|invalid| Problem::field("cursor", invalid))?;
    service.caller(&request).await?.must_be_permitted(Permission::ManageStaff)?;
    let (accounts, next_cursor) = page(&service.store, after.as_deref(), limit).await?;
    let items = accounts.into_iter().filter_map(StaffView::new).collect();
    let answer = Answer::json(StatusCode::OK, &StaffList { items, next_cursor: next_cursor.clone() });
    let Some(next) = next_cursor else { return Ok(answer) };
    answer.with_next_page(&request, &format!("limit={limit}&cursor={next}"))
}

async fn page(store: &Store, after: Option<&str>, limit: u32) -> Result<(Vec<Account>, Option<String>), StoreError> {
    let listed: Vec<Listed<Account>> = store.list(STAFF, after, limit).await?;
    let full = listed.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    let next = listed.last().filter(|_| full).map(Listed::cursor);
    let accounts = store.get_many(listed.into_iter().map(|listed| listed.key).collect()).await?;
    Ok((accounts, next))
}
