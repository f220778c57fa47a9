//! What a company's own people may do there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
