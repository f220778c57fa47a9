//! What can go wrong where records are kept, without saying how: each layer above takes it as it has to.

use std::error::Error;

/// What somebody who meets a fault can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Read and decide again: somebody else was faster.
    ReadAgain,
    /// Try again in a moment: a part of the system does not answer.
    TryLater,
    /// Nothing. It is a defect.
    None,
}

/// An error of what lies below the endpoints.
pub trait Fault: Error + Send + Sync + 'static {
    /// What can be done about it.
    fn remedy(&self) -> Remedy;
}

/// An error that may say that somebody else was faster.
pub trait MayConflict {
    /// Whether the state has changed since it was read, so that it is worth to read and decide again.
    fn is_conflict(&self) -> bool;
}

impl<F: Fault> MayConflict for F {
    fn is_conflict(&self) -> bool {
        self.remedy() == Remedy::ReadAgain
    }
}
