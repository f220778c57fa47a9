//! Rules that hold whatever happens, in whatever order.

mod memory;
mod messages;
mod registrations;
mod sessions;
