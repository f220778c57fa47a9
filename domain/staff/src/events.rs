//! What happens to members of staff.

use decision::{Change, EventKind, EventType};
use domain_accounts::{Notifications, RoleName};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use values::{EmailAddress, InvitationId};

/// All kinds of events of this area.
pub const EVENTS: &[EventType] = &[
    EventType::of::<StaffInvited>(),
    EventType::of::<StaffJoined>(),
    EventType::of::<StaffRoleChanged>(),
    EventType::of::<StaffDeactivated>(),
    EventType::of::<StaffReactivated>(),
    EventType::of::<NotificationsChosen>(),
    EventType::of::<RolesChanged>(),
];

/// Someone was invited to the staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffInvited {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The address it was sent to.
    pub email: EmailAddress,
    /// What they will be able to do.
    pub role: RoleName,
}

impl EventKind for StaffInvited {
    const TYPE: &'static str = "staff.invited";
}

/// An invitation was accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffJoined {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// What they can do.
    pub role: RoleName,
}

impl EventKind for StaffJoined {
    const TYPE: &'static str = "staff.joined";
}

/// A member of staff was given another role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffRoleChanged {
    /// The role they had.
    pub before: RoleName,
    /// The role they have.
    pub after: RoleName,
}

impl EventKind for StaffRoleChanged {
    const TYPE: &'static str = "staff.role-changed";
}

/// A member of staff was shut out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StaffDeactivated {}

impl EventKind for StaffDeactivated {
    const TYPE: &'static str = "staff.deactivated";
}

/// A member of staff was let in again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StaffReactivated {}

impl EventKind for StaffReactivated {
    const TYPE: &'static str = "staff.reactivated";
}

/// A member of staff chose what to be told of by mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotificationsChosen {
    /// What they are told of from now on.
    pub notifications: Notifications,
}

impl EventKind for NotificationsChosen {
    const TYPE: &'static str = "staff.notifications-chosen";
}

/// Roles were added, changed or deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolesChanged {
    /// The version they have now.
    pub version: u64,
    /// What differs from the version before.
    pub changes: Vec<Change>,
}

impl EventKind for RolesChanged {
    const TYPE: &'static str = "staff.roles-changed";
}
