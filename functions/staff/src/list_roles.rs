//! `GET /v1/staff/roles`: the roles that staff can have, and what they include.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain_accounts::{Permission, Role, RoleName, Roles};
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode};
use serde::Serialize;
use service::{Need, Service};
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "list_roles",
    routes: &[Route::get("/v1/staff/roles")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], list_roles),
};

/// All roles.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleList {
    items: Vec<RoleView>,
}

/// A role.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleView {
    #[schema(value_type = String, example = "manager")]
    name: RoleName,
    /// What it includes.
    #[schema(value_type = Vec<String>, example = json!(["see-customers", "decide-registrations"]))]
    permissions: BTreeSet<Permission>,
}

/// The roles of staff
///
/// For staff who manage staff.
#[utoipa::path(
    get,
    path = "/v1/staff/roles",
    tag = "staff",
    security(("accessToken" = [])),
    responses(
        (status = 200, description = "All roles", body = RoleList),
        (status = "4XX", description = "Not logged in, or not allowed", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list_roles(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let (caller, roles) = tokio::join!(service.caller(&request), service.store.get(Roles::key_of_all()));
    caller?.must_be_permitted(Permission::ManageStaff)?;
    let view = |Role { name, permissions }| RoleView { name, permissions };
    let items = roles?.unwrap_or_default().roles.into_iter().map(view).collect();
    Ok(Answer::json(StatusCode::OK, &RoleList { items }))
}
