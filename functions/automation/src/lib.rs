//! What happens by itself: because something happened, or because time passed.

mod answering;
mod due;
mod notify_administrators;
mod run_due;
mod welcome;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[notify_administrators::FUNCTION, run_due::FUNCTION, welcome::FUNCTION];
