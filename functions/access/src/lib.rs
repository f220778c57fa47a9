//! How accounts get in, stay in and leave: sessions, devices, passwords, addresses; and the keys that vouch for it.

mod block_account;
mod change_address;
mod change_password;
mod change_profile;
mod confirm_address;
mod confirm_device;
mod end_session;
mod forget_device;
mod forgot_password;
mod jwks;
mod list_devices;
mod list_sessions;
mod log_in;
mod log_out;
mod me;
mod name_device;
mod refresh;
mod reset_password;
mod rotate_keys;
mod tokens;
mod unblock_account;

// Pages ask these inside their own process.
pub use change_address::change_address;
pub use change_password::change_password;
pub use change_profile::change_profile;
pub use confirm_address::confirm_address;
pub use confirm_device::confirm_device;
pub use end_session::end_session;
pub use forget_device::forget_device;
pub use forgot_password::forgot_password;
pub use list_devices::list_devices;
pub use list_sessions::list_sessions;
pub use log_in::{LogIn, LogInRequest, Source};
pub use log_out::log_out;
pub use me::me;
pub use name_device::name_device;
pub use reset_password::reset_password;

use service::openapi::Document;
use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    block_account::FUNCTION,
    change_address::FUNCTION,
    change_password::FUNCTION,
    change_profile::FUNCTION,
    confirm_address::FUNCTION,
    confirm_device::FUNCTION,
    end_session::FUNCTION,
    forget_device::FUNCTION,
    forgot_password::FUNCTION,
    jwks::FUNCTION,
    list_devices::FUNCTION,
    list_sessions::FUNCTION,
    service::function::<LogIn>(),
    log_out::FUNCTION,
    me::FUNCTION,
    name_device::FUNCTION,
    refresh::FUNCTION,
    reset_password::FUNCTION,
    rotate_keys::FUNCTION,
    unblock_account::FUNCTION,
];

/// What this area adds to the OpenAPI document.
pub struct Api;

impl OpenApi for Api {
    fn openapi() -> utoipa::openapi::OpenApi {
        let mut document = Others::openapi();
        document.merge(Document::new("access").with::<LogIn>().build());
        document
    }
}

/// The operations that are described by hand.
#[derive(OpenApi)]
#[openapi(paths(
    confirm_device::confirm_device,
    refresh::refresh,
    log_out::log_out,
    list_sessions::list_sessions,
    end_session::end_session,
    list_devices::list_devices,
    name_device::name_device,
    forget_device::forget_device,
    forgot_password::forgot_password,
    reset_password::reset_password,
    change_password::change_password,
    me::me,
    change_profile::change_profile,
    change_address::change_address,
    confirm_address::confirm_address,
    block_account::block_account,
    unblock_account::unblock_account,
    jwks::jwks,
))]
struct Others;
