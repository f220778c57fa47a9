//! Access tokens: JWTs signed with Ed25519 ([RFC 8037](https://www.rfc-editor.org/rfc/rfc8037#section-3.1)), alive for minutes.
//!
//! A token says whose session it belongs to and nothing about what they may do: that is read from the account with each
//! request, so a change of rights or the end of a session is in force at once.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use values::{AccountId, SessionId};

use crate::{PublicKey, SigningKey};

/// What kind of token it is ([RFC 9068](https://www.rfc-editor.org/rfc/rfc9068#section-2.1)).
const TYPE: &str = "at+jwt";

/// How long an access token works.
pub const ACCESS_TOKEN_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Who made it: this installation.
    pub iss: String,
    /// Whom it is for: the same.
    pub aud: String,
    /// Whose it is.
    pub sub: AccountId,
    /// The session it belongs to.
    pub sid: SessionId,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// When it stops working, in seconds since 1970.
    pub exp: i64,
}

/// The token was not made here, for another installation, or too long ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAccessToken {
    /// Signed with a key that is not known (any more, or yet).
    #[error("the access token is signed with an unknown key")]
    UnknownKey,
    /// Not an access token of this installation.
    #[error("the access token is not valid")]
    Invalid,
    /// It was valid once.
    #[error("the access token expired")]
    Expired,
}

/// Makes and reads the access tokens of one installation.
#[derive(Debug, Clone)]
pub struct AccessTokens {
    issuer: String,
}

impl AccessTokens {
    /// `issuer` names the installation.
    pub fn new(issuer: impl Into<String>) -> Self {
        Self { issuer: issuer.into() }
    }

    /// A new token, signed with the latest key that may sign; none when there is no such key.
    pub fn issue(&self, account: AccountId, session: SessionId, keys: &[SigningKey], now: Timestamp) -> Option<String> {
        let key = keys.iter().filter(|key| key.signs_from <= now).max_by_key(|key| key.signs_from)?;
        let private_key = BASE64_URL_SAFE_NO_PAD.decode(&key.private_key).ok()?;
        let header = Header { kid: Some(key.id.clone()), typ: Some(TYPE.into()), ..Header::new(Algorithm::EdDSA) };
        let claims = AccessClaims {
            iss: self.issuer.clone(),
            aud: self.issuer.clone(),
            sub: account,
            sid: session,
            iat: now.as_second(),
            exp: (now + ACCESS_TOKEN_LIFETIME).as_second(),
        };
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(&private_key)).ok()
    }

    /// What a token says, if it can be believed.
    ///
    /// # Errors
    /// [`InvalidAccessToken`]
    pub fn read(&self, token: &str, keys: &[PublicKey], now: Timestamp) -> Result<AccessClaims, InvalidAccessToken> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| InvalidAccessToken::Invalid)?;
        // Nothing that a header could call critical is understood (RFC 7515, section 4.1.11).
        if header.typ.as_deref() != Some(TYPE) || header.crit.is_some() {
            return Err(InvalidAccessToken::Invalid);
        }
        let key_id = header.kid.ok_or(InvalidAccessToken::Invalid)?;
        let key = keys.iter().find(|key| key.id == key_id).ok_or(InvalidAccessToken::UnknownKey)?;
        let key = DecodingKey::from_ed_components(&key.x).map_err(|_| InvalidAccessToken::Invalid)?;
        let claims = jsonwebtoken::decode::<AccessClaims>(token, &key, &self.validation())
            .map_err(|_| InvalidAccessToken::Invalid)?
            .claims;
        if now.as_second() >= claims.exp { Err(InvalidAccessToken::Expired) } else { Ok(claims) }
    }

    /// The age is checked by [`Self::read`], against the clock that it is given.
    fn validation(&self) -> Validation {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.issuer]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        validation.validate_exp = false;
        validation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyRing, rotate};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn key() -> SigningKey {
        rotate(&KeyRing::default(), NOW).new_signing_key.unwrap()
    }

    fn token(tokens: &AccessTokens, key: &SigningKey) -> String {
        let account = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071".parse().unwrap();
        let session = "ses_0193a0b0c0d07e2f8a1b2c3d4e5f6072".parse().unwrap();
        tokens.issue(account, session, std::slice::from_ref(key), NOW).unwrap()
    }

    #[test]
    fn believes_its_own_tokens_until_they_expire() {
        let (tokens, key) = (AccessTokens::new("here"), key());
        let token = token(&tokens, &key);
        let claims = tokens.read(&token, &[key.public_key()], NOW).unwrap();
        assert_eq!(claims.sid.to_string(), "ses_0193a0b0c0d07e2f8a1b2c3d4e5f6072");
        let late = NOW + ACCESS_TOKEN_LIFETIME;
        assert_eq!(tokens.read(&token, &[key.public_key()], late), Err(InvalidAccessToken::Expired));
    }

    #[test]
    fn believes_no_others() {
        let (tokens, key, other_key) = (AccessTokens::new("here"), key(), self::key());
        let own = token(&tokens, &key);
        assert_eq!(tokens.read(&own, &[other_key.public_key()], NOW), Err(InvalidAccessToken::UnknownKey));
        let disguised = PublicKey { id: key.id.clone(), ..other_key.public_key() };
        assert_eq!(tokens.read(&own, &[disguised], NOW), Err(InvalidAccessToken::Invalid));
        let elsewhere = token(&AccessTokens::new("elsewhere"), &key);
        assert_eq!(tokens.read(&elsewhere, &[key.public_key()], NOW), Err(InvalidAccessToken::Invalid));
        for (kind, audience) in [("JWT", "here"), (TYPE, "elsewhere")] {
            let header = Header { kid: Some(key.id.clone()), typ: Some(kind.into()), ..Header::new(Algorithm::EdDSA) };
            let claims = tokens.read(&own, &[key.public_key()], NOW).unwrap();
            let claims = AccessClaims { aud: audience.to_owned(), ..claims };
            let private_key = BASE64_URL_SAFE_NO_PAD.decode(&key.private_key).unwrap();
            let other = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(&private_key)).unwrap();
            assert_eq!(tokens.read(&other, &[key.public_key()], NOW), Err(InvalidAccessToken::Invalid), "{kind}");
        }
        let header = Header { kid: Some(key.id.clone()), typ: Some(TYPE.into()), ..Header::new(Algorithm::EdDSA) };
        let critical = Header { crit: Some(vec!["b64".into()]), ..header };
        let claims = tokens.read(&own, &[key.public_key()], NOW).unwrap();
        let private_key = BASE64_URL_SAFE_NO_PAD.decode(&key.private_key).unwrap();
        let critical = jsonwebtoken::encode(&critical, &claims, &EncodingKey::from_ed_der(&private_key)).unwrap();
        assert_eq!(tokens.read(&critical, &[key.public_key()], NOW), Err(InvalidAccessToken::Invalid));
        let unsigned =
            format!("{}.{}.", BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), own.split('.').nth(1).unwrap());
        assert_eq!(tokens.read(&unsigned, &[key.public_key()], NOW), Err(InvalidAccessToken::Invalid));
    }
}
