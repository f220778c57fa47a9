//! `PATCH /v1/staff/{id}`: gives a member of staff another role. It counts from their next request on.

use domain_accounts::RoleName;
use domain_staff::members;
use runtime::{Problem, Route};
use serde::Deserialize;
use service::{Body, Call, Endpoint, NoContent, ReadAs, Service};
use utoipa::ToSchema;
use values::{AccountId, Invalid};

use crate::member::{self, Access, Found};

pub(crate) struct ChangeRole;

impl Endpoint for ChangeRole {
    const NAME: &'static str = "change_role";
    const ROUTE: Route = Route::patch("/v1/staff/{id}");
    const SUMMARY: &'static str = "Give a member of staff another role";
    const DESCRIPTION: &'static str = "For staff who manage staff. Somebody has to be left who can.";

    type Access = Access;
    type Input = Body<RoleChange, RoleName>;
    type Found = Found;
    type Output = NoContent;

    async fn find(service: &Service, id: &AccountId, _: &Self::Input) -> Result<Found, Problem> {
        member::find(service, *id).await
    }

    async fn answer(call: Call<Access>, name: &Self::Input, found: Found) -> Result<NoContent, Problem> {
        let role = found.roles.get(name);
        let role = role.ok_or_else(|| Problem::field("role", Invalid::NotOneOf(found.roles.names())))?;
        member::change(&call, &found, |account, staff, context| members::change_role(account, role, staff, context))
            .await
    }
}

/// The role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleChange {
    /// One of the roles.
    #[schema(max_length = 50, pattern = "^[a-z]+(-[a-z]+)*$", example = "agent")]
    role: String,
}

impl ReadAs<RoleName> for RoleChange {
    fn read(self) -> Result<RoleName, Problem> {
        RoleName::parse(&self.role).map_err(|invalid| Problem::field("role", invalid))
    }
}
