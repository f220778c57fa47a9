//! How a customer comes in: registering, proving the address, being approved.

mod confirm;
mod decide;
pub mod events;
mod expire;
pub mod mails;
mod receive;
mod registration;
mod resend;

pub use confirm::{ConfirmRefused, Proof, check_link, confirm};
pub use decide::{DecideRefused, Verdict, decide};
pub use events::OpenedBy;
pub use expire::expire;
pub use receive::{Receipt, Unopened, opens_the_unopened, receive};
pub use registration::{LIFETIME, LINK_LIFETIME, Registration, RegistrationState};
pub use resend::resend;
