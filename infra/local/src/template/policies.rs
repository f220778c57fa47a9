//! The rights of a function, from the statements in its `Policies`.

use serde_json::Value;

use super::resolve::entries;
use super::{TemplateError, texts};
use crate::policy::{Condition, Quantifier, Statement, Test};

/// Reads all statements of a function. Managed policies, which are named and not written out, give nothing here.
pub(super) fn read(id: &str, policies: &Value) -> Result<Vec<Statement>, TemplateError> {
    let policies = match policies {
        Value::Array(policies) => policies.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    };
    let mut statements = Vec::new();
    for policy in policies.iter().filter(|policy| !policy.is_string()) {
        match policy.get("Statement") {
            Some(Value::Array(list)) => {
                for each in list {
                    statements.push(statement(id, each)?);
                }
            }
            Some(one) => statements.push(statement(id, one)?),
            None => {
                let name = entries(policy).next().map(|(name, _)| name.as_str()).unwrap_or_default();
                let sentence =
                    format!("the policy `{name}` is no list of statements, and SAM's templates are not known here");
                return Err(TemplateError::at(id, sentence));
            }
        }
    }
    Ok(statements)
}

fn statement(id: &str, statement: &Value) -> Result<Statement, TemplateError> {
    for unsupported in ["NotAction", "NotResource", "NotPrincipal"] {
        if statement.get(unsupported).is_some() {
            return Err(TemplateError::at(
                id,
                format!("a policy uses `{unsupported}`, which this cloud does not decide"),
            ));
        }
    }
    let mut conditions = Vec::new();
    for (operator, tests) in entries(&statement["Condition"]) {
        let (quantifier, test) = operator_of(operator).ok_or_else(|| {
            TemplateError::at(id, format!("a policy uses the condition `{operator}`, which this cloud does not decide"))
        })?;
        for (key, values) in entries(tests) {
            conditions.push(Condition { quantifier, test, key: key.to_lowercase(), values: texts(values) });
        }
    }
    Ok(Statement {
        allows: statement["Effect"] == "Allow",
        actions: texts(&statement["Action"]),
        resources: texts(&statement["Resource"]),
        conditions,
    })
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
