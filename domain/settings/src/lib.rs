//! What administrators set: the registration policy, and how the business shows itself.

mod business;
mod change;
pub mod events;
mod name;
mod palette;
mod policy;

pub use business::{Business, BusinessSettings};
pub use name::SettingsName;
pub use palette::{Palette, Scheme};
pub use policy::{AccountValidation, AdminApproval, NextStep, RegistrationPolicy, RegistrationSettings, Terms};

pub mod businesses {
    //! How administrators say what is shown of the business: [`change`].
    pub use crate::business::change;
}

pub mod policies {
    //! How administrators set the registration policy: [`change`].
    pub use crate::policy::change;
}
