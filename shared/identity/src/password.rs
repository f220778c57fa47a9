//! Passwords, hashed with Argon2id in OWASP's parameters: 19 MiB, two passes, one lane
//! ([Password Storage Cheat Sheet](https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id)).

use std::sync::{Mutex, PoisonError};

use argon2::password_hash::{Error, phc};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use domain_accounts::PasswordHash;
use values::{Invalid, is_visible};

use crate::strength::{self, Weakness};

const SHORTEST: usize = 8;
const LONGEST: usize = 128;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

const HASH_BYTES: usize = 32;

/// What an unknown address is verified against, so that it takes as long as a known one. The password is not known to anyone.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vLXNhbHQ$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// Working memory that no hash uses now: to be given 19 MiB anew costs as much time as half a hash. There is as much of it as hashes
/// ever ran beside each other, which on Lambda is one.
static IDLE_MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// A password that someone chose: 8 to 128 characters of any kind, without rules of composition, and none that is found early
/// ([ASVS 5.0, 6.2.1, 6.2.4, 6.2.5, 6.2.9 and 6.2.11](https://github.com/OWASP/ASVS/blob/master/5.0/en/0x15-V6-Authentication.md)). Never printed.
pub struct Password(String);

impl Password {
    /// Checks a password that someone chooses. Nothing is trimmed or changed. `personal` are their name and address and the name of
    /// the business.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooShort`], [`Invalid::TooLong`] or [`Invalid::Invisible`]; for one that would soon be
    /// guessed [`Invalid::CommonPassword`], [`Invalid::PersonalPassword`], [`Invalid::PredictablePassword`] or
    /// [`Invalid::SimplePassword`].
    pub fn choose(text: String, personal: &[&str]) -> Result<Self, Invalid> {
        match text.chars().count() {
            0 => return Err(Invalid::Required),
            count if count < SHORTEST => return Err(Invalid::TooShort(SHORTEST)),
            count if count > LONGEST => return Err(Invalid::TooLong(LONGEST)),
            _ => {}
        }
        if !is_visible(&text) {
            return Err(Invalid::Invisible);
        }
        match strength::weakness(&text, personal) {
            None => Ok(Self(text)),
            Some(Weakness::Common) => Err(Invalid::CommonPassword),
            Some(Weakness::Personal) => Err(Invalid::PersonalPassword),
            Some(Weakness::Pattern) => Err(Invalid::PredictablePassword),
            Some(Weakness::Short) => Err(Invalid::SimplePassword),
        }
    }
}

/// Hashes a new password with a random salt, on a thread of its own: it takes tens of milliseconds of computing.
pub async fn hash_password(password: &Password) -> PasswordHash {
    let password = password.0.clone();
    compute(move || PasswordHash(hash(password.as_bytes()).expect("parameters and salt are valid").to_string())).await
}

/// Whether the password is the one that was hashed. Without a hash the answer is no, after the same work.
pub async fn verify_password(password: String, hash: Option<PasswordHash>) -> bool {
    compute(move || {
        let known = hash.as_ref().map_or(NOBODYS, |hash| hash.0.as_str());
        verify(password.as_bytes(), known).unwrap_or(false) && hash.is_some()
    })
    .await
}

fn hash(password: &[u8]) -> Result<phc::PasswordHash, Error> {
    let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
    let argon2 = Argon2::new(algorithm, version, Params::new(MEMORY_KIB, PASSES, LANES, Some(HASH_BYTES))?);
    let salt = phc::Salt::generate();
    Ok(phc::PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: argon2.params().try_into()?,
        salt: Some(salt),
        hash: Some(derive(&argon2, password, &salt, HASH_BYTES)?),
    })
}

/// Whether the password has this hash, under the parameters with which it was made.
fn verify(password: &[u8], known: &str) -> Result<bool, Error> {
    let known = phc::PasswordHash::new(known)?;
    let (Some(salt), Some(hash)) = (known.salt, known.hash) else { return Ok(false) };
    let algorithm = Algorithm::try_from(known.algorithm.as_str())?;
    let version = known.version.map(Version::try_from).transpose()?.unwrap_or_default();
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&known)?);
    // `Output` compares in constant time.
    Ok(derive(&argon2, password, &salt, hash.len())? == hash)
}

/// Runs Argon2 in memory that is kept.
fn derive(argon2: &Argon2<'_>, password: &[u8], salt: &[u8], bytes: usize) -> Result<phc::Output, Error> {
    tracing::debug!("Argon2 runs");
    let idle = IDLE_MEMORY.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let mut memory = idle.unwrap_or_default();
    let blocks = argon2.params().block_count();
    if memory.len() < blocks {
        // Not copied over, as resizing would.
        memory = vec![Block::default(); blocks];
    }
    let mut hash = [0; phc::Output::MAX_LENGTH];
    let hash = hash.get_mut(..bytes).ok_or(Error::OutputSize)?;
    let computed = argon2.hash_password_into_with_memory(password, salt, hash, &mut memory);
    IDLE_MEMORY.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
    computed?;
    Ok(phc::Output::new(hash)?)
}

async fn compute<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(work)).await.expect("hashing does not panic")
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher, PasswordVerifier};

    use super::*;

    #[tokio::test]
    async fn verifies_what_was_hashed_and_nothing_else() {
        let hash = hash_password(&Password::choose("correct horse".into(), &[]).unwrap()).await;
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify_password("correct horse".into(), Some(hash.clone())).await);
        assert!(!verify_password("correct house".into(), Some(hash)).await);
        assert!(!verify_password("correct horse".into(), None).await);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn hashes_beside_one_another_do_not_meet() {
        let hashes = (0..8).map(|number| {
            tokio::spawn(async move {
                let password = format!("correct horse {number} battery");
                let hash = hash_password(&Password::choose(password.clone(), &[]).unwrap()).await;
                assert!(verify_password(password, Some(hash.clone())).await);
                assert!(!verify_password("another horse".into(), Some(hash)).await);
            })
        });
        for hash in hashes.collect::<Vec<_>>() {
            hash.await.unwrap();
        }
    }

    #[test]
    fn the_hash_for_unknown_addresses_asks_for_the_same_work() {
        let nobodys = phc::PasswordHash::new(NOBODYS).unwrap();
        let own = hash(b"anything").unwrap();
        assert_eq!((nobodys.algorithm, nobodys.version, &nobodys.params), (own.algorithm, own.version, &own.params));
        assert_eq!(nobodys.hash.unwrap().len(), own.hash.unwrap().len());
    }

    #[test]
    fn is_argon2_as_others_compute_it() {
        let ours = hash("Zoë’s password".as_bytes()).unwrap().to_string();
        let known = phc::PasswordHash::new(&ours).unwrap();
        assert!(Argon2::default().verify_password("Zoë’s password".as_bytes(), &known).is_ok());
    }

    #[test]
    fn hashes_of_other_parameters_are_verified_too() {
        for parameters in [Params::new(64, 1, 1, None), Params::new(32 * 1024, 1, 2, Some(64))] {
            let argon2 = Argon2::new(Algorithm::Argon2i, Version::V0x10, parameters.unwrap());
            let known = argon2.hash_password(b"correct horse").unwrap().to_string();
            assert_eq!(verify(b"correct horse", &known), Ok(true), "{known}");
            assert_eq!(verify(b"correct house", &known), Ok(false), "{known}");
        }
        assert!(verify(b"correct horse", "$scrypt$ln=17$c29tZXNhbHRzb21lc2FsdA$c29tZWhhc2hzb21laGFzaA").is_err());
    }

    #[test]
    fn refuses_what_is_tried_first() {
        let refused =
            |text: &str| Password::choose(text.into(), &["Ada Lovelace", "ada@analytical.example", "Nordlicht"]).err();
        for (password, invalid) in [
            ("", Invalid::Required),
            ("1234567", Invalid::TooShort(8)),
            (&"x".repeat(129), Invalid::TooLong(128)),
            ("         ", Invalid::Invisible),
            ("\u{200b}\u{200b}\u{3164}\u{3164}\u{200b}\u{200b}\u{2800}\u{a0}", Invalid::Invisible),
            ("Password1", Invalid::CommonPassword),
            ("Lovelace-123", Invalid::PersonalPassword),
            ("analytical1", Invalid::PersonalPassword),
            ("Nordlicht1", Invalid::PersonalPassword),
            ("qwertzuiopasdfgh", Invalid::PredictablePassword),
            ("zkvjhwpf", Invalid::SimplePassword),
        ] {
            assert_eq!(refused(password), Some(invalid), "{password}");
        }
        for good in
            ["密码是一只蓝色的鲸", "correct horse battery", "lovelace wrote notes", &"correct horse battery ".repeat(5)]
        {
            assert_eq!(refused(good), None, "{good}");
        }
    }
}
