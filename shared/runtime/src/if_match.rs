//! Which version a request changes: `If-Match`
//! ([RFC 9110, section 13.1.1](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1)).

use crate::{Problem, ProblemKind};

/// The versions that a request may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfMatch {
    /// Whichever there is: `*`.
    Any,
    /// One of these, as strong entity tags without their quotes. Weak ones match nothing.
    OneOf(Vec<String>),
}

impl IfMatch {
    /// The regular expression that the header matches.
    pub const PATTERN: &str = r#"^(\*|(W/)?"[!#-~]*"([\t ]*,[\t ]*(W/)?"[!#-~]*")*)$"#;

    /// Reads the value of the header; none if it is malformed.
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim() == "*" {
            return Some(Self::Any);
        }
        let (mut tags, mut rest) = (Vec::new(), text.trim());
        loop {
            let (is_weak, tag) = match rest.strip_prefix("W/") {
                Some(tag) => (true, tag),
                None => (false, rest),
            };
            let (tag, after) = tag.strip_prefix('"')?.split_once('"')?;
            if tag.contains(|character: char| !character.is_ascii_graphic()) {
                return None;
            }
            if !is_weak {
                tags.push(tag.to_owned());
            }
            match after.trim_start() {
                "" => return Some(Self::OneOf(tags)),
                after => rest = after.strip_prefix(',')?.trim_start(),
            }
        }
    }

    /// Passes if the version is one that the request may change.
    ///
    /// # Errors
    /// [`ProblemKind::StaleVersion`]
    pub fn check(&self, version: u64) -> Result<(), Problem> {
        let version = version.to_string();
        match self {
            Self::OneOf(tags) if !tags.contains(&version) => Err(Problem::new(ProblemKind::StaleVersion)),
            Self::OneOf(_) | Self::Any => Ok(()),
        }
    }
}

impl From<u64> for IfMatch {
    fn from(version: u64) -> Self {
        Self::OneOf(vec![version.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_matches_from_what_does_not_and_from_nonsense() {
        for (text, matches) in [
            ("*", Some(true)),
            (" * ", Some(true)),
            ("\"3\"", Some(true)),
            ("\"1\", \"3\"", Some(true)),
            ("\"1\" ,W/\"x,y\",\"3\"", Some(true)),
            ("\"4\"", Some(false)),
            ("\"03\"", Some(false)),
            ("\"\"", Some(false)),
            ("W/\"3\"", Some(false)),
            ("3", None),
            ("", None),
            ("\"3", None),
            ("\"3\" \"4\"", None),
            ("\"3\",", None),
            ("*, \"3\"", None),
            ("w/\"3\"", None),
            ("\"3 \"", None),
        ] {
            assert_eq!(IfMatch::parse(text).map(|matched| matched.check(3).is_ok()), matches, "{text}");
        }
    }
}
