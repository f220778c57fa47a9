//! Roles as administrators edit them.

use decision::{Context, Decision, Subject};
use domain_accounts::{Role, RoleName, Roles};

use crate::events::RolesChanged;
use crate::roster::{Roster, StaffRefused};

/// So many roles there can be.
pub const MOST: usize = 50;

/// Why roles are not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RoleRefused {
    /// There is a role of that name.
    #[error("there is a role of that name")]
    Exists,
    /// There is no role of that name.
    #[error("there is no role of that name")]
    Missing,
    /// Members of staff have it.
    #[error("members of staff have the role")]
    InUse,
    /// There are as many as there can be.
    #[error("there are {MOST} roles")]
    TooMany,
    /// Nobody could manage staff.
    #[error(transparent)]
    Refused(#[from] StaffRefused),
}

/// Adds a role.
///
/// # Errors
/// [`RoleRefused`]
pub fn create(roles: &Roles, roster: &Roster, role: Role, context: &Context) -> Result<Decision, RoleRefused> {
    if roles.get(&role.name).is_some() {
        return Err(RoleRefused::Exists);
    }
    if roles.roles.len() >= MOST {
        return Err(RoleRefused::TooMany);
    }
    let mut changed = roles.clone();
    changed.roles.push(role);
    store(roles, &changed, roster, context)
}

/// Gives a role other permissions; nothing if they are the same. They count for everybody who has it from their next request on.
///
/// # Errors
/// [`RoleRefused`]
pub fn change(roles: &Roles, roster: &Roster, role: Role, context: &Context) -> Result<Decision, RoleRefused> {
    let mut changed = roles.clone();
    let kept = changed.roles.iter_mut().find(|known| known.name == role.name).ok_or(RoleRefused::Missing)?;
    *kept = role;
    store(roles, &changed, roster, context)
}

/// Deletes a role that nobody has.
///
/// # Errors
/// [`RoleRefused`]
pub fn delete(roles: &Roles, roster: &Roster, name: &RoleName, context: &Context) -> Result<Decision, RoleRefused> {
    if roles.get(name).is_none() {
        return Err(RoleRefused::Missing);
    }
    if roster.has(name) {
        return Err(RoleRefused::InUse);
    }
    let mut changed = roles.clone();
    changed.roles.retain(|role| role.name != *name);
    store(roles, &changed, roster, context)
}

fn store(before: &Roles, after: &Roles, roster: &Roster, context: &Context) -> Result<Decision, RoleRefused> {
    let mut decision = Decision::default();
    let changes = decision::changes_between(before, after);
    if !changes.is_empty() {
        roster.allow(before, after, &mut decision)?;
        decision.save(before, after);
        let changed = RolesChanged { version: before.version + 1, changes };
        decision.events.push(context.event(Subject::settings("roles"), changed));
    }
    Ok(decision)
}
