//! Roles of staff: names for sets of permissions.
//!
//! What a role includes is data. The ones that there are from the start are in `roles.json`; what is stored takes their place. An
//! account names its role and no permission, and each request resolves the name ([`Account::permissions`](crate::Account::permissions)): a role that is changed
//! counts for everybody who has it from their next request on.

use std::collections::BTreeSet;
use std::fmt;

use decision::{Key, Record, versioned};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use values::Invalid;

const LONGEST_NAME: usize = 50;

/// Something that staff may do, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// See customers and what happened with them.
    SeeCustomers,
    /// See registrations that wait, and decide about them.
    DecideRegistrations,
    /// Shut accounts out, and let them in again.
    BlockAccounts,
    /// Change policy and what is shown of the business.
    ManageSettings,
    /// Invite staff, give them roles, and deactivate them. Somebody always can.
    ManageStaff,
}

impl Permission {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::SeeCustomers, Self::DecideRegistrations, Self::BlockAccounts, Self::ManageSettings, Self::ManageStaff];
}

/// The name of a role: lower-case words joined by hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RoleName(String);

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its name.
    pub name: RoleName,
    /// What it includes. Permissions that newer code wrote down are left out.
    #[serde(deserialize_with = "known_permissions")]
    pub permissions: BTreeSet<Permission>,
}

/// All roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Roles {
    /// Grows by one with each change; 0 for those from the start.
    #[serde(skip)]
    pub version: u64,
    /// The roles, in the order in which they are offered.
    pub roles: Vec<Role>,
}

fn known_permissions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<Permission>, D::Error> {
    let names = Vec::<serde_json::Value>::deserialize(deserializer)?;
    Ok(names.into_iter().filter_map(|name| serde_json::from_value(name).ok()).collect())
}

impl Record for Roles {
    const KIND: &'static str = "ROLES";

    fn key(&self) -> Key<Self> {
        Self::key_of_all()
    }

    versioned!();
}

impl RoleName {
    /// The role that the first member of staff has.
    pub fn administrator() -> Self {
        Self("administrator".to_owned())
    }

    /// Checks the form.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooLong`] or [`Invalid::RoleName`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let is_word = |word: &str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase());
        match text {
            "" => Err(Invalid::Required),
            _ if text.len() > LONGEST_NAME => Err(Invalid::TooLong(LONGEST_NAME)),
            _ if text.split('-').all(is_word) => Ok(Self(text.to_owned())),
            _ => Err(Invalid::RoleName),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoleName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Default for Roles {
    /// The roles that there are from the start.
    fn default() -> Self {
        let roles = serde_json::from_str(include_str!("roles.json")).expect("a test reads the roles from the start");
        Self { version: 0, roles }
    }
}

impl Roles {
    /// Where they lie.
    pub fn key_of_all() -> Key<Self> {
        Key::new("STAFF", Self::KIND)
    }

    /// The names of the roles, in the order in which they are offered.
    pub fn names(&self) -> Vec<String> {
        self.roles.iter().map(|role| role.name.to_string()).collect()
    }

    /// A role by name.
    pub fn get(&self, name: &RoleName) -> Option<&Role> {
        self.roles.iter().find(|role| role.name == *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_four_from_the_start_and_the_first_may_do_everything() {
        let roles = Roles::default();
        let names: Vec<&str> = roles.roles.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names, ["administrator", "manager", "agent", "read-only"]);
        let all = roles.get(&RoleName::administrator()).unwrap();
        for permission in roles.roles.iter().flat_map(|role| &role.permissions) {
            assert!(all.permissions.contains(permission));
        }
        assert!(all.permissions.contains(&Permission::ManageStaff));
    }

    #[test]
    fn a_permission_that_is_not_known_is_left_out() {
        let role: Role =
            serde_json::from_str(r#"{"name": "agent", "permissions": ["fly", 7, "see-customers"]}"#).unwrap();
        assert_eq!(role.permissions, BTreeSet::from([Permission::SeeCustomers]));
    }

    #[test]
    fn names_are_words_joined_by_hyphens() {
        assert_eq!(RoleName::parse("read-only").unwrap().as_str(), "read-only");
        for wrong in ["-", "Read", "a--b", "a b", "ä"] {
            assert_eq!(RoleName::parse(wrong), Err(Invalid::RoleName), "{wrong}");
        }
    }
}
