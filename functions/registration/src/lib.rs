//! How customers come in: they register, prove their address by a mailed link, ask for the link again, and staff decide about
//! those who wait for it.

mod confirm;
mod decide_registrations;
mod list_registrations;
mod register;
mod resend;

// Pages ask these inside their own process.
pub use confirm::confirm;
pub use decide_registrations::{DecideRegistrations, DecidedRegistration, DecisionRequest, Outcome, RequestedVerdict};
pub use list_registrations::{ListRegistrations, Waiting, WaitingRegistration};
pub use register::register;
pub use resend::resend;

use domain_settings::NextStep;
use serde::Serialize;
use service::openapi::Document;
use utoipa::{OpenApi, ToSchema};

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    confirm::FUNCTION,
    service::function::<DecideRegistrations>(),
    service::function::<ListRegistrations>(),
    register::FUNCTION,
    resend::FUNCTION,
];

/// What this area adds to the OpenAPI document.
pub struct Api;

impl OpenApi for Api {
    fn openapi() -> utoipa::openapi::OpenApi {
        let mut document = Others::openapi();
        let converted = Document::new("registration").with::<ListRegistrations>().with::<DecideRegistrations>();
        document.merge(converted.build());
        document
    }
}

/// The operations that are described by hand.
#[derive(OpenApi)]
#[openapi(paths(register::register, confirm::confirm, resend::resend))]
struct Others;

/// What to do next.
#[derive(Debug, Serialize, ToSchema)]
struct Next {
    /// `confirm-email`: follow the link in the mail. `await-approval`: wait for a mail with the decision. `log-in`.
    #[schema(value_type = String, example = "confirm-email")]
    next: NextStep,
}
