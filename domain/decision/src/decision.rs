//! What a decision asks of the store: everything in it is committed, or nothing.

use std::collections::BTreeSet;

use crate::due::{DUE_AT, DUE_FAILURES};
use crate::record::attributes;
use crate::{Attributes, Event, EventKind, Guard, Key, Patch, Place, Put, Record, Write};

/// All that follows from one request, event or due time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    /// What is written. DynamoDB takes one write for each item in a transaction.
    pub writes: Vec<Write>,
    /// What happened.
    pub events: Vec<Event>,
}

impl Decision {
    /// Whether nothing follows.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.events.is_empty()
    }

    /// Whether one of the events is of this kind.
    pub fn tells<K: EventKind>(&self) -> bool {
        self.events.iter().any(Event::is::<K>)
    }

    /// Stores a record that does not exist yet.
    pub fn create<R: Record>(&mut self, record: &R) {
        self.put(record, Guard::Absent);
    }

    /// Stores a record in place of whatever lies there, if that is as `guard` says. Attributes that are not the record's go.
    pub fn put<R: Record>(&mut self, record: &R, guard: Guard) {
        let mut attributes = attributes(record);
        attributes.insert("version".into(), 1.into());
        self.writes.push(Write::Put(Put { place: record.key().into_place(), attributes, guard }));
    }

    /// Stores all of a record over what lies there, if that is as `guard` says, and leaves attributes alone that are not the
    /// record's. `optional` names those that a record may lack.
    pub fn write_over<R: Record>(&mut self, record: &R, optional: &[&str], guard: Guard) {
        let mut set = attributes(record);
        set.insert("version".into(), 1.into());
        let lacking = optional.iter().filter(|name| !set.contains_key(**name));
        let remove = lacking.map(|name| (*name).to_owned()).collect();
        self.patch(Patch { set, remove, ..Patch::new(record.key().into_place(), Some(guard)) });
    }

    /// Changes a record that was read as `before`, if nobody else has changed it since.
    pub fn update<R: Record>(&mut self, before: &R, after: &R) {
        let (mut set, remove) = difference(&attributes(before), attributes(after));
        set.insert("version".into(), (before.version() + 1).into());
        let guard = Guard::Version(before.version());
        self.patch(Patch { set, remove, ..Patch::new(after.key().into_place(), Some(guard)) });
    }

    /// Stores a record that may have been a default until now: creates it in its first version, changes it in any other.
    pub fn save<R: Record>(&mut self, before: &R, after: &R) {
        match before.version() {
            0 => self.create(after),
            _ => self.update(before, after),
        }
    }

    /// Changes single attributes of an item.
    pub fn patch(&mut self, patch: Patch) {
        self.writes.push(Write::Patch(patch));
    }

    /// Removes a record, if it is still the version that was read.
    pub fn remove<R: Record>(&mut self, record: &R) {
        self.writes.push(Write::Delete(record.key().into_place(), Guard::Version(record.version())));
    }

    /// Removes what lies under a key, if it is as `guard` says.
    pub fn delete<R: Record>(&mut self, key: Key<R>, guard: Guard) {
        self.writes.push(Write::Delete(key.into_place(), guard));
    }

    /// Has the rest stored only if what lies under a key is as `guard` says.
    pub fn check<R: Record>(&mut self, key: Key<R>, guard: Guard) {
        self.writes.push(Write::Check(key.into_place(), guard));
    }

    /// Where it writes, for those who hold two decisions against each other.
    pub fn places(&self) -> BTreeSet<&Place> {
        self.writes.iter().map(Write::place).collect()
    }
}

/// What has to be set and removed to get from one set of attributes to the other.
fn difference(before: &Attributes, after: Attributes) -> (Attributes, Vec<String>) {
    let mut remove: Vec<String> = before.keys().filter(|name| !after.contains_key(*name)).cloned().collect();
    let set: Attributes = after.into_iter().filter(|(name, value)| before.get(name) != Some(value)).collect();
    if set.contains_key(DUE_AT) || remove.iter().any(|name| name == DUE_AT) {
        remove.push(DUE_FAILURES.to_owned());
    }
    (set, remove)
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::*;
    use crate::versioned;

    #[derive(Clone, Serialize, Deserialize)]
    struct Note {
        #[serde(skip)]
        version: u64,
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        author: Option<String>,
    }

    impl Record for Note {
        const KIND: &'static str = "NOTE";
        fn key(&self) -> Key<Self> {
            Key::new("NOTES", Self::KIND)
        }
        versioned!();
    }

    #[test]
    fn an_update_touches_what_differs_and_nothing_else() {
        let before = Note { version: 3, text: "one".into(), author: Some("Ada".into()) };
        let after = Note { text: "two".into(), author: None, ..before.clone() };
        let mut decision = Decision::default();
        decision.update(&before, &after);
        let [Write::Patch(patch)] = &decision.writes[..] else { panic!("{decision:?}") };
        assert_eq!(serde_json::Value::Object(patch.set.clone()), json!({"text": "two", "version": 4}));
        assert_eq!((&patch.remove[..], &patch.guard), (&["author".to_owned()][..], &Some(Guard::Version(3))));
    }

    #[test]
    fn printing_a_decision_tells_no_values() {
        let mut decision = Decision::default();
        decision.create(&Note { version: 0, text: "secret".into(), author: None });
        assert!(!format!("{decision:?}").contains("secret"));
        assert!(format!("{decision:?}").contains("Put NOTES NOTE"));
    }
}
