//! What the business does by itself when something happens.

mod automation;
pub mod events;
pub mod mails;

pub use automation::{Automation, Run, notify_administrator, welcome};
