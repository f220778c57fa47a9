//! What was done under a `ClientRequestToken` is not done again: the answer is given again, for ten minutes.
//!
//! The database can do so itself, but looks through all its tokens at each transaction.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

/// [How long DynamoDB knows a token](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
const KNOWN_FOR: Duration = Duration::from_secs(600);

/// The most tokens that are known.
const MOST: usize = 10_000;

/// The tokens of the transactions that were carried out.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<Known>);

#[derive(Default)]
struct Known {
    answers: HashMap<String, Done>,
    in_order: VecDeque<(Instant, String)>,
}

struct Done {
    asked: u64,
    answer: String,
}

/// What is known of a token.
#[derive(Debug, PartialEq)]
pub(super) enum Earlier {
    /// Nothing was done under it.
    Nothing,
    /// The same was done, and answered like this.
    Same(String),
    /// Something else was done.
    Other,
}

impl Tokens {
    /// What was done under a token.
    pub(super) fn earlier(&self, token: &str, asked: &Value) -> Earlier {
        match self.known().answers.get(token) {
            None => Earlier::Nothing,
            Some(done) if done.asked == fingerprint(asked) => Earlier::Same(done.answer.clone()),
            Some(_) => Earlier::Other,
        }
    }

    /// Notes what was done, and forgets what is too old.
    pub(super) fn note(&self, token: String, asked: &Value, answer: &str) {
        let now = Instant::now();
        let mut known = self.known();
        known.in_order.push_back((now, token.clone()));
        known.answers.insert(token, Done { asked: fingerprint(asked), answer: answer.to_owned() });
        while known.in_order.len() > MOST || known.in_order.front().is_some_and(|(at, _)| now - *at > KNOWN_FOR) {
            if let Some((_, token)) = known.in_order.pop_front() {
                known.answers.remove(&token);
            }
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fingerprint(asked: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    asked.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_stands_for_one_request_and_is_forgotten_when_there_are_too_many() {
        let tokens = Tokens::default();
        let (asked, other) = (json!([{"Put": {"a": 1}}]), json!([{"Put": {"a": 2}}]));
        assert_eq!(tokens.earlier("first", &asked), Earlier::Nothing);
        tokens.note("first".to_owned(), &asked, "{}");
        assert_eq!(tokens.earlier("first", &asked), Earlier::Same("{}".to_owned()));
        assert_eq!(tokens.earlier("first", &other), Earlier::Other);
        for number in 0..MOST {
            tokens.note(number.to_string(), &asked, "{}");
        }
        assert_eq!(tokens.earlier("first", &asked), Earlier::Nothing);
        assert_eq!(tokens.known().answers.len(), MOST);
    }
}
