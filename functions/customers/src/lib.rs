//! The customer record, as customers and staff read it.

mod get_customer;
mod get_history;

// Pages ask these inside their own process.
pub use get_customer::get_customer;

use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[get_customer::FUNCTION, get_history::FUNCTION];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(get_customer::get_customer, get_history::get_history))]
pub struct Api;
