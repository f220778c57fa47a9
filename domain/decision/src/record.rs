//! Records: what is kept, and where.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Attributes, Due, Key, sortable};

/// Something that is kept under a key.
///
/// A record is read by the code of today and of tomorrow side by side: during a deployment, and after it is rolled back. So reading
/// ignores attributes that it does not know, and changing a record writes the attributes that differ and no others
/// ([`crate::Decision::update`]). A nested object is one value and replaced as a whole, so what is added to a record later becomes an
/// attribute of its own.
pub trait Record: Serialize + DeserializeOwned {
    /// The first part of its sort key, which says what it is.
    const KIND: &'static str;

    /// Where it lies.
    fn key(&self) -> Key<Self>;

    /// Grows by one with each change; 0 for a record that is not kept yet, and for those that are only changed under other conditions.
    fn version(&self) -> u64 {
        0
    }

    /// Tells the record the version in which it was read.
    fn set_version(&mut self, _version: u64) {}

    /// Where else it is found.
    fn index(&self) -> Index {
        Index::default()
    }
}

/// The version of a record with a field of that name, for its `impl Record`.
#[macro_export]
macro_rules! versioned {
    () => {
        fn version(&self) -> u64 {
            self.version
        }
        fn set_version(&mut self, version: u64) {
            self.version = version;
        }
    };
}

/// Where a record is found besides its key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// When something is to be done about it, if ever.
    pub due: Option<Due>,
    /// The list in which it stands, if it does.
    pub listing: Option<Listing>,
    /// When it has no more use and may disappear, at some time after.
    pub expires_at: Option<Timestamp>,
}

/// A list of records, by name. Lists are read in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct List(pub &'static str);

/// A list that a record stands in, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listing {
    /// The list.
    pub list: List,
    /// What the list is ordered by; the record's key comes after it.
    pub since: Timestamp,
}

/// A record as attributes, those of its indexes included and without its key and version.
///
/// # Panics
/// If the record is not serialised as an object: a mistake in its type, which any test that stores it finds.
pub(crate) fn attributes<R: Record>(record: &R) -> Attributes {
    let mut attributes = match serde_json::to_value(record) {
        Ok(serde_json::Value::Object(attributes)) => attributes,
        other => panic!("{} is not serialised as an object: {other:?}", R::KIND),
    };
    let key = record.key();
    let index = record.index();
    if let Some(due) = index.due {
        due.insert_into(&mut attributes, key.place());
    }
    if let Some(Listing { list, since }) = index.listing {
        attributes.insert("list".into(), list.0.into());
        attributes.insert("place".into(), format!("{}#{}", sortable(since), key.place().pk).into());
    }
    if let Some(expires_at) = index.expires_at {
        attributes.insert("expiresAt".into(), expires_at.as_second().into());
    }
    attributes
}
