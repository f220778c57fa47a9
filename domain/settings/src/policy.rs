//! The registration policy: what stands between registering and getting in, as administrators set it.
//!
//! A registration keeps the [`Terms`] it was received under. Changing the policy is in force at once for those who register from
//! then on, and changes nothing for anybody else: who was active stays active, and who waits still waits for the same thing.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use decision::{Context, Decision, Key, Record, versioned};
use domain_customers::Kind;

use crate::SettingsName;

/// Whose registrations an administrator approves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdminApproval {
    /// Nobody's.
    None,
    /// Everybody's.
    All,
    /// Those of companies.
    Companies,
}

/// What becomes of the mailed link that proves an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AccountValidation {
    /// It is mailed, and the account works without it.
    Optional,
    /// Nobody gets in without it.
    Required,
    /// None is mailed.
    None,
}

/// The registration policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationPolicy {
    /// Whether a completed registration is told by mail: to the customer, and to the administrators who wish it.
    pub notify_after_registration: bool,
    /// Whose registrations an administrator approves.
    pub admin_approval: AdminApproval,
    /// Whether logging in from an unknown device takes a code from a mail.
    pub confirm_device_change: bool,
    /// What becomes of the mailed link that proves an address.
    pub account_validation: AccountValidation,
}

/// What a registration was received under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// What becomes of the mailed link.
    pub validation: AccountValidation,
    /// Whether an administrator approves it.
    pub approval: bool,
    /// Whether its completion is told by mail.
    pub notify: bool,
}

/// What comes first for someone who registers or confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NextStep {
    /// Follow the link in the mail.
    ConfirmEmail,
    /// An administrator decides.
    AwaitApproval,
    /// Log in.
    LogIn,
}

/// The policy as it is stored. Version 0 is the one that holds until somebody sets another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationSettings {
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// The policy.
    #[serde(flatten)]
    pub policy: RegistrationPolicy,
    /// Since when; none for the policy from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Timestamp>,
}

impl Default for RegistrationSettings {
    /// Addresses are proven, nobody approves, and both sides are told.
    fn default() -> Self {
        let policy = RegistrationPolicy {
            notify_after_registration: true,
            admin_approval: AdminApproval::None,
            confirm_device_change: false,
            account_validation: AccountValidation::Required,
        };
        Self { version: 0, policy, changed_at: None }
    }
}

impl RegistrationPolicy {
    /// What the policy means for a customer of this kind.
    pub fn terms(self, kind: Kind) -> Terms {
        Terms {
            validation: self.account_validation,
            approval: match self.admin_approval {
                AdminApproval::None => false,
                AdminApproval::All => true,
                AdminApproval::Companies => kind == Kind::Company,
            },
            notify: self.notify_after_registration,
        }
    }
}

impl Terms {
    /// What comes first after registering. It follows from the policy alone, so it says nothing about the address.
    pub fn first_step(self) -> NextStep {
        match self.validation {
            AccountValidation::Required => NextStep::ConfirmEmail,
            AccountValidation::Optional | AccountValidation::None => self.step_after_confirming(),
        }
    }

    /// What comes after the address is confirmed, or where it need not be.
    pub fn step_after_confirming(self) -> NextStep {
        if self.approval { NextStep::AwaitApproval } else { NextStep::LogIn }
    }
}

impl Record for RegistrationSettings {
    const KIND: &'static str = "SETTINGS";

    fn key(&self) -> Key<Self> {
        Self::key_of_current()
    }

    versioned!();
}

impl RegistrationSettings {
    /// Where they lie.
    pub fn key_of_current() -> Key<Self> {
        SettingsName::Registration.key()
    }
}

/// Puts another policy in force; nothing if it is the same.
pub fn change(settings: &RegistrationSettings, policy: RegistrationPolicy, context: &Context) -> Decision {
    let changed = RegistrationSettings { version: settings.version, policy, changed_at: Some(context.now) };
    SettingsName::Registration.change((settings, &settings.policy), (&changed, &policy), context)
}
