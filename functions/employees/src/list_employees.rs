//! `GET /v1/customers/{id}/employees`: who sees the company's record, for all of them and for staff.

use std::collections::HashMap;

use domain_accounts::{Account, CompanyRole};
use domain_customers::{Customer, Kind};
use domain_employees::{Employee, EmployeeState};
use jiff::Timestamp;
use runtime::{Answer, Problem, ProblemKind, Request, Route, StatusCode, documented};
use serde::Serialize;
use service::openapi::{Named, Operation};
use service::{Call, Endpoint, OfCustomer, Output, PageRequest, Service, with_next_page};
use utoipa::ToSchema;
use values::{AccountId, CustomerId, EmailAddress, EmployeeId, Invalid, Text};

/// The employees of a company.
pub struct ListEmployees;

/// The company, and a page of its employees.
pub struct Found {
    company: Option<Customer>,
    employees: Vec<Employee>,
    /// Whether more may follow.
    more: bool,
}

impl Endpoint for ListEmployees {
    const NAME: &'static str = "list_employees";
    const ROUTE: Route = Route::get("/v1/customers/{id}/employees");
    const SUMMARY: &'static str = "Employees";
    const DESCRIPTION: &'static str = "For everybody who sees the company's record.";

    type Access = OfCustomer;
    type Input = PageRequest<EmployeeId>;
    type Found = Found;
    type Output = EmployeeList;

    async fn find(service: &Service, id: &CustomerId, page: &Self::Input) -> Result<Found, Problem> {
        let after = page.after.map(|employee| Employee::key_of(*id, employee));
        let (company, page) = tokio::join!(
            service.store.get(Customer::key_of(*id)),
            service.store.page_in(Customer::partition(*id), after, page.limit),
        );
        let (employees, more) = page?;
        Ok(Found { company: company?, employees, more })
    }

    async fn answer(
        call: Call<OfCustomer>,
        _: &Self::Input,
        Found { company, employees, more }: Found,
    ) -> Result<EmployeeList, Problem> {
        let company = company.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        if company.profile.kind != Kind::Company {
            return Err(Problem::field("id", Invalid::OnlyForCompanies));
        }
        let next_cursor = employees.last().filter(|_| more).map(|employee| employee.id);
        let mut accounts = accounts(&call, company.account_id, &employees).await?;
        let owner =
            accounts.remove(&company.account_id).ok_or_else(|| Problem::internal("a company has no account"))?;
        Ok(EmployeeList {
            owner: OwnerView { account_id: owner.id, name: owner.name, email: owner.email },
            items: employees.into_iter().filter_map(|employee| view(employee, &mut accounts)).collect(),
            next_cursor,
        })
    }
}

/// A page of employees, in the order in which they were invited.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmployeeList {
    /// The login that registered the company.
    pub owner: OwnerView,
    /// The employees of the page.
    pub items: Vec<EmployeeView>,
    /// Give it as `cursor` to read on; absent at the end.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<EmployeeId>,
}

impl Output for EmployeeList {
    fn answer(&self, request: &Request) -> Result<Answer, Problem> {
        with_next_page(Answer::json(StatusCode::OK, self), request, self.next_cursor.as_ref())
    }

    fn describe(operation: &mut Operation) {
        operation.answers(StatusCode::OK, Named::of::<Self>(), &[("Link", "The next page (RFC 8288)")]);
        operation.refuses("not a company");
    }
}

/// The login that registered the company. It cannot be removed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnerView {
    #[schema(value_type = String, example = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    account_id: AccountId,
    /// The name to go by.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<200>>,
    /// The address it logs in with.
    #[schema(value_type = String, format = Email)]
    pub email: EmailAddress,
}

/// An employee.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmployeeView {
    /// Their id, also once they joined.
    #[schema(value_type = String, example = "emp_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    pub id: EmployeeId,
    /// Absent until they join.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<200>>,
    /// The address that was invited, or that they log in with.
    #[schema(value_type = String, format = Email)]
    pub email: EmailAddress,
    /// What they may do.
    #[schema(value_type = documented::CompanyRole)]
    pub role: CompanyRole,
    /// Where they stand.
    pub state: EmployeeStanding,
    /// The account they log in to; absent until they join.
    #[schema(value_type = Option<String>, example = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<AccountId>,
    #[schema(value_type = String, format = DateTime)]
    invited_at: Timestamp,
    /// Until when the invitation can be accepted; absent once they joined.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_until: Option<Timestamp>,
    /// Absent until they join.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    joined_at: Option<Timestamp>,
}

/// Where an employee stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum EmployeeStanding {
    /// The invitation has not been accepted.
    Invited,
    /// Can log in.
    Active,
    /// An administrator of the business shut them out.
    Blocked,
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
