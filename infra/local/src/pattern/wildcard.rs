//! Texts with wildcards: `*` stands for any characters, `\*` for a star and `\\` for a backslash.

/// A text with wildcards.
#[derive(Clone, Debug)]
pub(super) struct Wildcard {
    /// What stands between the wildcards.
    parts: Vec<String>,
}

impl Wildcard {
    /// Reads a text with wildcards.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = vec![String::new()];
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '*' if characters.peek() == Some(&'*') => {
                    return Err(format!("`wildcard` takes no two `*` in a row, as in `{text}`"));
                }
                '*' => parts.push(String::new()),
                '\\' => match characters.next() {
                    Some(escaped @ ('*' | '\\')) => add(&mut parts, escaped),
                    _ => return Err(format!("a backslash stands before `*` or `\\` alone, unlike in `{text}`")),
                },
                character => add(&mut parts, character),
            }
        }
        Ok(Self { parts })
    }

    /// Whether a text matches from end to end.
    pub(super) fn matches(&self, text: &str) -> bool {
        let Some((first, rest)) = self.parts.split_first() else { return text.is_empty() };
        let Some((last, between)) = rest.split_last() else { return text == first };
        let Some(mut remaining) = text.strip_prefix(first.as_str()) else { return false };
        for part in between {
            match remaining.split_once(part.as_str()) {
                Some((_, after)) => remaining = after,
                None => return false,
            }
        }
        remaining.ends_with(last.as_str())
    }
}

fn add(parts: &mut [String], character: char) {
    if let Some(part) = parts.last_mut() {
        part.push(character);
    }
}
