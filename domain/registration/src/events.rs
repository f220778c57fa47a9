//! What happens: how a customer comes in.

use decision::{Audience, Change, EventKind, EventType};
use domain_customers::Kind;
use domain_settings::Terms;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use values::{AccountId, Lines, RegistrationId};

/// All kinds of events of this area.
pub const EVENTS: &[EventType] = &[
    EventType::of::<RegistrationReceived>(),
    EventType::of::<RegistrationRepeated>(),
    EventType::of::<RegistrationLinkResent>(),
    EventType::of::<RegistrationConfirmed>(),
    EventType::of::<ApprovalRequested>(),
    EventType::of::<RegistrationApproved>(),
    EventType::of::<RegistrationRejected>(),
    EventType::of::<RegistrationSuperseded>(),
    EventType::of::<AccountOpened>(),
    EventType::of::<RegistrationExpired>(),
];

/// An address that nobody has proven yet was registered, for the first time or again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationReceived {
    /// The registration.
    pub registration_id: RegistrationId,
    /// Person or company.
    pub customer_kind: Kind,
    /// What it was received under.
    pub terms: Terms,
}

impl EventKind for RegistrationReceived {
    const TYPE: &'static str = "registration.received";
    const AUDIENCE: Audience = Audience::Customer;
}

/// Someone registered an address that already has an account; its owner was told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegistrationRepeated {}

impl EventKind for RegistrationRepeated {
    const TYPE: &'static str = "registration.repeated";
    const AUDIENCE: Audience = Audience::Customer;
}

/// A new link was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationLinkResent {
    /// The registration.
    pub registration_id: RegistrationId,
}

impl EventKind for RegistrationLinkResent {
    const TYPE: &'static str = "registration.link-resent";
    const AUDIENCE: Audience = Audience::Customer;
}

/// The address was proven.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationConfirmed {
    /// The registration.
    pub registration_id: RegistrationId,
    /// The account that stands on it.
    pub account_id: AccountId,
    /// What that changed in the record.
    pub changes: Vec<Change>,
}

impl EventKind for RegistrationConfirmed {
    const TYPE: &'static str = "registration.confirmed";
    const AUDIENCE: Audience = Audience::Customer;

    /// What the record said before is what somebody else may have typed before the address was proven.
    fn for_customer(self) -> Option<Self> {
        let changes = self.changes.into_iter().map(|change| Change { before: Value::Null, ..change }).collect();
        Some(Self { changes, ..self })
    }
}

/// An administrator is to decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalRequested {
    /// The registration.
    pub registration_id: RegistrationId,
    /// Person or company.
    pub customer_kind: Kind,
    /// Whether the customer is told.
    pub notify: bool,
}

impl EventKind for ApprovalRequested {
    const TYPE: &'static str = "registration.approval-requested";
    const AUDIENCE: Audience = Audience::Customer;
}

/// An administrator decided for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationApproved {
    /// The registration.
    pub registration_id: RegistrationId,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Lines<500>>,
}

impl EventKind for RegistrationApproved {
    const TYPE: &'static str = "registration.approved";
    const AUDIENCE: Audience = Audience::Customer;
}

/// An administrator decided against it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationRejected {
    /// The registration.
    pub registration_id: RegistrationId,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Lines<500>>,
}

impl EventKind for RegistrationRejected {
    const TYPE: &'static str = "registration.rejected";
    const AUDIENCE: Audience = Audience::Customer;
}

/// Another registration of the address took its place, because its address was proven.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationSuperseded {
    /// The registration.
    pub registration_id: RegistrationId,
    /// The one in its place.
    pub by: RegistrationId,
}

impl EventKind for RegistrationSuperseded {
    const TYPE: &'static str = "registration.superseded";
    const AUDIENCE: Audience = Audience::Customer;
}

/// A customer's account can log in now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountOpened {
    /// The account.
    pub account_id: AccountId,
    /// The registration that it stands on.
    pub registration_id: RegistrationId,
    /// What opened it.
    pub by: OpenedBy,
    /// Person or company.
    pub customer_kind: Kind,
    /// Whether customer and administrators are told.
    pub notify: bool,
}

impl EventKind for AccountOpened {
    const TYPE: &'static str = "account.opened";
    const AUDIENCE: Audience = Audience::Customer;
}

/// Nobody confirmed in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationExpired {
    /// The registration.
    pub registration_id: RegistrationId,
}

impl EventKind for RegistrationExpired {
    const TYPE: &'static str = "registration.expired";
    const AUDIENCE: Audience = Audience::Customer;
}

/// What opened an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OpenedBy {
    /// Registering; nothing else was asked for.
    Registration,
    /// Proving the address.
    Confirmation,
    /// An administrator's decision.
    Approval,
}
