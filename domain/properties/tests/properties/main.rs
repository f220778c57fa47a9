//! Rules that hold whatever happens, in whatever order.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod memory;
mod messages;
mod records;
mod registrations;
mod sessions;
