//! `PATCH /v1/staff/{id}`: gives a member of staff another role. It counts from their next request on.

use std::sync::Arc;

use domain_accounts::RoleName;
use domain_staff::members;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route};
use serde::Deserialize;
use service::{Need, Service};
use utoipa::ToSchema;
use values::{AccountId, Invalid};

use crate::member::change;

pub(crate) const FUNCTION: Function = Function {
    handler: "change_role",
    routes: &[Route::patch("/v1/staff/{id}")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], change_role),
};

/// The role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeRoleRequest {
    /// One of the roles.
    #[schema(max_length = 50, pattern = "^[a-z]+(-[a-z]+)*$", example = "agent")]
    role: String,
}

/// Change a role
///
/// For staff who manage staff. Somebody has to be left who can.
#[utoipa::path(
    patch,
    path = "/v1/staff/{id}",
    tag = "staff",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The member of staff", pattern = "^acc_[0-9a-f]{32}$")),
    request_body = ChangeRoleRequest,
    responses(
        (status = 204, description = "The role is changed"),
        (status = "4XX", description = "Not logged in, not allowed, not found, or nobody else could manage staff", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn change_role(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: AccountId = request.path("id")?;
    change(&service, &request, id, |member, staff, context| {
        let ChangeRoleRequest { role } = request.json()?;
        let name = RoleName::parse(&role).map_err(|invalid| Problem::field("role", invalid))?;
        let role = staff.roles.get(&name);
        let role = role.ok_or_else(|| Problem::field("role", Invalid::NotOneOf(staff.roles.names())))?;
        Ok(members::change_role(member, role, staff, context))
    })
    .await
}
