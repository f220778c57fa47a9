//! `DELETE /v1/staff/roles/{name}`: deletes a role that nobody has.

use domain_staff::roles;
use runtime::{Problem, Route};
use service::permission::ManageStaff;
use service::{Call, Endpoint, IfMatch, NoContent, Service, Staff};

use crate::role::{self, Found, Named};

pub(crate) struct DeleteRole;

impl Endpoint for DeleteRole {
    const NAME: &'static str = "delete_role";
    const ROUTE: Route = Route::delete("/v1/staff/roles/{name}");
    const SUMMARY: &'static str = "Delete a role";
    const DESCRIPTION: &'static str = "For staff who manage staff. Nobody may have the role, and nobody be invited with it. `If-Match` \
                                       is the version of all roles.";

    type Access = Staff<ManageStaff, Named>;
    type Input = IfMatch;
    type Found = Found;
    type Output = NoContent;

    async fn find(service: &Service, _: &Named, _: &IfMatch) -> Result<Found, Problem> {
        role::find(service).await
    }

    async fn answer(
        call: Call<Self::Access>,
        if_match: &IfMatch,
        Found { roles, roster }: Found,
    ) -> Result<NoContent, Problem> {
        if_match.check(roles.version)?;
        let decision = roles::delete(&roles, &roster, &call.target.0, &call.context()).map_err(role::refusal)?;
        call.commit(decision, NoContent).await
    }
}
