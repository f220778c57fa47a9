//! Roles as they are read and written. All of them are one record, so they have one version together, and whoever changes one changes it
//! on what the roster says now.

use std::collections::BTreeSet;
use std::str::FromStr;

use domain_accounts::{Permission, Role, RoleName, Roles};
use domain_staff::{RoleRefused, Roster};
use runtime::{Problem, ProblemKind, documented};
use serde::Serialize;
use service::{PathParameter, Service};
use utoipa::ToSchema;

/// A role.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleView {
    #[schema(value_type = String, example = "manager")]
    name: RoleName,
    /// What it includes.
    #[schema(value_type = Vec<documented::Permission>, example = json!(["see-customers", "decide-registrations"]))]
    permissions: BTreeSet<Permission>,
}

impl From<Role> for RoleView {
    fn from(Role { name, permissions }: Role) -> Self {
        Self { name, permissions }
    }
}

/// The role that a path names.
#[derive(Clone)]
pub(crate) struct Named(pub(crate) RoleName);

impl FromStr for Named {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        RoleName::parse(name).map(Self).map_err(|_| ())
    }
}

impl PathParameter for Named {
    const NAME: &'static str = "name";
    const DESCRIPTION: &'static str = "The role";

    fn pattern() -> String {
        "^[a-z]+(-[a-z]+)*$".to_owned()
    }
}

/// What a change of roles is decided on.
pub(crate) struct Found {
    pub(crate) roles: Roles,
    pub(crate) roster: Roster,
}

/// Reads the roles and who has them.
pub(crate) async fn find(service: &Service) -> Result<Found, Problem> {
    let (roles, roster) = service.store.get_all((Roles::key_of_all(), Roster::key_of_all())).await?;
    Ok(Found { roles: roles.unwrap_or_default(), roster: roster.unwrap_or_default() })
}

pub(crate) fn refusal(refused: RoleRefused) -> Problem {
    Problem::new(match refused {
        RoleRefused::Exists => ProblemKind::RoleExists,
        RoleRefused::Missing => ProblemKind::NotFound,
        RoleRefused::InUse => ProblemKind::RoleInUse,
        RoleRefused::TooMany => ProblemKind::TooManyRoles,
        RoleRefused::Refused(_) => ProblemKind::LastAdministrator,
    })
}
