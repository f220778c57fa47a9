//! `PUT /v1/staff/roles/{name}`: says anew what a role includes. It counts for everybody who has it from their next request on.

use std::collections::BTreeSet;

use domain_accounts::{Permission, Role};
use domain_staff::roles;
use runtime::{Problem, Route, documented};
use serde::Deserialize;
use service::permission::ManageStaff;
use service::{Body, Call, Endpoint, IfMatch, ReadAs, Service, Staff, Versioned};
use utoipa::ToSchema;

use crate::role::{self, Found, Named, RoleView};

pub(crate) struct ChangePermissions;

impl Endpoint for ChangePermissions {
    const NAME: &'static str = "change_permissions";
    const ROUTE: Route = Route::put("/v1/staff/roles/{name}");
    const SUMMARY: &'static str = "Change what a role includes";
    const DESCRIPTION: &'static str = "For staff who manage staff. Counts for everybody who has the role from their next request on. \
                                       Somebody has to be left who can manage staff. `If-Match` and `ETag` are the version of all roles.";

    type Access = Staff<ManageStaff, Named>;
    type Input = (Body<Permissions, BTreeSet<Permission>>, IfMatch);
    type Found = Found;
    type Output = Versioned<RoleView>;

    async fn find(service: &Service, _: &Named, _: &Self::Input) -> Result<Found, Problem> {
        role::find(service).await
    }

    async fn answer(
        call: Call<Self::Access>,
        (permissions, if_match): &Self::Input,
        Found { roles, roster }: Found,
    ) -> Result<Self::Output, Problem> {
        if_match.check(roles.version)?;
        let role = Role { name: call.target.0.clone(), permissions: BTreeSet::clone(permissions) };
        let decision = roles::change(&roles, &roster, role.clone(), &call.context()).map_err(role::refusal)?;
        let version = roles.version + u64::from(!decision.is_empty());
        call.commit(decision, Versioned { version, body: role.into() }).await
    }
}

/// What a role includes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Permissions {
    /// All of it.
    #[schema(value_type = Vec<documented::Permission>)]
    permissions: Vec<Permission>,
}

impl ReadAs<BTreeSet<Permission>> for Permissions {
    fn read(self) -> Result<BTreeSet<Permission>, Problem> {
        Ok(self.permissions.into_iter().collect())
    }
}
