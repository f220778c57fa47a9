//! Records of every release stay readable, and changing one leaves alone what newer code wrote into it.
//!
//! `tests/fixtures/records/<release>/` holds one item for each kind of record, as that release stored it. A file is never changed once
//! its release is out. A new kind of record, or a state that has no file yet, is added with
//! `UPDATE_FIXTURES=1 cargo test -p domain-properties records`, which writes missing files and touches no other.

mod kinds;
mod town;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use decision::{Attributes, Place};
use serde_json::{Value, json};

use kinds::{KINDS, Kind};

const RELEASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/records");

/// An item as it was stored.
struct Fixture {
    path: PathBuf,
    kind: &'static Kind,
    place: Place,
    item: Attributes,
}

/// The fixtures of every release.
fn fixtures() -> Vec<Fixture> {
    let mut fixtures = Vec::new();
    for release in fs::read_dir(RELEASES).unwrap() {
        for file in fs::read_dir(release.unwrap().path()).unwrap() {
            fixtures.push(Fixture::load(file.unwrap().path()));
        }
    }
    assert!(!fixtures.is_empty(), "{RELEASES} is empty");
    fixtures
}

impl Fixture {
    fn load(path: PathBuf) -> Self {
        let mut item: Attributes = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut text = |name: &str| item.remove(name).and_then(|value| value.as_str().map(str::to_owned)).unwrap();
        let place = Place { pk: text("pk"), sk: text("sk") };
        let kind = Kind::at(&place).unwrap_or_else(|| panic!("{}: a kind of record is gone", path.display()));
        Self { path, kind, place, item }
    }

    /// The item with more in it than this code knows.
    fn as_newer_code_stores_it(&self) -> Attributes {
        let mut item = self.item.clone();
        item.insert("laterAttribute".into(), json!({"kept": [1, 2.5, null]}));
        for (pointer, value) in self.kind.unknown {
            let mut whole = Value::Object(item);
            if let Some(known) = whole.pointer_mut(pointer) {
                *known = serde_json::from_str(value).unwrap();
            }
            let Value::Object(changed) = whole else { unreachable!() };
            item = changed;
        }
        item
    }
}

/// What a file is called: the kind, and whatever else tells one item of it from another.
fn name(place: &Place, item: &Attributes) -> String {
    let kind = Kind::at(place).unwrap_or_else(|| panic!("{place:?} is of no kind that kinds.rs names")).name;
    let item = Value::Object(item.clone());
    let details = ["/type", "/holder/kind", "/state"].map(|pointer| item.pointer(pointer).and_then(Value::as_str));
    [Some(kind)].into_iter().chain(details).flatten().collect::<Vec<_>>().join("-").replace('.', "-")
}

#[test]
fn every_kind_of_record_of_this_release_is_among_the_fixtures() {
    let release = Path::new(RELEASES).join(env!("CARGO_PKG_VERSION"));
    let items: BTreeMap<String, Value> = town::items(name);
    for Kind { name, .. } in KINDS {
        let walked = items.keys().any(|item| item == name || item.starts_with(&format!("{name}-")));
        assert!(walked, "town.rs stores no {name}");
    }
    for (name, item) in items {
        let path = release.join(format!("{name}.json"));
        if !path.exists() && std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::create_dir_all(&release).unwrap();
            fs::write(&path, format!("{item:#}\n")).unwrap();
        }
        assert!(
            path.exists(),
            "{} is missing: UPDATE_FIXTURES=1 cargo test -p domain-properties records",
            path.display()
        );
    }
}

#[test]
fn what_any_release_stored_is_read_where_it_lies() {
    for Fixture { path, kind, place, item } in fixtures() {
        let key = (kind.read)(&item).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(key, place, "{}", path.display());
    }
}

#[test]
fn what_newer_code_wrote_is_read_and_outlives_a_change() {
    for fixture in fixtures() {
        let (path, newer) = (fixture.path.display(), fixture.as_newer_code_stores_it());
        let key = (fixture.kind.read)(&newer).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(key, fixture.place, "{path}");
        let Some(change) = fixture.kind.change else { continue };
        let changed = change(&fixture.place, &newer);
        assert_eq!(changed["version"].as_u64(), newer["version"].as_u64().map(|version| version + 1), "{path}");
        assert_ne!(without_version(&changed), without_version(&newer), "{path}: nothing was changed");
        for (name, value) in &newer {
            let kept = changed.get(name) == Some(value);
            assert!(kept || fixture.kind.changes.contains(&name.as_str()), "{path}: {name} was overwritten");
        }
    }
}

/// That the test above would notice: each kind of unknown value is met by some fixture.
#[test]
fn every_value_that_may_be_unknown_is_tried() {
    let fixtures = fixtures();
    for kind in KINDS {
        for (pointer, value) in kind.unknown {
            let of_kind = fixtures.iter().filter(|fixture| fixture.kind.name == kind.name);
            let tried = of_kind.filter(|fixture| {
                let newer = Value::Object(fixture.as_newer_code_stores_it());
                newer.pointer(pointer) == Some(&serde_json::from_str::<Value>(value).unwrap())
            });
            assert!(tried.count() > 0, "no {} has {pointer}", kind.name);
        }
    }
}

fn without_version(item: &Attributes) -> Attributes {
    item.iter().filter(|(name, _)| *name != "version").map(|(name, value)| (name.clone(), value.clone())).collect()
}
