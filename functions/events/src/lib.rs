//! How events leave the table for the event bus, and how what was left behind is put back on its way.

mod bus;
mod entry;
mod redrive;
mod relay;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[redrive::FUNCTION, relay::FUNCTION];
