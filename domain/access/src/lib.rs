//! How an account gets in, and what its owner changes: logins, codes, passwords, addresses, devices, the profile.

mod address_change;
mod block;
mod challenge;
mod device;
pub mod events;
mod login;
pub mod mails;
mod password;
mod profile;

pub use address_change::{AddressChange, AddressRefused};
pub use challenge::{Challenge, ChallengeOver};
pub use login::{Admission, KeptOut, Presented};
pub use password::{PasswordReset, ResetRefused};
pub use profile::ProfileChange;

pub mod accounts {
    //! Whom staff shut out: [`block`] and [`unblock`].
    pub use crate::block::{block, unblock};
}

pub mod address_changes {
    //! Logging in with another address: [`ask`] and [`settle`].
    pub use crate::address_change::{LINK_LIFETIME, ask, settle};
}

pub mod challenges {
    //! Codes asked of who logs in from an unknown device: [`pose`], [`attempt`] and [`pass`].
    pub use crate::challenge::{ATTEMPTS, LIFETIME, attempt, pass, pose};
}

pub mod devices {
    //! What becomes of a known device: [`name`] and [`forget`].
    pub use crate::device::{forget, name};
}

pub mod passwords {
    //! Forgotten and changed passwords: [`forgot`], [`check_reset`], [`reset`] and [`change`].
    pub use crate::password::{LINK_LIFETIME, change, check_reset, forgot, reset};
}

pub mod profiles {
    //! What people change about themselves: [`change`].
    pub use crate::profile::change;
}

pub mod logins {
    //! What follows from a right password: [`log_in`].
    pub use crate::login::log_in;
}
