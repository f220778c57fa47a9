//! How customers come in: they register, prove their address by a mailed link, ask for the link again, and staff decide about
//! those who wait for it.

mod confirm;
mod decide_registrations;
mod list_registrations;
mod register;
mod resend;

// Pages ask these inside their own process.
pub use confirm::{Confirm, ConfirmRequest};
pub use decide_registrations::{DecideRegistrations, DecidedRegistration, DecisionRequest, Outcome, RequestedVerdict};
pub use list_registrations::{ListRegistrations, Waiting, WaitingRegistration};
pub use register::{CompanyRequest, Register, RegisterRequest};
pub use resend::{Resend, ResendRequest};

use domain_settings::NextStep;
use serde::Serialize;
use utoipa::ToSchema;

service::area! {
    endpoints: [
        Confirm,
        DecideRegistrations,
        ListRegistrations,
        Register,
        Resend,
    ],
}

/// What to do next.
#[derive(Debug, Serialize, ToSchema)]
pub struct Next {
    /// `confirm-email`: follow the link in the mail. `await-approval`: wait for a mail with the decision. `log-in`.
    #[schema(value_type = String, example = "confirm-email")]
    pub next: NextStep,
    /// Whether a company registered, for pages.
    #[serde(skip)]
    #[schema(ignore)]
    pub is_company: bool,
}
