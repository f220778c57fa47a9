//! What administrators decide once for everybody: the registration policy, and how the business shows itself.
//!
//! Settings are read and written as a whole, under a version: whoever changes them says which version they saw (`If-Match`), and
//! each change is in their history with who made it and what it changed.

mod get_business;
mod get_registration;
mod get_settings_history;
mod put_business;
mod put_registration;

use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    get_business::FUNCTION,
    get_registration::FUNCTION,
    get_settings_history::FUNCTION,
    put_business::FUNCTION,
    put_registration::FUNCTION,
];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    get_registration::get_registration,
    put_registration::put_registration,
    get_business::get_business,
    put_business::put_business,
    get_settings_history::get_settings_history,
))]
pub struct Api;
