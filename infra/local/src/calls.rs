//! What the functions asked of DynamoDB, for tests that hold each endpoint to its budget.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many calls are remembered.
const REMEMBERED: usize = 10_000;

/// A call of a function to DynamoDB.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The logical id of the function.
    pub function: String,
    /// What was asked, e.g. `GetItem`.
    pub operation: String,
    /// The invocation it was made for. `None` while the function prepares itself, and when several of its invocations overlap.
    pub request_id: Option<String>,
    /// When it arrived, counted from the start of the cloud.
    pub started: Duration,
    /// When it was answered, counted from the start of the cloud.
    pub ended: Duration,
    /// The read capacity it consumed.
    pub read_units: f64,
    /// The write capacity it consumed.
    pub write_units: f64,
    /// The status of the answer.
    pub status: u16,
}

/// The calls to one cloud.
pub(crate) struct Calls {
    start: Instant,
    calls: Mutex<VecDeque<Call>>,
}

impl Calls {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), calls: Mutex::default() }
    }

    /// The time since the start of the cloud.
    pub(crate) fn now(&self) -> Duration {
        self.start.elapsed()
    }

    pub(crate) fn note(&self, call: Call) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.push_back(call);
        if calls.len() > REMEMBERED {
            calls.pop_front();
        }
    }

    pub(crate) fn all(&self) -> Vec<Call> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
