//! `DELETE /v1/customers/{id}/employees/{employeeId}`: removes an employee with their login, or takes an invitation back.

use runtime::{Problem, Route};
use service::{Call, Endpoint, LookupOf, NoContent, RemovesEmployee, Service};

use crate::employee::{self, Found};

/// Removes an employee.
pub struct RemoveEmployee;

impl Endpoint for RemoveEmployee {
    const NAME: &'static str = "remove_employee";
    const ROUTE: Route = Route::delete("/v1/customers/{id}/employees/{employeeId}");
    const SUMMARY: &'static str = "Remove an employee";
    const DESCRIPTION: &'static str = "For the login that registered the company, for its managers, and for employees who leave. \
                                       The address is free again.";

    type Access = RemovesEmployee;
    type Input = ();
    type Found = Found;
    type Output = NoContent;

    async fn find(service: &Service, ids: &LookupOf<Self>, (): &()) -> Result<Found, Problem> {
        employee::find(service, ids).await
    }

    async fn answer(
        call: Call<RemovesEmployee>,
        (): &(),
        Found { employee, account }: Found,
    ) -> Result<NoContent, Problem> {
        let decision = domain_employees::remove(&employee, account.as_ref(), &call.context());
        call.commit(decision, NoContent).await
    }
}
