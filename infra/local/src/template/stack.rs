//! One stack: reads the resources of its template and those of the stacks nested in it.

use std::collections::{BTreeMap, BTreeSet};

use super::account::Addresses;
use super::document::Document;
use super::functions::Function;
use super::http_api::Route;
use super::node::{Entry, Node};
use super::place::TemplateError;
use super::policies::Role;
use super::resolve::{Resolver, kind};
use super::tables::Table;
use super::{functions, http_api, kinds, mail, parameters, policies, tables};
use crate::policy::Statement;

/// What a resource may say that makes no difference here.
const ATTRIBUTES: [&str; 3] = ["DeletionPolicy", "Metadata", "UpdateReplacePolicy"];

/// What a template asks for, with all stacks nested in it.
#[derive(Debug, Default)]
pub struct Template {
    /// The functions, by logical id.
    pub functions: BTreeMap<String, Function>,
    /// The routes of the HTTP API, each with the logical id of the function that answers.
    pub routes: Vec<(String, Route)>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The names of the event buses.
    pub buses: BTreeSet<String>,
    /// The names of the queues.
    pub queues: BTreeSet<String>,
    /// What SES reports to the default bus, e.g. `SEND`.
    pub mail_events: BTreeSet<String>,
    /// The managed policies, by ARN.
    policies: BTreeMap<String, Vec<Statement>>,
    /// The roles, by ARN.
    roles: BTreeMap<String, Role>,
}

/// The types of resources whose properties are read.
const READ: [&str; 7] = [
    "AWS::DynamoDB::Table",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::SES::ConfigurationSetEventDestination",
    "AWS::Serverless::Application",
    "AWS::Serverless::Function",
    "AWS::Serverless::HttpApi",
];

/// Adds the resources of a stack to what the template asks for, and returns the outputs of the stack.
pub(super) fn read(
    name: &str,
    document: &Document,
    parameters: &BTreeMap<String, Node>,
    addresses: &Addresses,
    template: &mut Template,
) -> Result<BTreeMap<String, Node>, TemplateError> {
    let mut resolver = Resolver { document, stack: name, parameters, nested: BTreeMap::new(), addresses };
    let mut resources: Vec<&Entry> = document.section("Resources")?.iter().collect();
    resources.sort_by_key(|resource| turn(kind(&resource.value)));
    for Entry { key: id, value: resource, .. } in resources {
        check(resource, &resolver)?;
        if !is_there(resource, &resolver)? {
            continue;
        }
        if kind(resource) == "AWS::Serverless::Application" {
            let outputs = nested(id, resource, &resolver, template)?;
            resolver.nested.insert(id.clone(), outputs);
        } else {
            add(id, resource, &resolver, template)?;
        }
    }
    outputs(document, &resolver)
}

/// Policies are read before the functions they bound, nested stacks before whoever asks for their outputs, and the HTTP API
/// after the functions that it invokes.
fn turn(kind: &str) -> u8 {
    match kind {
        "AWS::IAM::ManagedPolicy" | "AWS::IAM::Role" => 0,
        "AWS::Serverless::Application" => 1,
        "AWS::Serverless::HttpApi" => 3,
        _ => 2,
    }
}

/// Checks what can be known of a resource whether it is there or not: what it says, its type, what it refers to, and its
/// properties if they make no difference.
fn check(resource: &Node, resolver: &Resolver<'_>) -> Result<(), TemplateError> {
    let fields = resource.fields()?;
    let (named, properties) = (fields.require("Type")?, fields.get("Properties"));
    fields.get("Condition");
    for other in fields.get("DependsOn").map(Node::one_or_more).unwrap_or_default() {
        if resolver.document.find("Resources", &other.text()?).is_none() {
            return Err(other.error(format!("`{}` is not a resource of this template", other.text()?)));
        }
    }
    fields.finish(&ATTRIBUTES)?;
    let properties = properties.map(|properties| resolver.resolve(properties)).transpose()?;
    if READ.contains(&kind(resource)) {
        return Ok(());
    }
    let unknown = || named.error(format!("`{}` is not a type of resource that this cloud knows", kind(resource)));
    let known = kinds::find(kind(resource)).ok_or_else(unknown)?;
    properties.map_or(Ok(()), |properties| properties.fields()?.finish(known.properties))
}

/// Whether the condition of a resource holds, if it has one.
fn is_there(resource: &Node, resolver: &Resolver<'_>) -> Result<bool, TemplateError> {
    resource.get("Condition").map_or(Ok(true), |condition| resolver.condition(condition))
}

/// Reads a stack that is nested in this one.
fn nested(
    id: &str,
    resource: &Node,
    resolver: &Resolver<'_>,
    template: &mut Template,
) -> Result<BTreeMap<String, Node>, TemplateError> {
    let properties = properties(resource, resolver)?;
    let fields = properties.fields()?;
    let (location, given) = (fields.require("Location")?, fields.require("Parameters")?);
    fields.finish(&["Tags", "TimeoutInMinutes"])?;
    let document = resolver.document.nested(location)?;
    let parameters = parameters::passed_on(&document, given)?;
    let stack = format!("{}-{id}-local", resolver.stack);
    read(&stack, &document, &parameters, resolver.addresses, template)
}

/// Adds a resource to what the template asks for.
fn add(id: &str, resource: &Node, resolver: &Resolver<'_>, template: &mut Template) -> Result<(), TemplateError> {
    match kind(resource) {
        "AWS::Serverless::Function" => {
            let function = functions::read(id, resource, resolver, &template.policies)?;
            if let Some(other) = template.functions.insert(id.to_owned(), function) {
                return Err(resource.error(format!("`{id}` is there twice: {other} is the other one")));
            }
        }
        "AWS::Serverless::HttpApi" if template.routes.is_empty() => {
            template.routes = http_api::read(&properties(resource, resolver)?, &template.functions, &template.roles)?;
        }
        "AWS::Serverless::HttpApi" => return Err(resource.error("this cloud has an address for one HTTP API")),
        "AWS::DynamoDB::Table" => {
            let name = resolver.name_of(id)?;
            template.tables.push(tables::read(name, &properties(resource, resolver)?)?);
        }
        "AWS::IAM::ManagedPolicy" => {
            let statements = policies::managed(&properties(resource, resolver)?)?;
            template.policies.insert(resolver.reference_to(id, resource)?, statements);
        }
        "AWS::IAM::Role" => {
            let role = policies::role(&properties(resource, resolver)?)?;
            template.roles.insert(resolver.arn_of_role(id)?, role);
        }
        "AWS::SES::ConfigurationSetEventDestination" => {
            template.mail_events.extend(mail::events(&properties(resource, resolver)?)?);
        }
        "AWS::Events::EventBus" => drop(template.buses.insert(resolver.name_of(id)?)),
        "AWS::SQS::Queue" => drop(template.queues.insert(resolver.name_of(id)?)),
        _ => {}
    }
    Ok(())
}

fn properties(resource: &Node, resolver: &Resolver<'_>) -> Result<Node, TemplateError> {
    let properties = resource.get("Properties").ok_or_else(|| resource.error("`Properties` is missing"))?;
    resolver.resolve(properties)
}

fn outputs(document: &Document, resolver: &Resolver<'_>) -> Result<BTreeMap<String, Node>, TemplateError> {
    let mut outputs = BTreeMap::new();
    for entry in document.section("Outputs")? {
        let fields = entry.value.fields()?;
        let (value, condition) = (fields.require("Value")?, fields.get("Condition"));
        fields.finish(&["Description"])?;
        if condition.map_or(Ok(true), |condition| resolver.condition(condition))? {
            outputs.insert(entry.key.clone(), resolver.resolve(value)?);
        }
    }
    Ok(outputs)
}
