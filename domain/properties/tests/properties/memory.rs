//! A store in memory that keeps to the same conditions as the real one.

use std::collections::BTreeMap;

use decision::{
    Actor, Attributes, Cause, Context, Decision, Event, EventKind, Expectation, Guard, Patch, Place, Put, Record, Write,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) now: Timestamp,
    pub(crate) events: Vec<Event>,
    items: BTreeMap<Place, Attributes>,
    decisions: u8,
}

impl Memory {
    pub(crate) fn context(&mut self) -> Context {
        self.decisions = self.decisions.wrapping_add(1);
        Context::new(self.now, Actor::System, Cause::default(), [self.decisions; 10])
    }

    pub(crate) fn pass(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// All records of a kind in the order of their keys.
    pub(crate) fn all<R: Record>(&self) -> Vec<R> {
        let of_kind = |place: &Place| place.sk.split('#').next() == Some(R::KIND);
        self.items.iter().filter(|(place, _)| of_kind(place)).map(|(_, item)| read(item)).collect()
    }

    pub(crate) fn first<R: Record>(&self) -> Option<R> {
        self.all().into_iter().next()
    }

    /// Every item and where it lies.
    pub(crate) fn items(&self) -> impl Iterator<Item = (&Place, &Attributes)> {
        self.items.iter()
    }

    /// Stores an item whatever lies there, as another version of the code would have written it.
    pub(crate) fn insert(&mut self, place: Place, item: Attributes) {
        self.items.insert(place, item);
    }

    pub(crate) fn told<K: EventKind>(&self) -> usize {
        self.events.iter().filter(|event| event.is::<K>()).count()
    }

    /// Stores a decision; false, and nothing is stored, if a condition does not hold.
    pub(crate) fn commit(&mut self, decision: Decision) -> bool {
        assert_eq!(decision.places().len(), decision.writes.len(), "one write for each item: {:?}", decision.writes);
        let allowed =
            decision.writes.iter().all(|write| write.guard().is_none_or(|guard| self.holds(write.place(), guard)));
        if allowed {
            for write in decision.writes {
                self.write(write);
            }
            self.events.extend(decision.events);
        }
        allowed
    }

    fn holds(&self, place: &Place, guard: &Guard) -> bool {
        let item = self.items.get(place);
        match guard {
            Guard::Absent => item.is_none(),
            Guard::AbsentOrExpired(now) => {
                item.is_none_or(|item| item["expiresAt"].as_i64().is_some_and(|expiry| expiry <= now.as_second()))
            }
            Guard::Present => item.is_some(),
            Guard::Version(version) => item.is_some_and(|item| item["version"] == *version),
            Guard::Like(expectations) => item.is_some_and(|item| {
                expectations.iter().all(|expectation| match expectation {
                    Expectation::Is(name, value) => item.get(*name) == Some(value),
                    Expectation::IsNot(name, value) => item.get(*name) != Some(value),
                    Expectation::Missing(name) => !item.contains_key(*name),
                })
            }),
        }
    }

    fn write(&mut self, write: Write) {
        match write {
            Write::Put(Put { place, attributes, .. }) => drop(self.items.insert(place, attributes)),
            Write::Patch(Patch { place, set, set_if_missing, remove, .. }) => {
                let item = self.items.entry(place).or_default();
                item.retain(|name, _| !remove.contains(name));
                for (name, value) in set_if_missing {
                    item.entry(name).or_insert(value);
                }
                item.extend(set);
            }
            Write::Delete(place, _) => drop(self.items.remove(&place)),
            Write::Check(..) => {}
        }
    }
}

fn read<R: Record>(item: &Attributes) -> R {
    let mut record: R = serde_json::from_value(Value::Object(item.clone())).unwrap();
    record.set_version(item.get("version").and_then(Value::as_u64).unwrap_or_default());
    record
}
