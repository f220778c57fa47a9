//! Event patterns, as the rules of EventBridge and the filters of event source mappings write them: the
//! [documented grammar](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html), whole.
//!
//! A pattern that EventBridge would refuse is refused here, so that it shows before a deployment. A pattern is read into its
//! alternatives, one for each choice that `$or` leaves, and an event into its leaves; an alternative matches if each of its fields
//! finds a leaf that passes, all of them in the same elements of the event's lists.

#[cfg(test)]
mod documented;
mod leaves;
mod matcher;
mod wildcard;

use serde_json::{Map, Value};

use leaves::{Leaf, Leaves};
use matcher::Matcher;

/// The most characters of a pattern
/// ([quotas](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html)).
const LONGEST: usize = 2048;

/// The most alternatives that `$or` may leave.
const MOST_ALTERNATIVES: usize = 1000;

/// Names that no field inside `$or` may have.
const RESERVED: [&str; 14] = [
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
];

/// Which events match.
#[derive(Clone, Debug)]
pub struct Pattern(Vec<Alternative>);

/// Fields by their paths, `detail.state`, with the matchers one of which must pass.
type Alternative = Vec<(String, Vec<Matcher>)>;

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// The end of a sentence that says what EventBridge does not accept.
    pub fn parse(pattern: &Value) -> Result<Self, String> {
        let object = pattern.as_object().ok_or("it is not an object")?;
        if pattern.to_string().chars().count() > LONGEST {
            return Err(format!("it is longer than {LONGEST} characters"));
        }
        let mut alternatives = vec![Alternative::new()];
        read_object(object, "", false, &mut alternatives)?;
        Ok(Self(alternatives))
    }

    /// Whether an event matches.
    pub fn matches(&self, event: &Value) -> bool {
        let leaves = Leaves::of(event);
        self.0.iter().any(|fields| fulfilled(fields, &leaves, &mut Vec::new()))
    }
}

fn read_object(
    object: &Map<String, Value>,
    path: &str,
    within_or: bool,
    alternatives: &mut Vec<Alternative>,
) -> Result<(), String> {
    if object.is_empty() {
        return Err(format!("{} is an empty object", named(path)));
    }
    for (name, value) in object {
        if name == "$or" {
            *alternatives = read_or(value, path, alternatives)?;
            continue;
        }
        if within_or && RESERVED.contains(&name.as_str()) {
            return Err(format!("a field inside `$or` cannot be called `{name}`"));
        }
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match value {
            Value::Object(object) => read_object(object, &path, within_or, alternatives)?,
            Value::Array(tests) => add_field(&path, tests, alternatives)?,
            _ => return Err(format!("`{path}` is neither a list nor an object")),
        }
    }
    Ok(())
}

fn read_or(choices: &Value, path: &str, before: &[Alternative]) -> Result<Vec<Alternative>, String> {
    let choices = choices.as_array().ok_or("`$or` is not a list")?;
    if choices.len() < 2 {
        return Err("`$or` has fewer than two objects".to_owned());
    }
    let mut alternatives = Vec::new();
    for choice in choices {
        let object = choice.as_object().ok_or("`$or` holds something that is not an object")?;
        let mut chosen = before.to_vec();
        read_object(object, path, true, &mut chosen)?;
        alternatives.append(&mut chosen);
        if alternatives.len() > MOST_ALTERNATIVES {
            return Err(format!("`$or` makes more than {MOST_ALTERNATIVES} combinations"));
        }
    }
    Ok(alternatives)
}

fn add_field(path: &str, tests: &[Value], alternatives: &mut [Alternative]) -> Result<(), String> {
    if tests.is_empty() {
        return Err(format!("`{path}` is an empty list"));
    }
    let tests: Vec<Matcher> =
        tests.iter().map(Matcher::parse).collect::<Result<_, _>>().map_err(|error| format!("`{path}`: {error}"))?;
    for alternative in alternatives {
        if alternative.iter().any(|(taken, _)| taken == path) {
            return Err(format!("`{path}` is there twice"));
        }
        alternative.push((path.to_owned(), tests.clone()));
    }
    Ok(())
}

fn named(path: &str) -> String {
    if path.is_empty() { "it".to_owned() } else { format!("`{path}`") }
}

/// Whether each field finds a leaf that passes, where all leaves can be chosen together. `chosen` are those of earlier fields.
fn fulfilled<'event>(
    fields: &[(String, Vec<Matcher>)],
    leaves: &'event Leaves<'_>,
    chosen: &mut Vec<&'event Leaf<'event>>,
) -> bool {
    let Some(((path, tests), rest)) = fields.split_first() else { return true };
    let mut present = false;
    for leaf in leaves.at(path) {
        present = true;
        if tests.iter().any(|test| test.passes(leaf.value)) && chosen.iter().all(|other| other.is_beside(leaf)) {
            chosen.push(leaf);
            if fulfilled(rest, leaves, chosen) {
                return true;
            }
            chosen.pop();
        }
    }
    !present && tests.iter().any(Matcher::is_absence) && fulfilled(rest, leaves, chosen)
}
