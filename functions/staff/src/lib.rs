//! The people who work with customers: how they come in, what they may do, and how they are shut out.

mod accept_invitation;
mod change_role;
mod deactivate_staff;
mod get_notifications;
mod invite_administrator;
mod invite_staff;
mod list_roles;
mod list_staff;
mod member;
mod put_notifications;
mod reactivate_staff;

// Pages ask these inside their own process.
pub use accept_invitation::accept_invitation;

use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    accept_invitation::FUNCTION,
    change_role::FUNCTION,
    deactivate_staff::FUNCTION,
    get_notifications::FUNCTION,
    invite_administrator::FUNCTION,
    invite_staff::FUNCTION,
    list_roles::FUNCTION,
    list_staff::FUNCTION,
    put_notifications::FUNCTION,
    reactivate_staff::FUNCTION,
];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    list_staff::list_staff,
    list_roles::list_roles,
    invite_staff::invite_staff,
    accept_invitation::accept_invitation,
    change_role::change_role,
    deactivate_staff::deactivate_staff,
    reactivate_staff::reactivate_staff,
    get_notifications::get_notifications,
    put_notifications::put_notifications,
))]
pub struct Api;
