//! An employee whom an endpoint changes, with their account.

use domain_accounts::Account;
use domain_employees::{Employee, EmployeeState};
use runtime::{Problem, ProblemKind};
use service::Service;
use values::{CustomerId, EmployeeId};

/// An employee, and their account if they have joined.
pub struct Found {
    pub(crate) employee: Employee,
    pub(crate) account: Option<Account>,
}

/// Reads an employee of a company.
pub(crate) async fn find(service: &Service, &(company, id): &(CustomerId, EmployeeId)) -> Result<Found, Problem> {
    let not_found = || Problem::new(ProblemKind::NotFound);
    let employee = service.store.get(Employee::key_of(company, id)).await?.ok_or_else(not_found)?;
    let account = match employee.state {
        // There is none if they were removed between the two reads.
        EmployeeState::Joined { account_id, .. } => {
            Some(service.store.get(Account::key_of(account_id)).await?.ok_or_else(not_found)?)
        }
        EmployeeState::Invited { .. } | EmployeeState::Unknown => None,
    };
    Ok(Found { employee, account })
}
