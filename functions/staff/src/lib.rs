//! The people who work with customers, and how they come in.

mod accept_invitation;
mod get_notifications;
mod invite_administrator;
mod put_notifications;

use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    accept_invitation::FUNCTION,
    get_notifications::FUNCTION,
    invite_administrator::FUNCTION,
    put_notifications::FUNCTION,
];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    accept_invitation::accept_invitation,
    get_notifications::get_notifications,
    put_notifications::put_notifications,
))]
pub struct Api;
