//! `template.yaml` and the templates nested in it, read and resolved: what the local cloud has to be.
//!
//! They are the only description of the system there is, so what runs here is what is deployed. Of resources that matter on AWS
//! alone (alarms, log groups, dashboards) only the spelling is checked. Whatever is not understood is an error with its file and
//! line, because ignoring it would make the two clouds differ in silence.

mod account;
mod document;
mod functions;
mod http_api;
mod kinds;
mod mail;
mod node;
mod parameters;
mod place;
mod policies;
mod queues;
mod resolve;
mod stack;
mod tables;
mod triggers;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path;

pub use account::{ACCOUNT, Addresses, REGION};
pub use functions::{Function, OnFailure};
pub use http_api::Route;
pub use place::TemplateError;
pub use stack::Template;
#[cfg(test)]
pub use tables::Index;
pub use tables::Table;
pub use triggers::{Rule, Schedule, StreamMapping};

use document::Document;

/// The name of the stack.
const STACK: &str = "clientele";

impl Template {
    /// Reads a template. `name` stands in its error messages, what it names lies in `folder`, and `overrides` replace parameters'
    /// defaults.
    ///
    /// # Errors
    /// A sentence that begins with the file and the line of what cannot be read.
    pub fn read(
        text: &str,
        name: &str,
        folder: Option<&Path>,
        overrides: &BTreeMap<String, String>,
        addresses: &Addresses,
    ) -> Result<Self, TemplateError> {
        let document = Document::read(text, name, folder)?;
        let parameters = parameters::of_root(&document, overrides)?;
        let mut template = Self::default();
        stack::read(STACK, &document, &parameters, addresses, &mut template)?;
        Ok(template)
    }
}
