//! What a decision writes, and under which conditions.

use std::fmt;

use jiff::Timestamp;
use serde_json::{Map, Value};

/// A record's attributes by name, as they are stored.
pub type Attributes = Map<String, Value>;

/// A partition and the sort key in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The partition.
    pub pk: String,
    /// The sort key.
    pub sk: String,
}

/// What must hold of the item at a place for the whole decision to be stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Guard {
    /// There is none.
    Absent,
    /// There is none, or it has expired: DynamoDB removes what has in the days after.
    AbsentOrExpired(Timestamp),
    /// There is one.
    Present,
    /// It is still the version that was read.
    Version(u64),
    /// There is one, and it has attributes like these.
    Like(Vec<Expectation>),
}

/// What is expected of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// It has this value.
    Is(&'static str, Value),
    /// It does not have this value.
    IsNot(&'static str, Value),
    /// It is not there.
    Missing(&'static str),
}

/// Stores a whole item, in place of what may lie there.
#[derive(Clone, PartialEq)]
pub struct Put {
    /// Where.
    pub place: Place,
    /// All its attributes, without the key.
    pub attributes: Attributes,
    /// The condition.
    pub guard: Guard,
}

/// Changes some attributes of an item and leaves the others as they are, those included that this code does not know.
#[derive(Clone, PartialEq)]
pub struct Patch {
    /// Where.
    pub place: Place,
    /// Attributes that get these values.
    pub set: Attributes,
    /// Attributes that get these values if they have none.
    pub set_if_missing: Attributes,
    /// Attributes that go.
    pub remove: Vec<String>,
    /// The condition; none to make the item if there is none.
    pub guard: Option<Guard>,
}

/// One write of a decision. Printing one names places and attributes, never values: some are hashes of passwords.
#[derive(Clone, PartialEq)]
pub enum Write {
    /// See [`Put`].
    Put(Put),
    /// See [`Patch`].
    Patch(Patch),
    /// Removes the item.
    Delete(Place, Guard),
    /// Writes nothing, and has the rest stored only if the condition holds.
    Check(Place, Guard),
}

impl Patch {
    /// A patch of an item that changes nothing yet.
    pub fn new(place: Place, guard: Option<Guard>) -> Self {
        Self { place, set: Attributes::new(), set_if_missing: Attributes::new(), remove: Vec::new(), guard }
    }

    /// Gives an attribute this value, or removes it if there is none.
    pub fn set_or_remove(&mut self, name: &str, value: Option<Value>) {
        match value {
            Some(value) => drop(self.set.insert(name.to_owned(), value)),
            None => self.remove.push(name.to_owned()),
        }
    }
}

impl Write {
    /// Where it writes.
    pub fn place(&self) -> &Place {
        match self {
            Self::Put(put) => &put.place,
            Self::Patch(patch) => &patch.place,
            Self::Delete(place, _) | Self::Check(place, _) => place,
        }
    }

    /// Its condition.
    pub fn guard(&self) -> Option<&Guard> {
        match self {
            Self::Put(put) => Some(&put.guard),
            Self::Patch(patch) => patch.guard.as_ref(),
            Self::Delete(_, guard) | Self::Check(_, guard) => Some(guard),
        }
    }
}

impl fmt::Debug for Write {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, names): (_, Vec<&String>) = match self {
            Self::Put(put) => ("Put", put.attributes.keys().collect()),
            Self::Patch(patch) => {
                ("Patch", patch.set.keys().chain(patch.set_if_missing.keys()).chain(&patch.remove).collect())
            }
            Self::Delete(..) => ("Delete", Vec::new()),
            Self::Check(..) => ("Check", Vec::new()),
        };
        let Place { pk, sk } = self.place();
        write!(formatter, "{kind} {pk} {sk} {names:?}")
    }
}
