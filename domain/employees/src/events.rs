//! What happens to a company's own people.

use decision::{Audience, EventKind, EventType};
use domain_accounts::CompanyRole;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use values::{AccountId, EmailAddress, EmployeeId};

/// All kinds of events of this area.
pub const EVENTS: &[EventType] = &[
    EventType::of::<EmployeeInvited>(),
    EventType::of::<EmployeeJoined>(),
    EventType::of::<EmployeeRoleChanged>(),
    EventType::of::<EmployeeRemoved>(),
];

/// Someone was invited to a company.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmployeeInvited {
    /// The employee.
    pub employee_id: EmployeeId,
    /// The address it was sent to.
    pub email: EmailAddress,
    /// What they will be able to do there.
    pub role: CompanyRole,
}

impl EventKind for EmployeeInvited {
    const TYPE: &'static str = "employee.invited";
    const AUDIENCE: Audience = Audience::Customer;
}

/// An employee followed the link of the invitation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmployeeJoined {
    /// The employee.
    pub employee_id: EmployeeId,
    /// The account that they log in to.
    pub account_id: AccountId,
    /// What they can do there.
    pub role: CompanyRole,
}

impl EventKind for EmployeeJoined {
    const TYPE: &'static str = "employee.joined";
    const AUDIENCE: Audience = Audience::Customer;
}

/// An employee was given another role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmployeeRoleChanged {
    /// The employee.
    pub employee_id: EmployeeId,
    /// The role they had.
    pub before: CompanyRole,
    /// The role they have.
    pub after: CompanyRole,
}

impl EventKind for EmployeeRoleChanged {
    const TYPE: &'static str = "employee.role-changed";
    const AUDIENCE: Audience = Audience::Customer;
}

/// An employee was removed, or the invitation taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmployeeRemoved {
    /// The employee.
    pub employee_id: EmployeeId,
}

impl EventKind for EmployeeRemoved {
    const TYPE: &'static str = "employee.removed";
    const AUDIENCE: Audience = Audience::Customer;
}
