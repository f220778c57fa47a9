//! How customers come in: they register, prove their address by a mailed link, and ask for the link again.

mod confirm;
mod register;
mod resend;

use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[confirm::FUNCTION, register::FUNCTION, resend::FUNCTION];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(register::register, confirm::confirm, resend::resend))]
pub struct Api;

/// What to do next.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Next {
    /// Follow the link in the mail.
    ConfirmEmail,
    /// Log in.
    LogIn,
}

/// What to do next.
#[derive(Debug, Serialize, ToSchema)]
struct NextStep {
    next: Next,
}
