//! What SES tells EventBridge about mails.

use std::collections::BTreeSet;

use serde_json::Value;

/// The types of events that a destination of a configuration set forwards to EventBridge.
pub(super) fn events(properties: &Value) -> BTreeSet<String> {
    let destination = &properties["EventDestination"];
    let forwarded = destination.get("EventBridgeDestination").is_some() && destination["Enabled"] != Value::Bool(false);
    let types = if forwarded { super::texts(&destination["MatchingEventTypes"]) } else { Vec::new() };
    types.iter().map(|kind| kind.to_uppercase()).collect()
}
