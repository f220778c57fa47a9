//! What happens by itself: because something happened, or because time passed.

mod run_due;
mod welcome;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[run_due::FUNCTION, welcome::FUNCTION];
