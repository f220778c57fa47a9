//! Members of staff, once they are invited: another role, out, in again, and what they are told of by mail.

use decision::{Context, Decision, EventKind};
use domain_accounts::{Account, Holder, Notifications, Role, Roles};

use crate::events::{NotificationsChosen, StaffDeactivated, StaffReactivated, StaffRoleChanged};
use crate::roster::{Roster, StaffRefused};

/// Why a member of staff is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemberRefused {
    /// The account is a customer's.
    #[error("the account does not belong to a member of staff")]
    NotStaff,
    /// Nobody else could manage staff.
    #[error(transparent)]
    Refused(#[from] StaffRefused),
}

/// What changes of members are held against.
#[derive(Debug, Clone, Copy)]
pub struct Staff<'read> {
    /// The roles.
    pub roles: &'read Roles,
    /// The members.
    pub roster: &'read Roster,
}

/// Gives a member of staff another role. It counts from their next request on, or once they accept their invitation.
///
/// # Errors
/// [`MemberRefused`]
pub fn change_role(
    account: &Account,
    role: &Role,
    staff: Staff<'_>,
    context: &Context,
) -> Result<Decision, MemberRefused> {
    let Holder::Staff { role: before } = &account.holder else { return Err(MemberRefused::NotStaff) };
    let changed = Account { holder: Holder::Staff { role: role.name.clone() }, ..account.clone() };
    let event = StaffRoleChanged { before: before.clone(), after: role.name.clone() };
    change(account, &changed, event, staff, context)
}

/// Shuts a member of staff out. Their sessions are over with the next request.
///
/// # Errors
/// [`MemberRefused`]
pub fn deactivate(account: &Account, staff: Staff<'_>, context: &Context) -> Result<Decision, MemberRefused> {
    let session_revision = account.session_revision + 1;
    let out = Account { blocked_at: account.blocked_at.or(Some(context.now)), session_revision, ..account.clone() };
    change(account, &out, StaffDeactivated {}, staff, context)
}

/// Lets a member of staff in again, with the role they had.
///
/// # Errors
/// [`MemberRefused`]
pub fn reactivate(account: &Account, staff: Staff<'_>, context: &Context) -> Result<Decision, MemberRefused> {
    let back = Account { blocked_at: None, ..account.clone() };
    change(account, &back, StaffReactivated {}, staff, context)
}

/// Nothing if nothing but the count of sessions would change.
fn change(
    before: &Account,
    after: &Account,
    event: impl EventKind,
    staff: Staff<'_>,
    context: &Context,
) -> Result<Decision, MemberRefused> {
    if !matches!(before.holder, Holder::Staff { .. }) {
        return Err(MemberRefused::NotStaff);
    }
    let mut decision = Decision::default();
    if before.holder == after.holder && before.blocked_at == after.blocked_at {
        return Ok(decision);
    }
    staff.roster.note(after, staff.roles, &mut decision)?;
    decision.events.push(context.event(before.subject(), event));
    decision.update(before, after);
    Ok(decision)
}

/// Chooses what a member of staff is told of by mail; nothing if it is the same.
pub fn choose_notifications(account: &Account, notifications: Notifications, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if account.notifications != notifications {
        decision.events.push(context.event(account.subject(), NotificationsChosen { notifications }));
        decision.update(account, &Account { notifications, ..account.clone() });
    }
    decision
}
