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
pub use log_in::{LogIn, LogInRequest, Source};
pub use log_out::LogOut;
pub use me::{Me, MeView};
pub use name_device::{NameDevice, NameRequest};
pub use reset_password::{ResetPassword, ResetRequest};

service::area! {
    endpoints: [
        block_account::BlockAccount,
        ChangeAddress,
        ChangePassword,
        ChangeProfile,
        ConfirmAddress,
        ConfirmDevice,
        EndSession,
        ForgetDevice,
        ForgotPassword,
        jwks::Jwks,
        ListDevices,
        ListSessions,
        LogIn,
        LogOut,
        Me,
        NameDevice,
        refresh::Refresh,
        ResetPassword,
        unblock_account::UnblockAccount,
    ],
    functions: [rotate_keys::FUNCTION],
}
