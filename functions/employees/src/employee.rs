//! How an employee is changed, whatever the change: by somebody who looks after the company's people, on what is read now.

use decision::{Context, Decision};
use domain_accounts::Account;
use domain_employees::{Employee, EmployeeState};
use runtime::{Answer, Problem, ProblemKind, Request};
use service::{Caller, Service};
use store::retry_on_conflict;
use values::{AccountId, CustomerId, EmployeeId};

/// An employee, and their account if they have joined.
pub(crate) struct Found {
    pub(crate) employee: Employee,
    pub(crate) account: Option<Account>,
}

/// Decides and commits, again and again while others change the same.
pub(crate) async fn change(
    service: &Service,
    request: &Request,
    allow: impl Fn(&Caller, &Employee) -> Result<(), Problem>,
    decide: impl Fn(&Found, &Context) -> Result<Decision, Problem>,
) -> Result<Answer, Problem> {
    let company: CustomerId = request.path("id")?;
    let id: EmployeeId = request.path("employeeId")?;
    retry_on_conflict(async || {
        let key = Employee::key_of(company, id);
        let (caller, employee) = tokio::join!(service.caller(request), service.store.get(key));
        let caller = caller?;
        caller.must_see(company)?;
        let employee = employee?.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        allow(&caller, &employee)?;
        let account = match employee.state {
            EmployeeState::Joined { account_id, .. } => Some(account_of(service, account_id).await?),
            EmployeeState::Invited { .. } | EmployeeState::Unknown => None,
        };
        let context = service.context(caller.actor(), request.cause());
        let decision = decide(&Found { employee, account }, &context)?;
        service.store.commit(decision).await?;
        Ok(Answer::empty())
    })
    .await
}

async fn account_of(service: &Service, id: AccountId) -> Result<Account, Problem> {
    let account = service.store.get(Account::key_of(id)).await?;
    // Removed between the two reads, together with the employee.
    account.ok_or_else(|| Problem::new(ProblemKind::NotFound))
}
