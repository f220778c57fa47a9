//! `GET /v1/customers/{id}/employees`: who sees the company's record, for all of them and for staff.

use std::collections::HashMap;
use std::sync::Arc;

use domain_accounts::{Account, CompanyRole};
use domain_customers::{Customer, Kind};
use domain_employees::{Employee, EmployeeState};
use jiff::Timestamp;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode, documented};
use serde::Serialize;
use service::{Need, Service};
use utoipa::ToSchema;
use values::{AccountId, CustomerId, EmailAddress, EmployeeId, Invalid, Text};

pub(crate) const FUNCTION: Function = Function {
    handler: "list_employees",
    routes: &[Route::get("/v1/customers/{id}/employees")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], list_employees),
};

/// A page of employees, in the order in which they were invited.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EmployeeList {
    owner: OwnerView,
    items: Vec<EmployeeView>,
    /// Give it as `cursor` to read on; absent at the end.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<EmployeeId>,
}

/// The login that registered the company. It cannot be removed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OwnerView {
    #[schema(value_type = String, example = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    account_id: AccountId,
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Text<200>>,
    #[schema(value_type = String, format = Email)]
    email: EmailAddress,
}

/// An employee.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EmployeeView {
    #[schema(value_type = String, example = "emp_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: EmployeeId,
    /// Absent until they join.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Text<200>>,
    #[schema(value_type = String, format = Email)]
    email: EmailAddress,
    #[schema(value_type = documented::CompanyRole)]
    role: CompanyRole,
    state: EmployeeStanding,
    /// The account they log in to; absent until they join.
    #[schema(value_type = Option<String>, example = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<AccountId>,
    #[schema(value_type = String, format = DateTime)]
    invited_at: Timestamp,
    /// Until when the invitation can be accepted; absent once they joined.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    open_until: Option<Timestamp>,
    /// Absent until they join.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    joined_at: Option<Timestamp>,
}

/// Where an employee stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EmployeeStanding {
    /// The invitation has not been accepted.
    Invited,
    /// Can log in.
    Active,
    /// An administrator of the business shut them out.
    Blocked,
}

/// Employees
///
/// For everybody who sees the company's record.
#[utoipa::path(
    get,
    path = "/v1/customers/{id}/employees",
    tag = "employees",
    security(("accessToken" = [])),
    params(
        ("id" = String, Path, description = "The company", pattern = "^cus_[0-9a-f]{32}$"),
        ("limit" = Option<u32>, Query, description = "How many items, 50 if not given", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "`nextCursor` of the page before", pattern = "^emp_[0-9a-f]{32}$"),
    ),
    responses(
        (status = 200, description = "A page", body = EmployeeList, headers(("Link" = String, description = "The next page (RFC 8288)"))),
        (status = "4XX", description = "Not logged in, not found, or not a company", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn list_employees(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let company: CustomerId = request.path("id")?;
    let limit = request.limit()?;
    let cursor: Option<EmployeeId> = request.query("cursor", Invalid::Unknown)?;
    let (caller, customer, page) = tokio::join!(
        service.caller(&request),
        service.store.get(Customer::key_of(company)),
        service.store.page_in(Customer::partition(company), cursor.map(|id| Employee::key_of(company, id)), limit),
    );
    caller?.must_see(company)?;
    let customer = customer?.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    if customer.profile.kind != Kind::Company {
        return Err(Problem::field("id", Invalid::OnlyForCompanies));
    }
    let (employees, more) = page?;
    let next_cursor = employees.last().filter(|_| more).map(|employee| employee.id);
    let mut accounts = accounts(&service, customer.account_id, &employees).await?;
    let owner = accounts.remove(&customer.account_id).ok_or_else(|| Problem::internal("a company has no account"))?;
    let list = EmployeeList {
        owner: OwnerView { account_id: owner.id, name: owner.name, email: owner.email },
        items: employees.into_iter().filter_map(|employee| view(employee, &mut accounts)).collect(),
        next_cursor,
    };
    let answer = Answer::json(StatusCode::OK, &list);
    let Some(next) = next_cursor else { return Ok(answer) };
    answer.with_next_page(&request, &format!("limit={limit}&cursor={next}"))
}

/// The accounts of the owner and of those who have joined.
async fn accounts(
    service: &Service,
    owner: AccountId,
    employees: &[Employee],
) -> Result<HashMap<AccountId, Account>, Problem> {
    let joined = employees.iter().filter_map(|employee| match employee.state {
        EmployeeState::Joined { account_id, .. } => Some(account_id),
        EmployeeState::Invited { .. } | EmployeeState::Unknown => None,
    });
    let keys = std::iter::once(owner).chain(joined).map(Account::key_of).collect();
    let accounts = service.store.get_many(keys).await?;
    Ok(accounts.into_iter().map(|account| (account.id, account)).collect())
}

/// None for somebody who was removed between the two reads.
fn view(employee: Employee, accounts: &mut HashMap<AccountId, Account>) -> Option<EmployeeView> {
    let Employee { id, role, state, invited_at, .. } = employee;
    match state {
        EmployeeState::Invited { email, open_until, .. } => Some(EmployeeView {
            id,
            name: None,
            email,
            role,
            state: EmployeeStanding::Invited,
            account_id: None,
            invited_at,
            open_until: Some(open_until),
            joined_at: None,
        }),
        EmployeeState::Unknown => None,
        EmployeeState::Joined { account_id, joined_at } => {
            let Account { name, email, blocked_at, .. } = accounts.remove(&account_id)?;
            let state = if blocked_at.is_some() { EmployeeStanding::Blocked } else { EmployeeStanding::Active };
            Some(EmployeeView {
                id,
                name,
                email,
                role,
                state,
                account_id: Some(account_id),
                invited_at,
                open_until: None,
                joined_at: Some(joined_at),
            })
        }
    }
}
