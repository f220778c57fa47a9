//! Answers kept for retried requests, sealed so that only the same request opens them.
//!
//! Answers to log in or register hold tokens, which must not lie in the table in a usable form. The sealing key is derived from
//! a token key and the whole request, so it takes both to open an answer. A request with the same `Idempotency-Key` and another
//! body does not open it, which is just how such a misuse is found out.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::digest;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::TokenKeys;

const PURPOSE: &str = "answer";

/// The answer belongs to another request, or to a key that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored answer belongs to another request")]
pub struct AnswerNotOpened;

/// A name made of several texts, under which an answer or a counter is kept: a hash, so that the texts cannot be read from it.
pub fn hashed_name(parts: &[&str]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(&part.len().to_be_bytes());
        context.update(part.as_bytes());
    }
    BASE64_URL_SAFE_NO_PAD.encode(context.finish())
}

/// Seals an answer for `request`: key number, nonce, ciphertext.
pub fn seal_answer(answer: &[u8], request: &[u8], keys: &TokenKeys, now: Timestamp) -> Vec<u8> {
    let (number, key) = keys.subkey(PURPOSE, request, now);
    let key = RandomizedNonceKey::new(&AES_256_GCM, &key).expect("the key has the length of an AES-256 key");
    let mut ciphertext = answer.to_vec();
    let nonce = key.seal_in_place_append_tag(Aad::empty(), &mut ciphertext).expect("an answer is short enough to seal");
    [&number.to_be_bytes()[..], nonce.as_ref(), &ciphertext].concat()
}

/// Opens an answer sealed for the same request.
///
/// # Errors
/// [`AnswerNotOpened`]
pub fn open_answer(sealed: &[u8], request: &[u8], keys: &TokenKeys) -> Result<Vec<u8>, AnswerNotOpened> {
    let (number, rest) = sealed.split_first_chunk().ok_or(AnswerNotOpened)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_LEN>().ok_or(AnswerNotOpened)?;
    let key = keys.subkey_by_number(u16::from_be_bytes(*number), PURPOSE, request).ok_or(AnswerNotOpened)?;
    let key = RandomizedNonceKey::new(&AES_256_GCM, &key).map_err(|_| AnswerNotOpened)?;
    let mut answer = ciphertext.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let length = key.open_in_place(nonce, Aad::empty(), &mut answer).map_err(|_| AnswerNotOpened)?.len();
    answer.truncate(length);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyRing, rotate};

    #[test]
    fn opens_for_the_same_request_only() {
        let now = Timestamp::UNIX_EPOCH;
        let keys = TokenKeys::new(vec![rotate(&KeyRing::default(), now).new_token_key.unwrap()], now).unwrap();
        let sealed = seal_answer(b"answer", b"request", &keys, now);
        assert!(!sealed.windows(6).any(|window| window == b"answer"));
        assert_eq!(open_answer(&sealed, b"request", &keys).unwrap(), b"answer");
        assert_eq!(open_answer(&sealed, b"another", &keys), Err(AnswerNotOpened));
        assert_eq!(open_answer(&[], b"request", &keys), Err(AnswerNotOpened));
    }
}
