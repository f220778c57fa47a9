//! `PATCH /v1/customers/{id}/employees/{employeeId}`: gives an employee another role. It counts from their next request on.

use domain_accounts::CompanyRole;
use runtime::{Problem, Route, documented};
use serde::Deserialize;
use service::{Body, Call, Endpoint, LooksAfterEmployees, LookupOf, NoContent, Service};
use utoipa::ToSchema;
use values::{CustomerId, EmployeeId};

use crate::employee::{self, Found};

/// Changes an employee's role.
pub struct ChangeEmployeeRole;

impl Endpoint for ChangeEmployeeRole {
    const NAME: &'static str = "change_employee_role";
    const ROUTE: Route = Route::patch("/v1/customers/{id}/employees/{employeeId}");
    const SUMMARY: &'static str = "Change an employee's role";
    const DESCRIPTION: &'static str = "For the login that registered the company, and for its managers.";

    type Access = LooksAfterEmployees<(CustomerId, EmployeeId)>;
    type Input = Body<ChangeEmployeeRoleRequest>;
    type Found = Found;
    type Output = NoContent;

    async fn find(service: &Service, ids: &LookupOf<Self>, _: &Self::Input) -> Result<Found, Problem> {
        employee::find(service, ids).await
    }

    async fn answer(
        call: Call<Self::Access>,
        change: &Self::Input,
        Found { employee, account }: Found,
    ) -> Result<NoContent, Problem> {
        let decision = domain_employees::change_role(&employee, account.as_ref(), change.role, &call.context());
        call.commit(decision, NoContent).await
    }
}

/// The role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEmployeeRoleRequest {
    /// The new role.
    #[schema(value_type = documented::CompanyRole)]
    #[serde(deserialize_with = "CompanyRole::chosen")]
    pub role: CompanyRole,
}
