//! Members of staff, once they are in: another role, out, and in again. Somebody can always manage staff.
//!
//! Who can is kept in one small record beside the accounts, so that two administrators who remove each other at the same moment
//! meet at its version, and one of them is refused.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Account, AccountId, Context, Decision, Happening, Holder, Permission, Role};

/// The accounts that can manage staff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administrators {
    /// Grows by one with each change; 0 while there are none.
    #[serde(skip)]
    pub version: u64,
    /// The accounts.
    pub accounts: BTreeSet<AccountId>,
}

/// Why a member of staff is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StaffRefused {
    /// The account is a customer's.
    #[error("the account does not belong to a member of staff")]
    NotStaff,
    /// Nobody else could manage staff.
    #[error("nobody else could manage staff")]
    LastAdministrator,
}

impl Administrators {
    /// Adds an account, if it can manage staff.
    pub(crate) fn add(&self, account: &Account, decision: &mut Decision) {
        let mut changed = self.clone();
        if manages(account) && changed.accounts.insert(account.id) {
            self.save(changed, decision);
        }
    }

    /// Notes whether an account can manage staff from now on.
    fn note(&self, account: &Account, decision: &mut Decision) -> Result<(), StaffRefused> {
        let mut changed = self.clone();
        if manages(account) {
            self.add(account, decision);
        } else if changed.accounts.remove(&account.id) {
            if changed.accounts.is_empty() {
                return Err(StaffRefused::LastAdministrator);
            }
            self.save(changed, decision);
        }
        Ok(())
    }

    fn save(&self, changed: Self, decision: &mut Decision) {
        match self.version {
            0 => decision.create(changed),
            version => decision.update(changed, version),
        }
    }
}

fn manages(account: &Account) -> bool {
    account.is_open() && account.permissions.contains(&Permission::ManageStaff)
}

/// Gives a member of staff another role. It counts from their next request on.
///
/// # Errors
/// [`StaffRefused`]
pub fn change_role(
    account: &Account,
    role: &Role,
    administrators: &Administrators,
    context: &Context,
) -> Result<Decision, StaffRefused> {
    let Holder::Staff { role: before } = &account.holder else { return Err(StaffRefused::NotStaff) };
    let changed = Account {
        holder: Holder::Staff { role: role.name.clone() },
        permissions: role.permissions.clone(),
        ..account.clone()
    };
    let happening = Happening::StaffRoleChanged { before: before.clone(), after: role.name.clone() };
    moved(account, changed, happening, administrators, context)
}

/// Shuts a member of staff out. Their sessions are over with the next request.
///
/// # Errors
/// [`StaffRefused`]
pub fn deactivate(
    account: &Account,
    administrators: &Administrators,
    context: &Context,
) -> Result<Decision, StaffRefused> {
    let session_revision = account.session_revision + 1;
    let out = Account { blocked_at: account.blocked_at.or(Some(context.now)), session_revision, ..account.clone() };
    moved(account, out, Happening::StaffDeactivated {}, administrators, context)
}

/// Lets a member of staff in again, with the role they had.
///
/// # Errors
/// [`StaffRefused`]
pub fn reactivate(
    account: &Account,
    administrators: &Administrators,
    context: &Context,
) -> Result<Decision, StaffRefused> {
    let back = Account { blocked_at: None, ..account.clone() };
    moved(account, back, Happening::StaffReactivated {}, administrators, context)
}

/// Nothing if nothing but the count of sessions would change.
fn moved(
    before: &Account,
    after: Account,
    happening: Happening,
    administrators: &Administrators,
    context: &Context,
) -> Result<Decision, StaffRefused> {
    if !matches!(before.holder, Holder::Staff { .. }) {
        return Err(StaffRefused::NotStaff);
    }
    let mut decision = Decision::default();
    let same = before.holder == after.holder && before.blocked_at == after.blocked_at;
    if same {
        return Ok(decision);
    }
    administrators.note(&after, &mut decision)?;
    decision.events.push(context.event(before.subject(), happening));
    decision.update(after, before.version);
    Ok(decision)
}
