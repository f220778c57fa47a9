//! Mails about getting in.

use decision::{Fact, Facts, LinkTarget, Mail, Page, Secret};
use jiff::Timestamp;
use values::{AccountId, ChallengeId, DeviceLabel, Text};

/// Brings the code that logging in from an unknown device takes.
#[derive(Debug, Clone)]
pub struct DeviceCode {
    /// Who logs in.
    pub account_id: AccountId,
    /// What the code is derived from.
    pub challenge_id: ChallengeId,
    /// What the device calls itself, if the address is proven.
    pub device: Option<DeviceLabel>,
    /// When the password was right.
    pub attempted_at: Timestamp,
    /// How long the code works.
    pub expires_at: Timestamp,
}

impl Mail for DeviceCode {
    const TEMPLATE: &'static str = "device-code";

    fn facts(&self) -> Facts {
        Facts::default()
            .optional("device", self.device.as_ref().map(DeviceLabel::as_str))
            .with("minutes", Fact::Number(self.expires_at.duration_since(self.attempted_at).as_mins()))
            .moment("attempted", self.attempted_at)
            .moment("expires", self.expires_at)
    }

    fn secret(&self) -> Option<Secret> {
        Some(Secret::Code { account_id: self.account_id, challenge_id: self.challenge_id })
    }

    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.expires_at)
    }

    fn page(&self) -> Option<Page> {
        Some(Page::ForgotPassword)
    }
}

/// Brings the link that sets another password.
#[derive(Debug, Clone, Copy)]
pub struct PasswordReset {
    /// What the link leads to.
    pub link: LinkTarget,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// How long the link works.
    pub expires_at: Timestamp,
}

impl Mail for PasswordReset {
    const TEMPLATE: &'static str = "password-reset";

    fn facts(&self) -> Facts {
        Facts::default().moment("asked", self.asked_at).moment("expires", self.expires_at)
    }

    fn secret(&self) -> Option<Secret> {
        Some(Secret::Link { target: self.link })
    }

    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.expires_at)
    }
}

/// Tells that the password was changed.
#[derive(Debug, Clone, Copy)]
pub struct PasswordChanged {
    /// When.
    pub changed_at: Timestamp,
    /// Whether a company's owner set it by a mailed link. Somebody else may have invited people to the company in the meantime.
    pub is_company: bool,
}

impl Mail for PasswordChanged {
    const TEMPLATE: &'static str = "password-changed";

    fn facts(&self) -> Facts {
        let account = if self.is_company { "company" } else { "own" };
        Facts::default().text("account", account).moment("changed", self.changed_at)
    }

    fn page(&self) -> Option<Page> {
        Some(Page::ForgotPassword)
    }
}

/// Brings the link that makes an address the account's, to that address.
#[derive(Debug, Clone, Copy)]
pub struct ConfirmNewAddress {
    /// What the link leads to.
    pub link: LinkTarget,
    /// How long the link works.
    pub expires_at: Timestamp,
}

impl Mail for ConfirmNewAddress {
    const TEMPLATE: &'static str = "confirm-new-address";
    const TO_OTHERS: bool = true;

    fn facts(&self) -> Facts {
        Facts::default().moment("expires", self.expires_at)
    }

    fn secret(&self) -> Option<Secret> {
        Some(Secret::Link { target: self.link })
    }

    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.expires_at)
    }
}

/// Tells the old address that another one took its place.
#[derive(Debug, Clone)]
pub struct AddressChanged {
    /// When.
    pub changed_at: Timestamp,
    /// The new one, with its name hidden but for the first letter.
    pub to: String,
}

impl Mail for AddressChanged {
    const TEMPLATE: &'static str = "address-changed";

    fn facts(&self) -> Facts {
        Facts::default().text("to", &self.to).moment("changed", self.changed_at)
    }
}

/// Tells that an administrator shut the account out.
#[derive(Debug, Clone)]
pub struct AccountBlocked {
    /// The name to greet.
    pub name: Option<Text<200>>,
    /// When.
    pub blocked_at: Timestamp,
}

impl Mail for AccountBlocked {
    const TEMPLATE: &'static str = "account-blocked";

    fn facts(&self) -> Facts {
        Facts::default().optional("name", self.name.as_ref().map(Text::as_str)).moment("blocked", self.blocked_at)
    }
}

/// Tells that an account that was shut out is let in again.
#[derive(Debug, Clone)]
pub struct AccountUnblocked {
    /// The name to greet.
    pub name: Option<Text<200>>,
}

impl Mail for AccountUnblocked {
    const TEMPLATE: &'static str = "account-unblocked";

    fn facts(&self) -> Facts {
        Facts::default().optional("name", self.name.as_ref().map(Text::as_str))
    }

    fn page(&self) -> Option<Page> {
        Some(Page::LogIn)
    }
}
