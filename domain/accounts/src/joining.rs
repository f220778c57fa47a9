//! What someone who was invited chooses.

use values::Text;

use crate::PasswordHash;

/// What someone who was invited chooses, to the staff or to a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// The name that others see.
    pub name: Text<200>,
    /// The hash of the password.
    pub password_hash: PasswordHash,
}
