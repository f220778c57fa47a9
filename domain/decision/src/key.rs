//! Where records lie.

use std::marker::PhantomData;

use crate::Place;

/// Where a record of type `R` lies.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Key<R> {
    place: Place,
    record: PhantomData<fn() -> R>,
}

impl<R> Clone for Key<R> {
    fn clone(&self) -> Self {
        Self { place: self.place.clone(), record: PhantomData }
    }
}

impl<R> Key<R> {
    /// The key of a partition and the sort key in it.
    pub fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { place: Place { pk: pk.into(), sk: sk.into() }, record: PhantomData }
    }

    /// The key, whatever lies there.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The key, whatever lies there.
    pub fn into_place(self) -> Place {
        self.place
    }
}
