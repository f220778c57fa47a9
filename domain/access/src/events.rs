//! What happens: how an account gets in, and what its owner changes.

use decision::{Audience, Change, EventKind, EventType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use values::{AccountId, ChallengeId, DeviceId, Lines};

/// All kinds of events of this area.
pub const EVENTS: &[EventType] = &[
    EventType::of::<AccountBlocked>(),
    EventType::of::<AccountUnblocked>(),
    EventType::of::<DeviceChallenged>(),
    EventType::of::<DeviceNamed>(),
    EventType::of::<DeviceForgotten>(),
    EventType::of::<PasswordResetRequested>(),
    EventType::of::<PasswordChanged>(),
    EventType::of::<AddressConfirmed>(),
    EventType::of::<AddressChangeRequested>(),
    EventType::of::<AddressChanged>(),
    EventType::of::<ProfileChanged>(),
];

/// An administrator shut an account out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountBlocked {
    /// The account.
    pub account_id: AccountId,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Lines<500>>,
}

impl EventKind for AccountBlocked {
    const TYPE: &'static str = "account.blocked";
    const AUDIENCE: Audience = Audience::Customer;

    /// Staff write the reason down for each other.
    fn for_customer(self) -> Option<Self> {
        Some(Self { reason: None, ..self })
    }
}

/// An administrator let an account in again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountUnblocked {
    /// The account.
    pub account_id: AccountId,
}

impl EventKind for AccountUnblocked {
    const TYPE: &'static str = "account.unblocked";
    const AUDIENCE: Audience = Audience::Customer;
}

/// The right password came from an unknown device, and a code was mailed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeviceChallenged {
    /// The challenge.
    pub challenge_id: ChallengeId,
    /// From where.
    pub device_id: DeviceId,
}

impl EventKind for DeviceChallenged {
    const TYPE: &'static str = "device.challenged";
    const AUDIENCE: Audience = Audience::Customer;
}

/// A device was given another name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeviceNamed {
    /// The device.
    pub device_id: DeviceId,
}

impl EventKind for DeviceNamed {
    const TYPE: &'static str = "device.named";
    const AUDIENCE: Audience = Audience::Customer;
}

/// A device is not known any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeviceForgotten {
    /// The device.
    pub device_id: DeviceId,
}

impl EventKind for DeviceForgotten {
    const TYPE: &'static str = "device.forgotten";
    const AUDIENCE: Audience = Audience::Customer;
}

/// Someone asked for a link that sets another password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordResetRequested {
    /// Whose.
    pub account_id: AccountId,
}

impl EventKind for PasswordResetRequested {
    const TYPE: &'static str = "password.reset-requested";
    const AUDIENCE: Audience = Audience::Customer;
}

/// The password was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PasswordChanged {
    /// Whose.
    pub account_id: AccountId,
}

impl EventKind for PasswordChanged {
    const TYPE: &'static str = "password.changed";
    const AUDIENCE: Audience = Audience::Customer;
}

/// The address was proven in another way than by the link of a registration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddressConfirmed {
    /// What that changed in the record.
    pub changes: Vec<Change>,
}

impl EventKind for AddressConfirmed {
    const TYPE: &'static str = "address.confirmed";
    const AUDIENCE: Audience = Audience::Customer;
}

/// Someone asked to log in with another address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddressChangeRequested {
    /// Whose.
    pub account_id: AccountId,
}

impl EventKind for AddressChangeRequested {
    const TYPE: &'static str = "address.change-requested";
    const AUDIENCE: Audience = Audience::Customer;
}

/// Another address logs in from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddressChanged {
    /// Whose.
    pub account_id: AccountId,
    /// What that changed in the record.
    pub changes: Vec<Change>,
}

impl EventKind for AddressChanged {
    const TYPE: &'static str = "address.changed";
    const AUDIENCE: Audience = Audience::Customer;
}

/// Someone changed what they say of themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProfileChanged {
    /// Whose.
    pub account_id: AccountId,
    /// What that changed.
    pub changes: Vec<Change>,
}

impl EventKind for ProfileChanged {
    const TYPE: &'static str = "profile.changed";
    const AUDIENCE: Audience = Audience::Customer;
}
