//! Who can get in: accounts, what they log in with, from where, and as what.
//!
//! The records that every other area stands on, and no decision of one area: those are in `domain-access`, `domain-registration`,
//! `domain-staff` and `domain-employees`.

mod account;
mod company_role;
mod credential;
mod device;
pub mod events;
mod joining;
mod limit;
pub mod mails;
mod role;
mod session;
mod visibility;

pub use account::{Account, AccountState, Holder, Notifications, STAFF};
pub use company_role::CompanyRole;
pub use credential::{Credential, PasswordHash, Standing};
pub use device::{Device, DeviceNaming, DeviceSighting};
pub use joining::Joining;
pub use limit::{Attempt, day_of, stages};
pub use role::{Permission, Role, RoleName, Roles};
pub use session::{RefreshRefused, Refreshed, Session};
pub use visibility::{looks_after_employees, sees};

pub mod sessions {
    //! How an account stays logged in: [`start`], [`refresh`] and [`end`].
    pub use crate::session::{GRACE, IDLE_LIFETIME, LIFETIME, end, refresh, start};
}
