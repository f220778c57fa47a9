//! `PATCH /v1/customers/{id}/employees/{employeeId}`: gives an employee another role. It counts from their next request on.

use std::sync::Arc;

use domain_accounts::CompanyRole;
use domain_employees::Employee;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, documented};
use serde::Deserialize;
use service::{Need, Service};
use utoipa::ToSchema;

use crate::employee::change;

pub(crate) const FUNCTION: Function = Function {
    handler: "change_employee_role",
    routes: &[Route::patch("/v1/customers/{id}/employees/{employeeId}")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], change_employee_role),
};

/// The role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeEmployeeRoleRequest {
    #[schema(value_type = documented::CompanyRole)]
    role: CompanyRole,
}

/// Change an employee's role
///
/// For the login that registered the company, and for its managers.
#[utoipa::path(
    patch,
    path = "/v1/customers/{id}/employees/{employeeId}",
    tag = "employees",
    security(("accessToken" = [])),
    params(
        ("id" = String, Path, description = "The company", pattern = "^cus_[0-9a-f]{32}$"),
        ("employeeId" = String, Path, description = "The employee", pattern = "^emp_[0-9a-f]{32}$"),
    ),
    request_body = ChangeEmployeeRoleRequest,
    responses(
        (status = 204, description = "The role is changed"),
        (status = "4XX", description = "Not logged in, not allowed, or not found", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn change_employee_role(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let allow = |caller: &service::Caller, employee: &Employee| caller.must_look_after_employees(employee.customer_id);
    change(&service, &request, allow, |found, context| {
        let ChangeEmployeeRoleRequest { role } = request.json()?;
        Ok(domain_employees::change_role(&found.employee, found.account.as_ref(), role, context))
    })
    .await
}
