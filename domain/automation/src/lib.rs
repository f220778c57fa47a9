//! What the business does by itself when something happens.

mod answer;
mod automation;
pub mod events;
pub mod mails;
mod notify_administrators;
mod welcome;

pub use automation::{Automation, Run};
pub use notify_administrators::notify_administrator;
pub use welcome::welcome;
