//! The people who work with customers, and how they come in.

mod accept_invitation;
mod invite_administrator;

// Pages ask these inside their own process.
pub use accept_invitation::accept_invitation;

use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[accept_invitation::FUNCTION, invite_administrator::FUNCTION];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(accept_invitation::accept_invitation))]
pub struct Api;
