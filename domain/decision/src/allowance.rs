//! How often something can be tried.

use jiff::SignedDuration;

/// How many attempts are free, and how long the waits are after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Attempts without a wait.
    pub free: u32,
    /// The first wait; each further one is twice as long,
    pub first_wait: SignedDuration,
    /// up to this.
    pub longest_wait: SignedDuration,
}

impl Allowance {
    /// How long nothing more is accepted after the attempt of that number, counted from 1; nothing for a free one that leaves
    /// another free one.
    pub fn wait_after(self, attempt: u32) -> Option<SignedDuration> {
        let beyond = attempt.checked_sub(self.free)?;
        let doubled = self.first_wait.checked_mul(1 << beyond.min(20)).unwrap_or(self.longest_wait);
        Some(doubled.min(self.longest_wait))
    }
}
