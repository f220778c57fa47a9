//! Rights: the statements of policies, and the roles that have them.

use super::node::Node;
use super::place::TemplateError;
use crate::policy::{Condition, Quantifier, Statement, Test};

/// A role.
#[derive(Debug)]
pub(super) struct Role {
    /// The services that may take it.
    pub(super) trusted: Vec<String>,
    /// What it may do.
    pub(super) statements: Vec<Statement>,
}

/// Reads all statements of a function's `Policies`. Managed policies, which are named and not written out, give nothing here.
pub(super) fn of_function(policies: &Node) -> Result<Vec<Statement>, TemplateError> {
    let mut statements = Vec::new();
    for policy in policies.one_or_more() {
        if policy.text().is_err() {
            statements.extend(document(policy)?);
        }
    }
    Ok(statements)
}

/// Reads a managed policy from its properties.
pub(super) fn managed(properties: &Node) -> Result<Vec<Statement>, TemplateError> {
    let fields = properties.fields()?;
    let statements = document(fields.require("PolicyDocument")?)?;
    fields.finish(&["Description", "ManagedPolicyName", "Path"])?;
    Ok(statements)
}

/// Reads a role from its properties.
pub(super) fn role(properties: &Node) -> Result<Role, TemplateError> {
    let fields = properties.fields()?;
    let trusted = trusted(fields.require("AssumeRolePolicyDocument")?)?;
    let mut statements = Vec::new();
    for policy in fields.get("Policies").map(Node::one_or_more).unwrap_or_default() {
        let policy = policy.fields()?;
        statements.extend(document(policy.require("PolicyDocument")?)?);
        policy.finish(&["PolicyName"])?;
    }
    fields.finish(&["Description", "Path", "RoleName"])?;
    Ok(Role { trusted, statements })
}

fn trusted(document: &Node) -> Result<Vec<String>, TemplateError> {
    let fields = document.fields()?;
    let mut trusted = Vec::new();
    for statement in fields.require("Statement")?.one_or_more() {
        let statement = statement.fields()?;
        let (effect, action) = (statement.require("Effect")?, statement.require("Action")?);
        if effect.text()? != "Allow" || action.text()? != "sts:AssumeRole" {
            return Err(effect.error("a role is trusted by `Allow` and `sts:AssumeRole` alone here"));
        }
        let principal = statement.require("Principal")?.fields()?;
        trusted.extend(principal.require("Service")?.texts()?);
        principal.finish(&[])?;
        statement.finish(&["Sid"])?;
    }
    fields.finish(&["Version"])?;
    Ok(trusted)
}

fn document(policy: &Node) -> Result<Vec<Statement>, TemplateError> {
    let fields = policy.fields()?;
    let statements = fields.require("Statement")?.one_or_more().iter().map(statement).collect();
    fields.finish(&["Version"])?;
    statements
}

fn statement(node: &Node) -> Result<Statement, TemplateError> {
    let fields = node.fields()?;
    let effect = fields.require("Effect")?;
    let allows = match effect.text()?.as_str() {
        "Allow" => true,
        "Deny" => false,
        other => return Err(effect.error(format!("`{other}` is neither Allow nor Deny"))),
    };
    let mut conditions = Vec::new();
    if let Some(operators) = fields.get("Condition") {
        for operator in operators.entries()? {
            let (quantifier, test) = operator_of(&operator.key).ok_or_else(|| {
                let sentence = format!("the condition `{}` is not one that this cloud decides", operator.key);
                operator.place.error(sentence)
            })?;
            for tested in operator.value.entries()? {
                let values = tested.value.texts()?;
                conditions.push(Condition { quantifier, test, key: tested.key.to_lowercase(), values });
            }
        }
    }
    let (actions, resources) = (fields.require("Action")?.texts()?, fields.require("Resource")?.texts()?);
    fields.finish(&["Sid"])?;
    Ok(Statement { allows, actions, resources, conditions })
}

fn operator_of(operator: &str) -> Option<(Quantifier, Test)> {
    let (quantifier, test) = match operator.split_once(':') {
        Some(("ForAllValues", test)) => (Quantifier::All, test),
        Some(("ForAnyValue", test)) => (Quantifier::Any, test),
        Some(_) => return None,
        None => (Quantifier::One, operator),
    };
    let test = match test {
        "StringEquals" | "ArnEquals" => Test::Equals,
        "StringLike" | "ArnLike" => Test::Like,
        "StringNotEquals" => Test::NotEquals,
        "StringNotLike" => Test::NotLike,
        _ => return None,
    };
    Some((quantifier, test))
}
