//! What goes wrong.

/// What goes wrong, as a sentence for the person at the console.
pub(crate) type Error = Box<dyn std::error::Error>;
