//! `GET /v1/staff/roles`: the roles that staff can have, and what they include.

use domain_accounts::Roles;
use runtime::{Problem, Route};
use serde::Serialize;
use service::permission::ManageStaff;
use service::{Call, Endpoint, Service, Staff, Versioned};
use utoipa::ToSchema;

use crate::role::RoleView;

pub(crate) struct ListRoles;

impl Endpoint for ListRoles {
    const NAME: &'static str = "list_roles";
    const ROUTE: Route = Route::get("/v1/staff/roles");
    const SUMMARY: &'static str = "The roles of staff";
    const DESCRIPTION: &'static str = "For staff who manage staff. All roles have one version together.";

    type Access = Staff<ManageStaff>;
    type Input = ();
    type Found = Roles;
    type Output = Versioned<RoleList>;

    async fn find(service: &Service, (): &(), (): &()) -> Result<Roles, Problem> {
        Ok(service.store.get(Roles::key_of_all()).await?.unwrap_or_default())
    }

    async fn answer(_: Call<Self::Access>, (): &(), roles: Roles) -> Result<Self::Output, Problem> {
        let items = roles.roles.into_iter().map(RoleView::from).collect();
        Ok(Versioned { version: roles.version, body: RoleList { items } })
    }
}

/// All roles.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleList {
    items: Vec<RoleView>,
}
