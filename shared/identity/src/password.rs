//! Passwords, hashed with Argon2id in OWASP's parameters: 19 MiB, two passes, one lane
//! ([Password Storage Cheat Sheet](https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id)).

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain::{Invalid, PasswordHash};

const SHORTEST: usize = 8;
const LONGEST: usize = 128;

/// What an unknown address is verified against, so that it takes as long as a known one. The password is not known to anyone.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vLXNhbHQ$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// A password as someone typed it: 8 to 128 characters of any kind, without rules of composition
/// ([ASVS 5.0, 6.2.1, 6.2.5 and 6.2.9](https://github.com/OWASP/ASVS/blob/master/5.0/en/0x15-V6-Authentication.md)). Never printed.
pub struct Password(String);

impl Password {
    /// Checks the length. Nothing is trimmed or changed.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooShort`] or [`Invalid::TooLong`].
    pub fn parse(text: String) -> Result<Self, Invalid> {
        match text.chars().count() {
            0 => Err(Invalid::Required),
            count if count < SHORTEST => Err(Invalid::TooShort(SHORTEST)),
            count if count > LONGEST => Err(Invalid::TooLong(LONGEST)),
            _ => Ok(Self(text)),
        }
    }
}

/// Hashes a new password with a random salt, on a thread of its own: it takes tens of milliseconds of computing.
pub async fn hash_password(password: Password) -> PasswordHash {
    compute(move || {
        let hash = argon2().hash_password(password.0.as_bytes());
        PasswordHash(hash.expect("the parameters are valid and the salt is random").to_string())
    })
    .await
}

/// Whether the password is the one that was hashed. Without a hash the answer is no, after the same work.
pub async fn verify_password(password: String, hash: Option<PasswordHash>) -> bool {
    compute(move || {
        let known = hash.as_ref().map_or(NOBODYS, |hash| hash.0.as_str());
        let matches = phc::PasswordHash::new(known)
            .is_ok_and(|known| argon2().verify_password(password.as_bytes(), &known).is_ok());
        matches && hash.is_some()
    })
    .await
}

fn argon2() -> Argon2<'static> {
    let parameters = Params::new(19 * 1024, 2, 1, None).expect("the parameters are within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
}

async fn compute<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn verifies_what_was_hashed_and_nothing_else() {
        let hash = hash_password(Password::parse("correct horse".into()).unwrap()).await;
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify_password("correct horse".into(), Some(hash.clone())).await);
        assert!(!verify_password("correct house".into(), Some(hash)).await);
        assert!(!verify_password("correct horse".into(), None).await);
    }

    #[test]
    fn the_hash_for_unknown_addresses_asks_for_the_same_work() {
        let nobodys = phc::PasswordHash::new(NOBODYS).unwrap();
        let own = argon2().hash_password(b"anything").unwrap();
        assert_eq!((nobodys.algorithm, nobodys.version, &nobodys.params), (own.algorithm, own.version, &own.params));
        assert_eq!(nobodys.hash.unwrap().len(), own.hash.unwrap().len());
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(Password::parse("ÄÖÜäöüßé".into()).is_ok());
        assert_eq!(Password::parse("1234567".into()).err(), Some(Invalid::TooShort(8)));
        assert_eq!(Password::parse("x".repeat(129)).err(), Some(Invalid::TooLong(128)));
    }
}
