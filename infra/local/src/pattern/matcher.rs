//! What one value of an event is held against.

use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::Value;

use super::wildcard::Wildcard;

/// The largest number that is compared, in both directions.
const LARGEST: f64 = 5.0e9;

/// A test of a value.
#[derive(Clone, Debug)]
pub(super) enum Matcher {
    Equals(Value),
    Exists(bool),
    Text(TextMatcher),
    Numeric(Vec<(Comparison, f64)>),
    Cidr(IpNet),
    AnythingBut(Vec<Matcher>),
}

/// A test that only texts can pass.
#[derive(Clone, Debug)]
pub(super) enum TextMatcher {
    Prefix(String),
    PrefixIgnoringCase(String),
    Suffix(String),
    SuffixIgnoringCase(String),
    IgnoringCase(String),
    Wildcard(Wildcard),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Matcher {
    /// Reads a value, or an object with one operator.
    pub(super) fn parse(test: &Value) -> Result<Self, String> {
        let object = match test {
            Value::Object(object) => object,
            Value::Array(_) => return Err("a list cannot hold a list".to_owned()),
            value => return Ok(Self::Equals(value.clone())),
        };
        let mut entries = object.iter();
        let (Some((operator, argument)), None) = (entries.next(), entries.next()) else {
            return Err("an object in a list must have exactly one operator".to_owned());
        };
        match operator.as_str() {
            "exists" => argument.as_bool().map(Self::Exists).ok_or("`exists` takes true or false".to_owned()),
            "numeric" => comparisons(argument).map(Self::Numeric),
            "cidr" => network(argument).map(Self::Cidr),
            "anything-but" => excluded(argument).map(Self::AnythingBut),
            _ => TextMatcher::parse(operator, argument).map(Self::Text),
        }
    }

    /// Whether it asks for a field that is not there.
    pub(super) fn is_absence(&self) -> bool {
        matches!(self, Self::Exists(false))
    }

    /// Whether a value that is there passes.
    pub(super) fn passes(&self, value: &Value) -> bool {
        match self {
            Self::Equals(expected) => expected == value,
            Self::Exists(expected) => *expected,
            Self::Text(matcher) => value.as_str().is_some_and(|text| matcher.passes(text)),
            Self::Numeric(comparisons) => value.as_f64().is_some_and(|number| within(comparisons, number)),
            Self::Cidr(network) => {
                let address = value.as_str().and_then(|text| text.parse::<IpAddr>().ok());
                address.is_some_and(|address| network.contains(&address))
            }
            Self::AnythingBut(excluded) => !excluded.iter().any(|matcher| matcher.passes(value)),
        }
    }
}

impl TextMatcher {
    fn parse(operator: &str, argument: &Value) -> Result<Self, String> {
        let takes_text = || format!("`{operator}` takes a text, not `{argument}`");
        match operator {
            "prefix" => match ignoring_case(operator, argument)? {
                Some(text) => Ok(Self::PrefixIgnoringCase(text)),
                None => argument.as_str().map(|text| Self::Prefix(text.to_owned())).ok_or_else(takes_text),
            },
            "suffix" => match ignoring_case(operator, argument)? {
                Some(text) => Ok(Self::SuffixIgnoringCase(text)),
                None => argument.as_str().map(|text| Self::Suffix(text.to_owned())).ok_or_else(takes_text),
            },
            "equals-ignore-case" => {
                argument.as_str().map(|text| Self::IgnoringCase(text.to_lowercase())).ok_or_else(takes_text)
            }
            "wildcard" => Wildcard::parse(argument.as_str().ok_or_else(takes_text)?).map(Self::Wildcard),
            _ => Err(format!("there is no operator `{operator}`")),
        }
    }

    fn passes(&self, text: &str) -> bool {
        match self {
            Self::Prefix(prefix) => text.starts_with(prefix),
            Self::PrefixIgnoringCase(prefix) => text.to_lowercase().starts_with(prefix),
            Self::Suffix(suffix) => text.ends_with(suffix),
            Self::SuffixIgnoringCase(suffix) => text.to_lowercase().ends_with(suffix),
            Self::IgnoringCase(expected) => text.to_lowercase() == *expected,
            Self::Wildcard(wildcard) => wildcard.matches(text),
        }
    }
}

/// The text in `{"equals-ignore-case": text}`, in lower case, if the argument is an object.
fn ignoring_case(operator: &str, argument: &Value) -> Result<Option<String>, String> {
    let Some(object) = argument.as_object() else { return Ok(None) };
    let text = object.get("equals-ignore-case").filter(|_| object.len() == 1).and_then(Value::as_str);
    let text = text.ok_or_else(|| format!("`{operator}` takes a text, or one under `equals-ignore-case`"))?;
    Ok(Some(text.to_lowercase()))
}

fn within(comparisons: &[(Comparison, f64)], number: f64) -> bool {
    comparisons.iter().all(|(comparison, limit)| match comparison {
        Comparison::Equal => number == *limit,
        Comparison::Less => number < *limit,
        Comparison::LessOrEqual => number <= *limit,
        Comparison::Greater => number > *limit,
        Comparison::GreaterOrEqual => number >= *limit,
    })
}

/// `[operator, number]`, or a range, `[">" or ">=", number, "<" or "<=", number]`.
fn comparisons(argument: &Value) -> Result<Vec<(Comparison, f64)>, String> {
    let parts = argument.as_array().map(Vec::as_slice).unwrap_or_default();
    let comparisons: Vec<(Comparison, f64)> = parts.chunks(2).map(comparison).collect::<Result<_, _>>()?;
    match comparisons.as_slice() {
        [_] => Ok(comparisons),
        [
            (Comparison::Greater | Comparison::GreaterOrEqual, low),
            (Comparison::Less | Comparison::LessOrEqual, high),
        ] if low < high => Ok(comparisons),
        _ => {
            Err(format!("`numeric` takes an operator and a number, or a range from lower to higher, not `{argument}`"))
        }
    }
}

fn comparison(pair: &[Value]) -> Result<(Comparison, f64), String> {
    let comparison = match pair[0].as_str() {
        Some("=") => Comparison::Equal,
        Some("<") => Comparison::Less,
        Some("<=") => Comparison::LessOrEqual,
        Some(">") => Comparison::Greater,
        Some(">=") => Comparison::GreaterOrEqual,
        _ => return Err(format!("`{}` is not one of =, <, <=, > and >=", pair[0])),
    };
    let limit = pair.get(1).and_then(Value::as_f64).filter(|limit| limit.abs() <= LARGEST);
    let limit = limit.ok_or_else(|| format!("`{}` is not followed by a number from -5.0e9 to 5.0e9", pair[0]))?;
    Ok((comparison, limit))
}

fn network(argument: &Value) -> Result<IpNet, String> {
    let network = argument.as_str().and_then(|text| text.parse::<IpNet>().ok());
    network
        .filter(|network| network.prefix_len() < network.max_prefix_len())
        .ok_or_else(|| format!("`cidr` takes an IPv4 range up to /31 or an IPv6 range up to /127, not `{argument}`"))
}

/// A text or a number, a list of texts or of numbers, or an operator for texts with one or several of them.
fn excluded(argument: &Value) -> Result<Vec<Matcher>, String> {
    let refused = || format!("`anything-but` takes texts or numbers, or an operator with texts, not `{argument}`");
    if let Some(object) = argument.as_object() {
        let mut entries = object.iter();
        let (Some((operator, texts)), None) = (entries.next(), entries.next()) else { return Err(refused()) };
        if !["prefix", "suffix", "equals-ignore-case", "wildcard"].contains(&operator.as_str()) {
            return Err(format!("`anything-but` cannot be combined with `{operator}`"));
        }
        let texts = one_or_several(texts);
        if texts.is_empty() || texts.iter().any(|text| text.as_str().is_none_or(str::is_empty)) {
            return Err(refused());
        }
        return texts.iter().map(|text| TextMatcher::parse(operator, text).map(Matcher::Text)).collect();
    }
    let values = one_or_several(argument);
    let of_one_kind = values.iter().all(Value::is_string) || values.iter().all(Value::is_number);
    if values.is_empty() || !of_one_kind {
        return Err(refused());
    }
    Ok(values.iter().map(exclusion).collect())
}

fn one_or_several(argument: &Value) -> &[Value] {
    argument.as_array().map_or(std::slice::from_ref(argument), Vec::as_slice)
}

/// Numbers are excluded by what they are worth and not by how they are written.
fn exclusion(value: &Value) -> Matcher {
    match value.as_f64() {
        Some(number) => Matcher::Numeric(vec![(Comparison::Equal, number)]),
        None => Matcher::Equals(value.clone()),
    }
}
