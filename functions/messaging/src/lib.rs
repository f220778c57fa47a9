//! How messages reach people: handed to SES once they are stored, and followed up with what SES reports.

mod deliver;
mod note_outcome;
mod sender;
mod tag;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[deliver::FUNCTION, note_outcome::FUNCTION];
