//! How customers come in: they register, prove their address by a mailed link, ask for the link again, and staff decide about
//! those who wait for it.

mod confirm;
mod decide_registrations;
mod list_registrations;
mod register;
mod resend;

// Pages ask these inside their own process.
pub use confirm::{Confirm, ConfirmRequest};
pub use register::{CompanyRequest, Register, RegisterRequest};
pub use resend::{Resend, ResendRequest};

use domain_settings::NextStep;
use serde::Serialize;
use service::openapi::Document;
use utoipa::{OpenApi, ToSchema};

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    service::function::<Confirm>(),
    decide_registrations::FUNCTION,
    list_registrations::FUNCTION,
    service::function::<Register>(),
    service::function::<Resend>(),
];

/// What this area adds to the OpenAPI document.
pub struct Api;

impl OpenApi for Api {
    fn openapi() -> utoipa::openapi::OpenApi {
        let mut document = Document::new("registration").with::<Register>().with::<Confirm>().with::<Resend>().build();
        document.merge(Others::openapi());
        document
    }
}

/// The operations that are described by hand.
#[derive(OpenApi)]
#[openapi(paths(list_registrations::list_registrations, decide_registrations::decide_registrations))]
struct Others;

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
