//! `DELETE /v1/customers/{id}/employees/{employeeId}`: removes an employee with their login, or takes an invitation back.

use std::sync::Arc;

use domain_accounts::Holder;
use domain_employees::Employee;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route};
use service::{Caller, Need, Service};

use crate::employee::change;

pub(crate) const FUNCTION: Function = Function {
    handler: "remove_employee",
    routes: &[Route::delete("/v1/customers/{id}/employees/{employeeId}")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], remove_employee),
};

/// Remove an employee
///
/// For the login that registered the company, for its managers, and for employees who leave. The address is free again.
#[utoipa::path(
    delete,
    path = "/v1/customers/{id}/employees/{employeeId}",
    tag = "employees",
    security(("accessToken" = [])),
    params(
        ("id" = String, Path, description = "The company", pattern = "^cus_[0-9a-f]{32}$"),
        ("employeeId" = String, Path, description = "The employee", pattern = "^emp_[0-9a-f]{32}$"),
    ),
    responses(
        (status = 204, description = "They are not among the employees any more"),
        (status = "4XX", description = "Not logged in, not allowed, or not found", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn remove_employee(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    change(&service, &request, leaves_or_looks_after, |found, context| {
        Ok(domain_employees::remove(&found.employee, found.account.as_ref(), context))
    })
    .await
}

fn leaves_or_looks_after(caller: &Caller, employee: &Employee) -> Result<(), Problem> {
    match caller.account.holder {
        Holder::Employee { employee_id, .. } if employee_id == employee.id => Ok(()),
        _ => caller.must_look_after_employees(employee.customer_id),
    }
}
