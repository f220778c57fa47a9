//! What SES tells EventBridge about mails.

use std::collections::BTreeSet;

use super::node::Node;
use super::place::TemplateError;

/// The types of events that a destination of a configuration set forwards to EventBridge.
pub(super) fn events(properties: &Node) -> Result<BTreeSet<String>, TemplateError> {
    let fields = properties.fields()?;
    let destination = fields.require("EventDestination")?.fields()?;
    fields.finish(&["ConfigurationSetName"])?;
    destination.require("EventBridgeDestination")?;
    let enabled = destination.get("Enabled").map_or(Ok(true), Node::truth)?;
    let types = destination.require("MatchingEventTypes")?.texts()?;
    destination.finish(&["Name"])?;
    Ok(types.into_iter().filter(|_| enabled).map(|kind| kind.to_uppercase()).collect())
}
