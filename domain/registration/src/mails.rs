//! Mails about registrations.

use decision::{Fact, Facts, LinkTarget, Mail, Page, Secret};
use jiff::Timestamp;
use values::{Lines, Text};

/// What following the link of a registration brings about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmationEffect {
    /// The account opens.
    OpensAccount,
    /// An administrator is asked.
    AsksForApproval,
    /// The address counts as proven; the account is as it was.
    ProvesAddress,
}

/// Asks to prove the address by a click.
#[derive(Debug, Clone, Copy)]
pub struct ConfirmAddress {
    /// What the link leads to.
    pub link: LinkTarget,
    /// When the registration was received.
    pub registered_at: Timestamp,
    /// How long the link works.
    pub expires_at: Timestamp,
    /// What following it brings about.
    pub effect: ConfirmationEffect,
}

impl Mail for ConfirmAddress {
    const TEMPLATE: &'static str = "confirm-address";

    fn facts(&self) -> Facts {
        let effect = match self.effect {
            ConfirmationEffect::OpensAccount => "opens-account",
            ConfirmationEffect::AsksForApproval => "asks-for-approval",
            ConfirmationEffect::ProvesAddress => "proves-address",
        };
        Facts::default()
            .text("effect", effect)
            .moment("registered", self.registered_at)
            .moment("expires", self.expires_at)
    }

    fn secret(&self) -> Option<Secret> {
        Some(Secret::Link { target: self.link })
    }

    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.expires_at)
    }
}

/// Brings the link of a registration to whoever reads the mailbox and asked for it, on a device that did not register.
#[derive(Debug, Clone, Copy)]
pub struct ConfirmRegistration {
    /// What the link leads to.
    pub link: LinkTarget,
    /// When the registration was received.
    pub registered_at: Timestamp,
    /// How long the link works.
    pub expires_at: Timestamp,
}

impl Mail for ConfirmRegistration {
    const TEMPLATE: &'static str = "confirm-registration";

    fn facts(&self) -> Facts {
        Facts::default().moment("registered", self.registered_at).moment("expires", self.expires_at)
    }

    fn secret(&self) -> Option<Secret> {
        Some(Secret::Link { target: self.link })
    }

    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.expires_at)
    }
}

/// Tells a customer that an administrator decided for the registration.
#[derive(Debug, Clone)]
pub struct RegistrationApproved {
    /// The name to greet, if the address is proven.
    pub name: Option<Text<200>>,
    /// What the administrator said.
    pub reason: Option<Lines<500>>,
}

impl Mail for RegistrationApproved {
    const TEMPLATE: &'static str = "registration-approved";

    fn facts(&self) -> Facts {
        Facts::default()
            .optional("name", self.name.as_ref().map(Text::as_str))
            .with("reason", quoted(self.reason.as_ref()))
    }

    fn page(&self) -> Option<Page> {
        Some(Page::LogIn)
    }
}

/// Tells a customer that an administrator decided against the registration.
#[derive(Debug, Clone)]
pub struct RegistrationRejected {
    /// What the administrator said.
    pub reason: Option<Lines<500>>,
}

impl Mail for RegistrationRejected {
    const TEMPLATE: &'static str = "registration-rejected";

    fn facts(&self) -> Facts {
        Facts::default().with("reason", quoted(self.reason.as_ref()))
    }
}

fn quoted(reason: Option<&Lines<500>>) -> Fact {
    reason.map_or(Fact::Missing, |reason| Fact::Quote(reason.as_str().to_owned()))
}
