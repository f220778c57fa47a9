//! What administrators decide once for everybody: the registration policy, and how the business shows itself.
//!
//! Settings are read and written as a whole, under a version: whoever changes them says which version they saw (`If-Match`), and
//! each change is in their history with who made it and what it changed.

mod get_business_settings;
mod get_registration_settings;
mod get_settings_history;
mod put_business_settings;
mod put_registration_settings;

use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    get_business_settings::FUNCTION,
    get_registration_settings::FUNCTION,
    get_settings_history::FUNCTION,
    put_business_settings::FUNCTION,
    put_registration_settings::FUNCTION,
];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    get_registration_settings::get_registration_settings,
    put_registration_settings::put_registration_settings,
    get_business_settings::get_business_settings,
    put_business_settings::put_business_settings,
    get_settings_history::get_settings_history,
))]
pub struct Api;
