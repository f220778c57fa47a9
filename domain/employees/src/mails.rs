//! Mails to a company's own people.

use decision::{Facts, LinkTarget, Mail, Secret};
use domain_accounts::CompanyRole;
use jiff::Timestamp;
use values::{Text, looks_like_advertising};

/// Invites to a company. Its name is what somebody typed, and readers may never have heard of it: the mail mentions it unless it looks
/// like advertising.
#[derive(Debug, Clone)]
pub struct EmployeeInvitation {
    /// What the link leads to.
    pub link: LinkTarget,
    /// The name that the company goes by.
    pub company: Text<200>,
    /// What they will be able to do there.
    pub role: CompanyRole,
    /// How long the link works.
    pub expires_at: Timestamp,
}

impl Mail for EmployeeInvitation {
    const TEMPLATE: &'static str = "employee-invitation";

    fn facts(&self) -> Facts {
        let role = match self.role {
            CompanyRole::Manager => "manager",
            CompanyRole::Member => "member",
        };
        let company = Some(self.company.as_str()).filter(|name| !looks_like_advertising(name));
        Facts::default().optional("company", company).text("role", role).moment("expires", self.expires_at)
    }

    fn secret(&self) -> Option<Secret> {
        Some(Secret::Link { target: self.link })
    }

    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.expires_at)
    }
}
