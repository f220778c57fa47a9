//! How accounts get in, stay in and leave: sessions, devices, passwords, addresses; and the keys that vouch for it.

mod account;
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
pub use change_address::{ChangeAddress, ChangeAddressRequest};
pub use change_password::{ChangePassword, ChangeRequest};
pub use change_profile::{ChangeProfile, ProfileRequest};
pub use confirm_address::{ConfirmAddress, ConfirmAddressRequest};
pub use confirm_device::{ConfirmDevice, ConfirmDeviceRequest};
pub use end_session::EndSession;
pub use forget_device::ForgetDevice;
pub use forgot_password::{ForgotPassword, ForgotRequest};
pub use list_devices::{DeviceView, ListDevices};
pub use list_sessions::{ListSessions, SessionView};
pub use log_in::log_in;
pub use log_out::LogOut;
pub use me::{Me, MeView};
pub use name_device::{NameDevice, NameRequest};
pub use reset_password::{ResetPassword, ResetRequest};

use service::function;
use service::openapi::Document;
use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    function::<block_account::BlockAccount>(),
    function::<ChangeAddress>(),
    function::<ChangePassword>(),
    function::<ChangeProfile>(),
    function::<ConfirmAddress>(),
    function::<ConfirmDevice>(),
    function::<EndSession>(),
    function::<ForgetDevice>(),
    function::<ForgotPassword>(),
    function::<jwks::Jwks>(),
    function::<ListDevices>(),
    function::<ListSessions>(),
    log_in::FUNCTION,
    function::<LogOut>(),
    function::<Me>(),
    function::<NameDevice>(),
    function::<refresh::Refresh>(),
    function::<ResetPassword>(),
    rotate_keys::FUNCTION,
    function::<unblock_account::UnblockAccount>(),
];

/// What this area adds to the OpenAPI document.
pub struct Api;

impl OpenApi for Api {
    fn openapi() -> utoipa::openapi::OpenApi {
        let document = Document::new("access")
            .with::<block_account::BlockAccount>()
            .with::<ChangeAddress>()
            .with::<ChangePassword>()
            .with::<ChangeProfile>()
            .with::<ConfirmAddress>()
            .with::<ConfirmDevice>()
            .with::<EndSession>()
            .with::<ForgetDevice>()
            .with::<ForgotPassword>()
            .with::<jwks::Jwks>()
            .with::<ListDevices>()
            .with::<ListSessions>()
            .with::<LogOut>()
            .with::<Me>()
            .with::<NameDevice>()
            .with::<refresh::Refresh>()
            .with::<ResetPassword>()
            .with::<unblock_account::UnblockAccount>();
        let mut api = Others::openapi();
        api.merge(document.build());
        api
    }
}

/// The operations that are described by hand.
#[derive(OpenApi)]
#[openapi(paths(log_in::log_in))]
struct Others;
