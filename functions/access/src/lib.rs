//! How accounts get in, stay in and leave: log in, refresh, log out; and the keys that vouch for it.

mod jwks;
mod log_in;
mod log_out;
mod me;
mod refresh;
mod rotate_keys;
mod tokens;

use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] =
    &[jwks::FUNCTION, log_in::FUNCTION, log_out::FUNCTION, me::FUNCTION, refresh::FUNCTION, rotate_keys::FUNCTION];

/// What this area adds to the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(log_in::log_in, refresh::refresh, log_out::log_out, me::me, jwks::jwks))]
pub struct Api;
