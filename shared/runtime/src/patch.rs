//! Members of a JSON Merge Patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)).

use serde::{Deserialize, Deserializer};

/// A member of a patch that can be taken away: what is not named stays, and null removes. Mark it `#[serde(default)]`. A member that
/// can only be replaced is an [`Option`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is removed.
    Remove,
    /// It becomes this.
    Set(T),
}

impl<T> Patch<T> {
    /// What it becomes: nothing if it stays, `Some(None)` if it is removed.
    pub fn change(self) -> Option<Option<T>> {
        match self {
            Self::Keep => None,
            Self::Remove => Some(None),
            Self::Set(value) => Some(Some(value)),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Remove, Self::Set))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(default)]
        phone: Patch<String>,
    }

    #[test]
    fn tells_null_from_what_is_not_named() {
        for (body, expected) in
            [("{}", None), (r#"{"phone":null}"#, Some(None)), (r#"{"phone":"7"}"#, Some(Some("7".to_owned())))]
        {
            let form: Form = serde_json::from_str(body).unwrap();
            assert_eq!(form.phone.change(), expected, "{body}");
        }
    }
}
