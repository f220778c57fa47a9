//! Passwords, hashed with Argon2id in OWASP's parameters: 19 MiB, two passes, one lane
//! ([Password Storage Cheat Sheet](https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id)).

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain_accounts::PasswordHash;
use values::Invalid;

const SHORTEST: usize = 8;
const LONGEST: usize = 128;

/// The 8,359 most common passwords of at least eight characters, in lower case:
/// [those among the 20,000 that Royce Williams counted](https://gist.github.com/roycewilliams/226886fd01572964e1431ac8afc999ce), as Django
/// ships them.
const COMMON: &str = include_str!("../data/common-passwords.txt");

/// Shorter words of names and addresses are in many passwords by chance.
const SHORTEST_WORD: usize = 3;

/// What someone who knows the words would soon have tried.
const FEW: usize = 4;

/// What an unknown address is verified against, so that it takes as long as a known one. The password is not known to anyone.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vLXNhbHQ$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// A password that someone chose: 8 to 128 characters of any kind, without rules of composition, and none that is tried first
/// ([ASVS 5.0, 6.2.1, 6.2.4, 6.2.5, 6.2.9 and 6.2.11](https://github.com/OWASP/ASVS/blob/master/5.0/en/0x15-V6-Authentication.md)). Never printed.
pub struct Password(String);

impl Password {
    /// Checks a password that someone chooses. Nothing is trimmed or changed. `personal` are name and address.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooShort`], [`Invalid::TooLong`], [`Invalid::CommonPassword`] or
    /// [`Invalid::PersonalPassword`].
    pub fn choose(text: String, personal: &[&str]) -> Result<Self, Invalid> {
        match text.chars().count() {
            0 => return Err(Invalid::Required),
            count if count < SHORTEST => return Err(Invalid::TooShort(SHORTEST)),
            count if count > LONGEST => return Err(Invalid::TooLong(LONGEST)),
            _ => {}
        }
        let folded = text.to_lowercase();
        if COMMON.lines().any(|common| common == folded) {
            return Err(Invalid::CommonPassword);
        }
        if is_personal(&folded, personal) {
            return Err(Invalid::PersonalPassword);
        }
        Ok(Self(text))
    }
}

/// Whether little is left of a password without the words that belong to its owner.
fn is_personal(password: &str, personal: &[&str]) -> bool {
    let personal = personal.join(" ").to_lowercase();
    let words = personal.split(|character: char| !character.is_alphanumeric());
    let mut words: Vec<&str> = words.filter(|word| word.chars().count() >= SHORTEST_WORD).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words.iter().fold(password.to_owned(), |rest, word| rest.replace(word, ""));
    rest.len() < password.len() && rest.chars().filter(|character| character.is_alphanumeric()).count() < FEW
}

/// Hashes a new password with a random salt, on a thread of its own: it takes tens of milliseconds of computing.
pub async fn hash_password(password: &Password) -> PasswordHash {
    let password = password.0.clone();
    compute(move || {
        let hash = argon2().hash_password(password.as_bytes());
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
    tracing::debug!("Argon2 runs");
    let parameters = Params::new(19 * 1024, 2, 1, None).expect("the parameters are within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
}

async fn compute<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(work)).await.expect("hashing does not panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn verifies_what_was_hashed_and_nothing_else() {
        let hash = hash_password(&Password::choose("correct horse".into(), &[]).unwrap()).await;
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
    fn refuses_what_is_tried_first() {
        let refused = |text: &str| Password::choose(text.into(), &["Ada Lovelace", "ada@analytical.example"]).err();
        assert_eq!(refused("1234567"), Some(Invalid::TooShort(8)));
        assert_eq!(refused(&"x".repeat(129)), Some(Invalid::TooLong(128)));
        assert_eq!(refused("Password1"), Some(Invalid::CommonPassword));
        for personal in ["adalovelace", "Lovelace-123", "analytical1", "lovelaceada!"] {
            assert_eq!(refused(personal), Some(Invalid::PersonalPassword), "{personal}");
        }
        for good in ["ÄÖÜäöüßé", "correct horse battery", "lovelace wrote notes", "        ⌘"] {
            assert_eq!(refused(good), None, "{good}");
        }
    }
}
