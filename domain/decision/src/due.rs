//! What is to be done when its time comes.

use jiff::Timestamp;

use crate::{Attributes, Place, sortable};

/// The attribute that the index is ordered by.
pub const DUE_AT: &str = "dueAt";

/// The attribute that counts how often the record failed since it asked for its time.
pub const DUE_FAILURES: &str = "dueFailures";

/// How many partitions the index of due records is spread over.
pub const DUE_SHARDS: u64 = 4;

/// When something is to be done about a record.
///
/// A record that could not be handled is put off: the sweep writes the time of the next attempt over the one that the record asked
/// for, and counts ([`DUE_FAILURES`]). A change of the record that asks for another time begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// When.
    pub at: Timestamp,
}

impl Due {
    /// At that time.
    pub fn at(at: Timestamp) -> Self {
        Self { at }
    }

    /// The attributes by which the index `due` finds the record.
    pub(crate) fn insert_into(self, attributes: &mut Attributes, place: &Place) {
        attributes.insert("dueShard".into(), shard(place).to_string().into());
        attributes.insert(DUE_AT.into(), sortable(self.at).into());
    }
}

/// Ids are random, so their bytes spread records evenly, in the same way in every version of the code.
fn shard(place: &Place) -> u64 {
    place.pk.bytes().chain(place.sk.bytes()).map(u64::from).sum::<u64>() % DUE_SHARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_sort_as_texts_and_records_spread_over_all_shards() {
        let attributes = |at: i64, sk: &str| {
            let mut attributes = Attributes::new();
            let place = Place { pk: "CUSTOMER#1".into(), sk: sk.into() };
            Due::at(Timestamp::from_millisecond(at).unwrap()).insert_into(&mut attributes, &place);
            attributes
        };
        let times = [0, 1, 999, 1_000, 1_001, 60_000].map(|at| attributes(at, "A")["dueAt"].to_string());
        assert!(times.is_sorted());
        assert_eq!(times[0], r#""1970-01-01T00:00:00.000Z""#);
        let shards: std::collections::BTreeSet<_> =
            ["A", "B", "C", "D"].map(|sk| attributes(0, sk)["dueShard"].to_string()).into();
        assert_eq!(shards.len(), 4);
    }
}
