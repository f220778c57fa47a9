//! The keys that sign access tokens and derive all other tokens, and when they are replaced.
//!
//! A key is published before it signs, so that nobody meets a token whose key they cannot know yet, and stays known after it
//! was replaced for as long as something made with it can be alive. The first keys are used at once: nobody waits for them.

use std::fmt;

use aws_lc_rs::rand;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

const SIGNING_KEY_REPLACED_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);
const TOKEN_KEY_REPLACED_AFTER: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Between publishing a key and using it. Functions read the keys again after a tenth of that.
const ANNOUNCED_FOR: SignedDuration = SignedDuration::from_hours(1);

/// Access tokens live for minutes.
const SIGNING_KEY_KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Device tokens are the longest-lived, and are renewed whenever they are used to log in.
const TOKEN_KEY_KEPT_FOR: SignedDuration = SignedDuration::from_hours(400 * 24);

/// The private half of a key that signs access tokens.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SigningKey {
    /// The name by which tokens refer to it (`kid`).
    pub id: String,
    /// Ed25519, PKCS#8, base64url.
    pub private_key: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it begins to sign.
    pub signs_from: Timestamp,
}

/// The public half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicKey {
    /// The name by which tokens refer to it (`kid`).
    pub id: String,
    /// The public key, base64url: `x` in a JWK ([RFC 8037](https://www.rfc-editor.org/rfc/rfc8037#section-2)).
    pub x: String,
}

/// A secret from which tokens are derived.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenKey {
    /// The number by which tokens refer to it.
    pub number: u16,
    /// 32 random bytes, base64url.
    pub secret: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When new tokens begin to be derived from it.
    pub derives_from: Timestamp,
}

/// All keys there are.
#[derive(Clone, Default)]
pub struct KeyRing {
    /// Keys that sign.
    pub signing: Vec<SigningKey>,
    /// Keys that derive.
    pub token: Vec<TokenKey>,
    /// How often the keys were changed.
    pub revision: u64,
}

/// What is to be done about the keys.
#[derive(Debug, Default)]
pub struct Rotation {
    /// A new signing key.
    pub new_signing_key: Option<SigningKey>,
    /// A new token key.
    pub new_token_key: Option<TokenKey>,
    /// Signing keys to forget.
    pub old_signing_keys: Vec<SigningKey>,
    /// Token keys to forget.
    pub old_token_keys: Vec<TokenKey>,
    /// The public keys from now on.
    pub public_keys: Vec<PublicKey>,
    /// The revision of the key ring that this was decided on.
    pub revision: u64,
}

macro_rules! never_printed {
    ($($name:ident . $label:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, concat!(stringify!($name), "({}, …)"), self.$label)
            }
        }
    )*};
}
never_printed!(SigningKey.id, TokenKey.number);

impl SigningKey {
    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        let pair = BASE64_URL_SAFE_NO_PAD
            .decode(&self.private_key)
            .ok()
            .and_then(|key| Ed25519KeyPair::from_pkcs8(&key).ok())
            .expect("private keys are stored as they were generated");
        PublicKey { id: self.id.clone(), x: BASE64_URL_SAFE_NO_PAD.encode(pair.public_key()) }
    }

    fn generate(now: Timestamp, signs_from: Timestamp) -> Self {
        let mut name = [0; 9];
        rand::fill(&mut name).expect("the system has randomness");
        let document = Ed25519KeyPair::generate_pkcs8(&rand::SystemRandom::new()).expect("the system has randomness");
        Self {
            id: BASE64_URL_SAFE_NO_PAD.encode(name),
            private_key: BASE64_URL_SAFE_NO_PAD.encode(document.as_ref()),
            created_at: now,
            signs_from,
        }
    }
}

impl TokenKey {
    fn generate(number: u16, now: Timestamp, derives_from: Timestamp) -> Self {
        let mut secret = [0; 32];
        rand::fill(&mut secret).expect("the system has randomness");
        Self { number, secret: BASE64_URL_SAFE_NO_PAD.encode(secret), created_at: now, derives_from }
    }
}

impl Rotation {
    /// Whether anything is to be done.
    pub fn is_needed(&self) -> bool {
        self.new_signing_key.is_some()
            || self.new_token_key.is_some()
            || !self.old_signing_keys.is_empty()
            || !self.old_token_keys.is_empty()
    }
}

/// Decides which keys to make and which to forget. The randomness of new keys apart, it depends on its arguments only.
pub fn rotate(keys: &KeyRing, now: Timestamp) -> Rotation {
    let newest = keys.signing.iter().max_by_key(|key| key.created_at);
    let new_signing_key = match newest {
        None => Some(SigningKey::generate(now, now)),
        Some(key) if key.created_at + SIGNING_KEY_REPLACED_AFTER <= now => {
            Some(SigningKey::generate(now, now + ANNOUNCED_FOR))
        }
        Some(_) => None,
    };
    let newest = keys.token.iter().max_by_key(|key| key.number);
    let new_token_key = match newest {
        None => Some(TokenKey::generate(1, now, now)),
        Some(key) if key.created_at + TOKEN_KEY_REPLACED_AFTER <= now => {
            Some(TokenKey::generate(key.number.wrapping_add(1), now, now + ANNOUNCED_FOR))
        }
        Some(_) => None,
    };
    let is_old = |began: Vec<Timestamp>, own: Timestamp, kept_for: SignedDuration| {
        let replaced_at = began.into_iter().filter(|began| *began > own).min();
        replaced_at.is_some_and(|replaced_at| replaced_at + kept_for <= now)
    };
    let (old_signing_keys, kept_signing_keys): (Vec<_>, Vec<_>) = keys.signing.iter().cloned().partition(|key| {
        is_old(keys.signing.iter().map(|key| key.signs_from).collect(), key.signs_from, SIGNING_KEY_KEPT_FOR)
    });
    let old_token_keys = keys.token.iter().filter(|key| {
        is_old(keys.token.iter().map(|key| key.derives_from).collect(), key.derives_from, TOKEN_KEY_KEPT_FOR)
    });
    Rotation {
        public_keys: kept_signing_keys.iter().chain(&new_signing_key).map(SigningKey::public_key).collect(),
        old_token_keys: old_token_keys.cloned().collect(),
        revision: keys.revision,
        new_signing_key,
        new_token_key,
        old_signing_keys,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(keys: &mut KeyRing, rotation: Rotation) -> Vec<PublicKey> {
        let forgotten: Vec<_> = rotation.old_signing_keys.iter().map(|key| key.id.clone()).collect();
        keys.signing.retain(|key| !forgotten.contains(&key.id));
        keys.signing.extend(rotation.new_signing_key);
        let forgotten: Vec<_> = rotation.old_token_keys.iter().map(|key| key.number).collect();
        keys.token.retain(|key| !forgotten.contains(&key.number));
        keys.token.extend(rotation.new_token_key);
        rotation.public_keys
    }

    #[test]
    fn first_keys_are_used_at_once() {
        let rotation = rotate(&KeyRing::default(), Timestamp::UNIX_EPOCH);
        assert_eq!(rotation.new_signing_key.unwrap().signs_from, Timestamp::UNIX_EPOCH);
        assert_eq!(rotation.new_token_key.unwrap().derives_from, Timestamp::UNIX_EPOCH);
        assert_eq!(rotation.public_keys.len(), 1);
    }

    #[test]
    fn over_three_years_there_is_always_a_key_in_use_and_none_is_used_unannounced_or_forgotten_too_early() {
        let mut keys = KeyRing::default();
        let mut published: Vec<PublicKey> = Vec::new();
        for hour in 0..(3 * 365 * 24) {
            let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour);
            let known_before = published.clone();
            let rotation = rotate(&keys, now);
            if rotation.is_needed() {
                published = apply(&mut keys, rotation);
            }
            let signing =
                keys.signing.iter().filter(|key| key.signs_from <= now).max_by_key(|key| key.signs_from).unwrap();
            assert!(hour == 0 || known_before.iter().any(|key| key.id == signing.id), "used before it was published");
            let deriving =
                keys.token.iter().filter(|key| key.derives_from <= now).max_by_key(|key| key.number).unwrap();
            assert!(now.duration_since(deriving.derives_from) <= TOKEN_KEY_REPLACED_AFTER);
            assert!(published.len() <= 3 && keys.token.len() <= 7, "keys pile up");
        }
    }
}
