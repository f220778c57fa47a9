//! Accounts: who can log in, with what, and as what.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use decision::{Actor, Index, Key, List, Listing, Record, Subject, versioned};
use values::{AccountId, CustomerId, EmailAddress, EmployeeId, Language, RegistrationId, Text};

use crate::{CompanyRole, Permission, RoleName, Roles};

/// Accounts of staff, in the order in which they were invited.
pub const STAFF: List = List("staff");

/// Whose account it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum Holder {
    /// A customer's.
    Customer {
        /// Whose record it sees.
        customer_id: CustomerId,
    },
    /// An employee's of a company customer.
    Employee {
        /// The company, whose record it sees.
        customer_id: CustomerId,
        /// Which employee.
        employee_id: EmployeeId,
        /// What they may do there.
        role: CompanyRole,
    },
    /// A member of staff's.
    Staff {
        /// What they are there for.
        role: RoleName,
    },
}

/// How far an account has come. Only an active one that is not blocked gets in. docs/account-states.md has the table of all moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountState {
    /// Nobody got as far as being let in: no registration was confirmed that must be, or the invitation was not accepted.
    Unconfirmed,
    /// An administrator decides.
    AwaitingApproval,
    /// Can log in.
    Active,
    /// An administrator decided against it, and may decide anew.
    Rejected,
    /// Nobody ever proved its address, and somebody else has: that address logs in to another account now.
    Displaced,
    /// A state that newer code wrote down. Nobody gets in.
    #[serde(other)]
    Unknown,
}

/// Someone who can log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// Whose it is.
    pub holder: Holder,
    /// Where it stands.
    pub state: AccountState,
    /// The address it logs in with.
    pub email: EmailAddress,
    /// The name to greet; none before an invitation is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<200>>,
    /// The language to write in.
    pub language: Language,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its address was proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
    /// The registration that it stands on: the one whose password and profile count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_id: Option<RegistrationId>,
    /// Since when an administrator has shut it out, whatever its state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_at: Option<Timestamp>,
    /// Grows whenever its password becomes another; only that one logs in.
    #[serde(default)]
    pub credential_revision: u32,
    /// Grows whenever all its sessions end at once; those of an earlier number are over.
    #[serde(default)]
    pub session_revision: u32,
    /// Grows whenever somebody proves the address who had not opened the account. Devices of the one before are unknown.
    #[serde(default)]
    pub owner_revision: u32,
    /// What it is told of by mail, if it is an administrator's.
    #[serde(default)]
    pub notifications: Notifications,
}

/// What an administrator is told of by mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Notifications {
    /// Registrations that wait for a decision.
    pub approval_awaited: bool,
    /// Registrations that are complete, where the policy says to tell.
    pub new_registration: bool,
}

impl Default for Notifications {
    /// All of it.
    fn default() -> Self {
        Self { approval_awaited: true, new_registration: true }
    }
}

impl Record for Account {
    const KIND: &'static str = "ACCOUNT";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.id)
    }

    versioned!();

    fn index(&self) -> Index {
        let staff = matches!(self.holder, Holder::Staff { .. });
        Index { listing: staff.then_some(Listing { list: STAFF, since: self.created_at }), ..Index::default() }
    }
}

impl Account {
    /// Where an account lies, with its sessions, devices and whatever else it began.
    pub fn key_of(id: AccountId) -> Key<Self> {
        Key::new(Self::partition(id), Self::KIND)
    }

    /// The partition of an account.
    pub fn partition(id: AccountId) -> String {
        format!("ACCOUNT#{id}")
    }

    /// What it may do that only staff does, by the role that it has: nothing for a customer's.
    pub fn permissions(&self, roles: &Roles) -> BTreeSet<Permission> {
        match &self.holder {
            Holder::Staff { role } => roles.get(role).map(|role| role.permissions.clone()).unwrap_or_default(),
            Holder::Customer { .. } | Holder::Employee { .. } => BTreeSet::new(),
        }
    }

    /// An account that nobody got into yet.
    pub fn new(id: AccountId, holder: Holder, email: EmailAddress, language: Language, now: Timestamp) -> Self {
        Self {
            id,
            version: 0,
            holder,
            state: AccountState::Unconfirmed,
            email,
            name: None,
            language,
            created_at: now,
            confirmed_at: None,
            registration_id: None,
            blocked_at: None,
            credential_revision: 0,
            session_revision: 0,
            owner_revision: 0,
            notifications: Notifications::default(),
        }
    }

    /// Whether it can log in.
    pub fn is_open(&self) -> bool {
        self.state == AccountState::Active && self.blocked_at.is_none()
    }

    /// The account with another password: the sessions from before are over.
    #[must_use]
    pub fn with_new_password(self) -> Self {
        Self { credential_revision: self.credential_revision + 1, session_revision: self.session_revision + 1, ..self }
    }

    /// The account after somebody else proved its address, which nobody here had: its sessions are over, and nobody gets in any more.
    #[must_use]
    pub fn displaced(&self) -> Self {
        Self { state: AccountState::Displaced, session_revision: self.session_revision + 1, ..self.clone() }
    }

    /// In whose history the account's events are kept.
    pub fn subject(&self) -> Subject {
        self.holder.subject(self.id)
    }

    /// The account as the one who acts.
    pub fn actor(&self) -> Actor {
        match self.holder {
            Holder::Customer { .. } | Holder::Employee { .. } => Actor::Account { account_id: self.id },
            Holder::Staff { .. } => Actor::Staff { account_id: Some(self.id) },
        }
    }
}

impl Holder {
    /// In whose history the events of the account `id` are kept: the customer's, which is the company's for its employees, or for
    /// staff their own.
    pub fn subject(&self, id: AccountId) -> Subject {
        match self {
            Self::Customer { customer_id } | Self::Employee { customer_id, .. } => {
                Subject::Customer { customer_id: *customer_id }
            }
            Self::Staff { .. } => Subject::Staff { account_id: id },
        }
    }
}
