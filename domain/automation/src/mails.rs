//! Mails that automations send.

use decision::{Facts, Mail, Page};
use domain_customers::Kind;
use jiff::Timestamp;
use values::Text;

/// Tells a customer that the registration has arrived and an administrator decides.
#[derive(Debug, Clone, Copy)]
pub struct RegistrationReceived {}

impl Mail for RegistrationReceived {
    const TEMPLATE: &'static str = "registration-received";
}

/// Welcomes a customer whose account has been opened.
#[derive(Debug, Clone)]
pub struct Welcome {
    /// The name to greet, if the address is proven.
    pub name: Option<Text<200>>,
}

impl Mail for Welcome {
    const TEMPLATE: &'static str = "welcome";

    fn facts(&self) -> Facts {
        Facts::default().optional("name", self.name.as_ref().map(Text::as_str))
    }

    fn page(&self) -> Option<Page> {
        Some(Page::LogIn)
    }
}

/// Tells an administrator that a registration waits for a decision.
#[derive(Debug, Clone)]
pub struct ApprovalAwaited {
    /// The name that was given.
    pub name: Text<200>,
    /// Person or company.
    pub kind: Kind,
    /// Since when it waits.
    pub since: Timestamp,
}

impl Mail for ApprovalAwaited {
    const TEMPLATE: &'static str = "approval-awaited";

    fn facts(&self) -> Facts {
        about(&self.name, self.kind).moment("since", self.since)
    }

    fn page(&self) -> Option<Page> {
        Some(Page::Registrations)
    }
}

/// Tells an administrator that somebody registered.
#[derive(Debug, Clone)]
pub struct NewRegistration {
    /// The name that was given.
    pub name: Text<200>,
    /// Person or company.
    pub kind: Kind,
    /// When the account opened.
    pub opened_at: Timestamp,
}

impl Mail for NewRegistration {
    const TEMPLATE: &'static str = "new-registration";

    fn facts(&self) -> Facts {
        about(&self.name, self.kind).moment("opened", self.opened_at)
    }

    fn page(&self) -> Option<Page> {
        Some(Page::Registrations)
    }
}

fn about(customer: &Text<200>, kind: Kind) -> Facts {
    let kind = match kind {
        Kind::Person => "person",
        Kind::Company => "company",
    };
    Facts::default().text("customer", customer.as_str()).text("kind", kind)
}
