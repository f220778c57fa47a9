//! The event bus: takes events, matches them with the rules, and promises them to the functions.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::CloudClock;
use crate::deliveries::Deliveries;
use crate::journal::Journal;
use crate::template::{ACCOUNT, REGION, Rule};

/// The bus that AWS services put their events on.
pub(crate) const DEFAULT: &str = "default";

/// An event that crossed a bus.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CrossedEvent {
    /// The name of the bus.
    pub bus: String,
    /// The event as the functions get it.
    pub event: Value,
    /// The names of the rules that it matched.
    pub rules: Vec<String>,
}

/// What somebody puts on a bus.
pub(crate) struct Entry {
    pub(crate) bus: String,
    pub(crate) source: String,
    pub(crate) detail_type: String,
    pub(crate) time: Option<Timestamp>,
    pub(crate) resources: Vec<String>,
    pub(crate) detail: Value,
}

/// The buses of a cloud and their rules.
pub(crate) struct Bus {
    rules: BTreeMap<String, Vec<(String, Rule)>>,
    history: Arc<Journal<CrossedEvent>>,
    deliveries: Arc<Deliveries>,
    clock: CloudClock,
}

impl Bus {
    /// `rules` are given with the function that each of them calls.
    pub(crate) fn new(
        rules: impl Iterator<Item = (String, Rule)>,
        history: Arc<Journal<CrossedEvent>>,
        deliveries: Arc<Deliveries>,
        clock: CloudClock,
    ) -> Self {
        let mut by_bus: BTreeMap<String, Vec<(String, Rule)>> = BTreeMap::new();
        for (function, rule) in rules {
            by_bus.entry(rule.bus.clone()).or_default().push((function, rule));
        }
        Self { rules: by_bus, history, deliveries, clock }
    }

    /// Puts an event on its bus and returns its id.
    pub(crate) fn put(&self, entry: Entry) -> String {
        let id = uuid::Uuid::new_v4().to_string();
        let time = entry.time.unwrap_or_else(|| self.clock.now());
        let event = json!({
            "version": "0",
            "id": id,
            "detail-type": entry.detail_type,
            "source": entry.source,
            "account": ACCOUNT,
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "region": REGION,
            "resources": entry.resources,
            "detail": entry.detail,
        });
        let rules = self.rules.get(&entry.bus).map(Vec::as_slice).unwrap_or_default();
        let matched = rules.iter().filter(|(_, rule)| rule.pattern.matches(&event));
        let mut names = Vec::new();
        let payload = event.to_string();
        for (function, rule) in matched {
            names.push(rule.name.clone());
            self.deliveries.promise(function, &rule.name, rule.input.as_deref().unwrap_or(&payload));
        }
        self.history.push(CrossedEvent { bus: entry.bus, event, rules: names });
        id
    }

    /// The events that crossed lately, the newest first.
    pub(crate) fn history(&self) -> Vec<CrossedEvent> {
        self.history.newest_first()
    }
}
