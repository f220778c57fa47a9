//! Where something stands in a template, and what is wrong there.

use std::fmt;
use std::sync::Arc;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    file: Arc<str>,
    line: usize,
}

impl Place {
    pub(super) fn new(file: Arc<str>, line: usize) -> Self {
        Self { file, line }
    }

    /// What is wrong here. The sentence has no full stop.
    pub(super) fn error(&self, sentence: impl Into<String>) -> TemplateError {
        TemplateError { place: self.clone(), sentence: sentence.into() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file, self.line)
    }
}

/// A template that cannot be run: the file, the line, and one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {sentence}.")]
pub struct TemplateError {
    place: Place,
    sentence: String,
}
