//! How customers come in: they register, prove their address by a mailed link, ask for the link again, and staff decide about
//! those who wait for it.

mod confirm;
mod decide_registrations;
mod list_registrations;
mod register;
mod resend;

// Pages ask these inside their own process.
pub use confirm::confirm;
pub use register::register;
pub use resend::resend;

use domain_settings::NextStep;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    confirm::FUNCTION,
    decide_registrations::FUNCTION,
    list_registrations::FUNCTION,
    register::FUNCTION,
    resend::FUNCTION,
];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    register::register,
    confirm::confirm,
    resend::resend,
    list_registrations::list_registrations,
    decide_registrations::decide_registrations,
))]
pub struct Api;

/// What to do next.
#[derive(Debug, Serialize, ToSchema)]
struct Next {
    /// `confirm-email`: follow the link in the mail. `await-approval`: wait for a mail with the decision. `log-in`.
    #[schema(value_type = String, example = "confirm-email")]
    next: NextStep,
}
