//! The areas, all of them linked into this one process.

use runtime::Function;

/// An area: a crate of functions that share an artifact.
#[derive(Clone, Copy)]
pub struct Area {
    /// Its name, the `Binary` in the template.
    pub name: &'static str,
    /// Its functions.
    pub functions: &'static [Function],
}

/// Every area there is.
pub const AREAS: &[Area] = &[];
