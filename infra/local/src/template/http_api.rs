//! The HTTP API: which function its definition has answer which request, and whether the API may invoke it.

use std::collections::BTreeMap;

use super::account::REGION;
use super::functions::Function;
use super::node::{Entry, Node};
use super::place::TemplateError;
use super::policies::Role;
use crate::policy::{Access, allows};

/// What makes no difference on one machine.
const INDIFFERENT: [&str; 4] =
    ["AccessLogSettings", "DefaultRouteSettings", "Description", "DisableExecuteApiEndpoint"];

/// The methods that a path of an OpenAPI document has operations for, and the extension for all of them.
const METHODS: [&str; 8] =
    ["delete", "get", "head", "options", "patch", "post", "put", "x-amazon-apigateway-any-method"];

/// A request that a function answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method, or `ANY`.
    pub method: String,
    /// The path, with `{name}` for a segment and `{name+}` for the rest.
    pub path: String,
}

/// What the API may invoke, and how.
struct Invocable<'template> {
    functions: &'template BTreeMap<String, Function>,
    roles: &'template BTreeMap<String, Role>,
}

/// Reads the routes of the API from its properties, each with the logical id of the function that answers. `roles` are named by
/// ARN.
pub(super) fn read(
    properties: &Node,
    functions: &BTreeMap<String, Function>,
    roles: &BTreeMap<String, Role>,
) -> Result<Vec<(String, Route)>, TemplateError> {
    let fields = properties.fields()?;
    let definition = fields.require("DefinitionBody")?.fields()?;
    fields.finish(&INDIFFERENT)?;
    let paths = definition.require("paths")?;
    let shared = definition.get("components").map(integrations).transpose()?.unwrap_or_default();
    definition.finish(&["info", "openapi", "tags"])?;
    let invocable = Invocable { functions, roles };
    let mut routes = Vec::new();
    for Entry { key: path, value: operations, .. } in paths.entries()? {
        for Entry { key: method, place, value: operation } in operations.entries()? {
            if !METHODS.contains(&method.as_str()) {
                return Err(place.error(format!("`{method}` is not a method that this cloud knows")));
            }
            let method = if method.starts_with("x-") { "ANY".to_owned() } else { method.to_uppercase() };
            let function = invocable.answering(operation, &shared)?;
            routes.push((function, Route { method, path: path.clone() }));
        }
    }
    Ok(routes)
}

/// The integrations that operations share, by their names.
fn integrations(components: &Node) -> Result<BTreeMap<String, &Node>, TemplateError> {
    let fields = components.fields()?;
    let integrations = fields.require("x-amazon-apigateway-integrations")?.entries()?;
    fields.finish(&[])?;
    let named = |entry: &'_ Entry| format!("#/components/x-amazon-apigateway-integrations/{}", entry.key);
    Ok(integrations.iter().map(|entry| (named(entry), &entry.value)).collect())
}

impl Invocable<'_> {
    /// The logical id of the function that answers an operation.
    fn answering(&self, operation: &Node, shared: &BTreeMap<String, &Node>) -> Result<String, TemplateError> {
        let fields = operation.fields()?;
        let integration = fields.require("x-amazon-apigateway-integration")?;
        fields.finish(&["parameters", "responses"])?;
        let Some(reference) = integration.get("$ref") else { return self.invoked(integration) };
        let name = reference.text()?;
        let unknown = || reference.error(format!("there is no integration `{name}`"));
        self.invoked(shared.get(&name).ok_or_else(unknown)?)
    }

    /// The logical id of the function that an integration invokes in the role of its credentials.
    fn invoked(&self, integration: &Node) -> Result<String, TemplateError> {
        let fields = integration.fields()?;
        for (name, expected) in [("type", "aws_proxy"), ("httpMethod", "POST"), ("payloadFormatVersion", "2.0")] {
            let value = fields.require(name)?;
            if value.text()? != expected {
                return Err(value.error(format!("`{name}` is `{expected}` wherever a function is invoked")));
            }
        }
        let (uri, credentials) = (fields.require("uri")?, fields.require("credentials")?);
        fields.finish(&[])?;
        let text = uri.text()?;
        let arn = text
            .strip_prefix(&format!("arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/"))
            .and_then(|rest| rest.strip_suffix("/invocations"))
            .ok_or_else(|| uri.error(format!("`{text}` invokes no function")))?;
        let name = arn.rsplit(':').next().unwrap_or_default();
        let function = self.functions.iter().find(|(_, function)| function.name == name);
        let (id, _) = function.ok_or_else(|| uri.error(format!("there is no function named `{name}`")))?;
        self.check(arn, credentials)?;
        Ok(id.clone())
    }

    /// Whether the API may take the role, and the role may invoke the function.
    fn check(&self, arn: &str, credentials: &Node) -> Result<(), TemplateError> {
        let role = self.roles.get(&credentials.text()?);
        let role = role.ok_or_else(|| credentials.error("this is not the ARN of a role of this template"))?;
        if !role.trusted.iter().any(|service| service == "apigateway.amazonaws.com") {
            return Err(credentials.error("API Gateway is not trusted with this role"));
        }
        let (action, resource) = ("lambda:InvokeFunction".to_owned(), arn.to_owned());
        if allows(&role.statements, &Access { action, resource, context: Vec::new() }) {
            return Ok(());
        }
        Err(credentials.error(format!("this role may not invoke `{arn}`")))
    }
}
