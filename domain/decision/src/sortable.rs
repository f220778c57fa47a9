//! Times in sort keys.

use jiff::Timestamp;

/// A time as a text, to the millisecond. The texts sort as the times do.
pub fn sortable(time: Timestamp) -> String {
    format!("{time:.3}")
}
