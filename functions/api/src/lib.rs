//! What the API says of itself: that it is there, and what it can do.

mod health;
mod openapi;

use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[health::FUNCTION, openapi::FUNCTION];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(health::health, openapi::openapi))]
pub struct Api;
