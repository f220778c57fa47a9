//! What a company's own people may do there.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// What an employee may do inside the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CompanyRole {
    /// See the company's record, and look after its employees.
    Manager,
    /// See the company's record.
    #[serde(other)]
    Member,
}

impl CompanyRole {
    /// Reads a role that somebody chooses. One that is not known is refused, where a stored one, which newer code may have written, means
    /// the least.
    ///
    /// # Errors
    /// When there is no such role.
    pub fn chosen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum Chosen {
            Manager,
            Member,
        }
        Ok(match Chosen::deserialize(deserializer)? {
            Chosen::Manager => Self::Manager,
            Chosen::Member => Self::Member,
        })
    }
}
