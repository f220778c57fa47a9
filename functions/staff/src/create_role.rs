//! `POST /v1/staff/roles`: adds a role, which can then be given.

use domain_accounts::{Permission, Role, RoleName};
use domain_staff::roles;
use runtime::{Problem, Route, documented};
use serde::Deserialize;
use service::permission::ManageStaff;
use service::{Body, Call, Created, Endpoint, IdempotencyKey, ReadAs, Service, Staff};
use utoipa::ToSchema;

use crate::role::{self, Found, RoleView};

pub(crate) struct CreateRole;

impl Endpoint for CreateRole {
    const NAME: &'static str = "create_role";
    const ROUTE: Route = Route::post("/v1/staff/roles");
    const SUMMARY: &'static str = "Create a role";
    const DESCRIPTION: &'static str = "For staff who manage staff. There can be 50 roles.";

    type Access = Staff<ManageStaff>;
    type Input = (Body<NewRole, Role>, IdempotencyKey);
    type Found = Found;
    type Output = Created<RoleView>;

    async fn find(service: &Service, (): &(), _: &Self::Input) -> Result<Found, Problem> {
        role::find(service).await
    }

    async fn answer(
        call: Call<Self::Access>,
        (role, _): &Self::Input,
        Found { roles, roster }: Found,
    ) -> Result<Self::Output, Problem> {
        let role = Role::clone(role);
        let decision = roles::create(&roles, &roster, role.clone(), &call.context()).map_err(role::refusal)?;
        call.commit(decision, Created(role.into())).await
    }
}

/// A role to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRole {
    /// Lower-case words joined by hyphens.
    #[schema(max_length = 50, pattern = "^[a-z]+(-[a-z]+)*$", example = "night-shift")]
    name: String,
    /// What it includes.
    #[schema(value_type = Vec<documented::Permission>)]
    permissions: Vec<Permission>,
}

impl ReadAs<Role> for NewRole {
    fn read(self) -> Result<Role, Problem> {
        let name = RoleName::parse(&self.name).map_err(|invalid| Problem::field("name", invalid))?;
        Ok(Role { name, permissions: self.permissions.into_iter().collect() })
    }
}
