//! Event patterns, as the rules of EventBridge and the filters of event source mappings write them.

use serde_json::{Map, Value};

use crate::policy;

/// Which events match: every field named must have a value that passes one of the field's tests.
#[derive(Clone, Debug)]
pub struct Pattern {
    fields: Vec<(String, Field)>,
    alternatives: Vec<Vec<Pattern>>,
}

#[derive(Clone, Debug)]
enum Field {
    Within(Pattern),
    AnyOf(Vec<Test>),
}

#[derive(Clone, Debug)]
enum Test {
    Is(Value),
    Exists(bool),
    Prefix { prefix: String, any_case: bool },
    Suffix { suffix: String, any_case: bool },
    IgnoringCase(String),
    Wildcard(String),
    Numeric(Vec<(Comparison, f64)>),
    AnythingBut(Vec<Test>),
}

#[derive(Clone, Copy, Debug)]
enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// The end of a sentence that says what is not understood.
    pub fn parse(pattern: &Value) -> Result<Self, String> {
        let object = pattern.as_object().ok_or("it is not an object")?;
        let mut parsed = Self { fields: Vec::new(), alternatives: Vec::new() };
        for (name, value) in object {
            match value {
                Value::Array(choices) if name == "$or" => {
                    parsed.alternatives.push(choices.iter().map(Self::parse).collect::<Result<_, _>>()?);
                }
                Value::Array(tests) => {
                    let tests = tests.iter().map(Test::parse).collect::<Result<_, _>>()?;
                    parsed.fields.push((name.clone(), Field::AnyOf(tests)));
                }
                Value::Object(_) => parsed.fields.push((name.clone(), Field::Within(Self::parse(value)?))),
                _ => return Err(format!("the value of `{name}` is neither a list nor an object")),
            }
        }
        Ok(parsed)
    }

    /// Whether an event matches.
    pub fn matches(&self, event: &Value) -> bool {
        match event {
            Value::Array(items) => items.iter().any(|item| self.matches(item)),
            _ => self.matches_within(event.as_object()),
        }
    }

    fn matches_within(&self, event: Option<&Map<String, Value>>) -> bool {
        self.fields.iter().all(|(name, field)| field.matches(event.and_then(|event| event.get(name))))
            && self.alternatives.iter().all(|choices| choices.iter().any(|choice| choice.matches_within(event)))
    }
}

impl Field {
    fn matches(&self, value: Option<&Value>) -> bool {
        match self {
            Self::Within(pattern) => pattern.matches(value.unwrap_or(&Value::Null)),
            Self::AnyOf(tests) => tests.iter().any(|test| test.passes(value)),
        }
    }
}

impl Test {
    fn parse(test: &Value) -> Result<Self, String> {
        let Some(object) = test.as_object() else { return Ok(Self::Is(test.clone())) };
        let mut entries = object.iter();
        let (Some((operator, argument)), None) = (entries.next(), entries.next()) else {
            return Err("a test has not exactly one operator".to_owned());
        };
        let misused = || format!("the operator `{operator}` does not take `{argument}`");
        Ok(match operator.as_str() {
            "exists" => Self::Exists(argument.as_bool().ok_or_else(misused)?),
            "prefix" => {
                let (prefix, any_case) = cased(argument).ok_or_else(misused)?;
                Self::Prefix { prefix, any_case }
            }
            "suffix" => {
                let (suffix, any_case) = cased(argument).ok_or_else(misused)?;
                Self::Suffix { suffix, any_case }
            }
            "equals-ignore-case" => Self::IgnoringCase(argument.as_str().ok_or_else(misused)?.to_lowercase()),
            "wildcard" => Self::Wildcard(argument.as_str().ok_or_else(misused)?.to_owned()),
            "numeric" => Self::Numeric(comparisons(argument).ok_or_else(misused)?),
            "anything-but" => Self::AnythingBut(excluded(argument)?),
            _ => return Err(format!("the operator `{operator}` is not known")),
        })
    }

    fn passes(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Exists(expected), value) => value.is_some_and(|value| !value.is_object()) == *expected,
            (_, None) => false,
            (_, Some(Value::Array(items))) => items.iter().any(|item| self.passes_one(item)),
            (_, Some(value)) => self.passes_one(value),
        }
    }

    fn passes_one(&self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::Is(expected) => same(expected, value),
            Self::Exists(expected) => *expected,
            Self::Prefix { prefix, any_case } => {
                text.is_some_and(|text| in_case(text, *any_case).starts_with(prefix.as_str()))
            }
            Self::Suffix { suffix, any_case } => {
                text.is_some_and(|text| in_case(text, *any_case).ends_with(suffix.as_str()))
            }
            Self::IgnoringCase(expected) => text.is_some_and(|text| text.to_lowercase() == *expected),
            Self::Wildcard(pattern) => text.is_some_and(|text| policy::matches(&pattern.replace('?', "\u{0}"), text)),
            Self::Numeric(comparisons) => value
                .as_f64()
                .is_some_and(|number| comparisons.iter().all(|(comparison, limit)| comparison.holds(number, *limit))),
            Self::AnythingBut(tests) => !value.is_object() && !tests.iter().any(|test| test.passes_one(value)),
        }
    }
}

impl Comparison {
    fn holds(self, number: f64, limit: f64) -> bool {
        match self {
            Self::Equal => number == limit,
            Self::Less => number < limit,
            Self::LessOrEqual => number <= limit,
            Self::Greater => number > limit,
            Self::GreaterOrEqual => number >= limit,
        }
    }
}

fn same(expected: &Value, value: &Value) -> bool {
    match (expected.as_f64(), value.as_f64()) {
        (Some(expected), Some(value)) => expected == value,
        _ => expected == value,
    }
}

fn cased(argument: &Value) -> Option<(String, bool)> {
    match argument.get("equals-ignore-case") {
        Some(text) => Some((text.as_str()?.to_lowercase(), true)),
        None => Some((argument.as_str()?.to_owned(), false)),
    }
}

fn in_case(text: &str, any_case: bool) -> String {
    if any_case { text.to_lowercase() } else { text.to_owned() }
}

fn comparisons(argument: &Value) -> Option<Vec<(Comparison, f64)>> {
    let parts = argument.as_array().filter(|parts| !parts.is_empty() && parts.len() % 2 == 0)?;
    let comparison = |pair: &[Value]| {
        let comparison = match pair[0].as_str()? {
            "=" => Comparison::Equal,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            _ => return None,
        };
        Some((comparison, pair[1].as_f64()?))
    };
    parts.chunks(2).map(comparison).collect()
}

/// `anything-but` takes a value, a list of values, or an operator whose argument may be a list.
fn excluded(argument: &Value) -> Result<Vec<Test>, String> {
    match argument {
        Value::Array(values) => values.iter().map(Test::parse).collect(),
        Value::Object(object) => {
            let mut tests = Vec::new();
            for (operator, argument) in object {
                let arguments = argument.as_array().map_or(std::slice::from_ref(argument), Vec::as_slice);
                for argument in arguments {
                    tests.push(Test::parse(&Value::Object(Map::from_iter([(operator.clone(), argument.clone())])))?);
                }
            }
            Ok(tests)
        }
        value => Ok(vec![Test::parse(value)?]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn matches(pattern: Value, event: &Value) -> bool {
        Pattern::parse(&pattern).unwrap().matches(event)
    }

    fn event() -> Value {
        json!({
            "source": "clientele",
            "detail-type": "registration.confirmed",
            "detail": {"amount": 12.5, "tags": ["a", "b"], "state": "Active", "address": {"city": "Bern"}, "none": null},
        })
    }

    #[test]
    fn every_field_must_match_and_any_value_will_do() {
        assert!(matches(json!({"source": ["other", "clientele"], "detail": {"amount": [12.5]}}), &event()));
        assert!(!matches(json!({"source": ["clientele"], "detail": {"amount": [13]}}), &event()));
        assert!(!matches(json!({"missing": ["clientele"]}), &event()));
        assert!(matches(json!({"detail": {"none": [null]}}), &event()));
        assert!(matches(json!({}), &event()));
    }

    #[test]
    fn lists_in_events_match_by_any_of_their_items() {
        assert!(matches(json!({"detail": {"tags": ["b"]}}), &event()));
        assert!(!matches(json!({"detail": {"tags": ["c"]}}), &event()));
        let nested = json!({"items": [{"kind": "x"}, {"kind": "y"}]});
        assert!(matches(json!({"items": {"kind": ["y"]}}), &nested));
    }

    #[test]
    fn texts_are_matched_by_their_ends_their_case_and_wildcards() {
        assert!(matches(json!({"detail-type": [{"prefix": "registration."}]}), &event()));
        assert!(matches(json!({"detail-type": [{"suffix": ".confirmed"}]}), &event()));
        assert!(matches(json!({"detail-type": [{"prefix": {"equals-ignore-case": "REGISTRATION"}}]}), &event()));
        assert!(matches(json!({"detail": {"state": [{"equals-ignore-case": "active"}]}}), &event()));
        assert!(matches(json!({"detail-type": [{"wildcard": "*.conf*"}]}), &event()));
        assert!(!matches(json!({"detail-type": [{"prefix": "account."}]}), &event()));
    }

    #[test]
    fn exists_looks_at_values_and_not_at_objects() {
        assert!(matches(json!({"detail": {"amount": [{"exists": true}]}}), &event()));
        assert!(matches(json!({"detail": {"other": [{"exists": false}]}}), &event()));
        assert!(!matches(json!({"detail": {"amount": [{"exists": false}]}}), &event()));
        assert!(matches(json!({"absent": {"other": [{"exists": false}]}}), &event()));
    }

    #[test]
    fn anything_but_needs_a_value() {
        assert!(matches(json!({"source": [{"anything-but": ["aws.ses"]}]}), &event()));
        assert!(!matches(json!({"source": [{"anything-but": "clientele"}]}), &event()));
        assert!(!matches(json!({"source": [{"anything-but": {"prefix": "client"}}]}), &event()));
        assert!(!matches(json!({"missing": [{"anything-but": "x"}]}), &event()));
    }

    #[test]
    fn numbers_are_compared_with_limits() {
        assert!(matches(json!({"detail": {"amount": [{"numeric": [">", 10, "<=", 12.5]}]}}), &event()));
        assert!(!matches(json!({"detail": {"amount": [{"numeric": ["<", 12.5]}]}}), &event()));
        assert!(!matches(json!({"source": [{"numeric": ["=", 1]}]}), &event()));
    }

    #[test]
    fn or_needs_one_of_its_patterns() {
        let pattern = json!({"detail": {"$or": [{"state": ["Closed"]}, {"amount": [{"numeric": [">", 1]}]}]}});
        assert!(matches(pattern, &event()));
        assert!(!matches(json!({"$or": [{"source": ["x"]}, {"source": ["y"]}]}), &event()));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert_eq!(
            Pattern::parse(&json!({"a": [{"cidr": "10.0.0.0/8"}]})).unwrap_err(),
            "the operator `cidr` is not known"
        );
        assert!(Pattern::parse(&json!({"a": "b"})).is_err());
        assert!(Pattern::parse(&json!({"a": [{"numeric": [">"]}]})).is_err());
    }
}
