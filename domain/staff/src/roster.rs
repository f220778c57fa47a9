//! Who belongs to the staff, with which role, and that somebody can always manage it.
//!
//! The roster is one record beside the accounts. Whoever changes a member or a role changes the roster or requires it to be as it was
//! read, so two administrators who remove each other at the same moment meet at its version, and one of them is refused. What it
//! trades: one item holds about four thousand members ([400 KB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html)).

use std::collections::BTreeMap;

use decision::{Decision, Guard, Key, Record, versioned};
use domain_accounts::{Account, Holder, Permission, RoleName, Roles};
use serde::{Deserialize, Serialize};
use values::AccountId;

/// A member of staff on the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The role.
    pub role: RoleName,
    /// Whether they can log in: they accepted the invitation and are not deactivated.
    pub active: bool,
}

/// The staff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Grows by one with each change; 0 while there is nobody.
    #[serde(skip)]
    pub version: u64,
    /// The members by account.
    pub members: BTreeMap<AccountId, Member>,
}

/// Why the staff is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StaffRefused {
    /// Nobody could manage staff.
    #[error("nobody else could manage staff")]
    LastAdministrator,
}

impl Record for Roster {
    const KIND: &'static str = "ROSTER";

    fn key(&self) -> Key<Self> {
        Self::key_of_all()
    }

    versioned!();
}

impl Roster {
    /// Where it lies.
    pub fn key_of_all() -> Key<Self> {
        Key::new("STAFF", Self::KIND)
    }

    /// Whether somebody has a role.
    pub fn has(&self, role: &RoleName) -> bool {
        self.members.values().any(|member| member.role == *role)
    }

    /// Enters an account that was invited. The roles have to be as they were read, so that the role is not deleted meanwhile.
    pub(crate) fn enter(&self, account: &Account, roles: &Roles, decision: &mut Decision) {
        let changed = self.with(account);
        if changed != *self {
            decision.save(self, &changed);
            decision.check(Roles::key_of_all(), unchanged(roles.version));
        }
    }

    /// Notes the role of an account, and whether it can log in.
    pub(crate) fn note(&self, account: &Account, roles: &Roles, decision: &mut Decision) -> Result<(), StaffRefused> {
        let changed = self.with(account);
        if changed != *self {
            changed.must_be_managed(roles, self, roles)?;
            decision.save(self, &changed);
            decision.check(Roles::key_of_all(), unchanged(roles.version));
        }
        Ok(())
    }

    /// Requires that somebody can still manage staff with other roles, and that the roster is as it was read.
    pub(crate) fn allow(&self, before: &Roles, after: &Roles, decision: &mut Decision) -> Result<(), StaffRefused> {
        self.must_be_managed(after, self, before)?;
        decision.check(Self::key_of_all(), unchanged(self.version));
        Ok(())
    }

    fn must_be_managed(&self, roles: &Roles, before: &Self, roles_before: &Roles) -> Result<(), StaffRefused> {
        let was_managed = before.is_managed(roles_before);
        if was_managed && !self.is_managed(roles) { Err(StaffRefused::LastAdministrator) } else { Ok(()) }
    }

    /// Whether somebody can manage staff.
    pub fn is_managed(&self, roles: &Roles) -> bool {
        let manages =
            |role: &RoleName| roles.get(role).is_some_and(|role| role.permissions.contains(&Permission::ManageStaff));
        self.members.values().any(|member| member.active && manages(&member.role))
    }

    fn with(&self, account: &Account) -> Self {
        let mut changed = self.clone();
        if let Holder::Staff { role } = &account.holder {
            changed.members.insert(account.id, Member { role: role.clone(), active: account.is_open() });
        }
        changed
    }
}

/// That a record is as it was read, or as absent as it was.
fn unchanged(version: u64) -> Guard {
    match version {
        0 => Guard::Absent,
        version => Guard::Version(version),
    }
}
