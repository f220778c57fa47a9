//! Accounts: who can log in, with what, and as what.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, CustomerId, EmailAddress, Language, RegistrationId, Subject, Text};

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything, and setting policy.
    Administrator,
}

/// Whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum Holder {
    /// A customer's.
    Customer {
        /// Whose record it sees.
        customer_id: CustomerId,
    },
    /// A member of staff's.
    Staff {
        /// What they may do.
        role: Role,
    },
}

/// Where an account stands. Only an active one gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountState {
    /// The address is not proven yet: a registration was not confirmed, or an invitation not accepted.
    Unconfirmed,
    /// Can log in.
    Active,
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
}

impl Account {
    /// In whose history the account's events are kept.
    pub fn subject(&self) -> Subject {
        self.holder.subject(self.id)
    }
}

impl Holder {
    /// In whose history the events of the account `id` are kept: the customer's, or for staff their own.
    pub fn subject(self, id: AccountId) -> Subject {
        match self {
            Self::Customer { customer_id } => Subject::Customer { customer_id },
            Self::Staff { .. } => Subject::Staff { account_id: id },
        }
    }
}

/// An Argon2id hash as a [PHC string](https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md). Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(…)")
    }
}

/// What an address logs in with. Kept apart from the account, so that only the functions that check passwords may read it,
/// and so that there is one per address.
///
/// Until someone proves the address, several people may have registered it. Each registration keeps its own password; this
/// record points to the latest, and confirming a registration makes *its* password the account's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// The address.
    pub email: EmailAddress,
    /// The account it opens.
    pub account_id: AccountId,
    /// Whose account that is.
    pub holder: Holder,
    /// The hash of the password, none while an invitation is open or after the registration expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<PasswordHash>,
    /// Whether someone proved that the address is theirs.
    pub proven: bool,
    /// The language to write in.
    pub language: Language,
    /// The registration received last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_registration: Option<RegistrationId>,
}

impl Credential {
    /// In whose history the account's events are kept.
    pub fn subject(&self) -> Subject {
        self.holder.subject(self.account_id)
    }
}
