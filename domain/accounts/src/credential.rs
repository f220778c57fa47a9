//! What addresses log in with.

use std::fmt;

use decision::{Decision, Expectation, Guard, Key, Patch, Record, Subject};
use serde::{Deserialize, Serialize};
use values::{AccountId, EmailAddress, Language, RegistrationId};

use crate::{Account, Holder};

/// An Argon2id hash as a [PHC string](https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md). Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(…)")
    }
}

/// What a credential may lack.
const OPTIONAL: &[&str] = &["passwordHash", "latestRegistration"];

/// Who may claim an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Anybody who registers it: all who did so far have yet to prove it.
    Open,
    /// Whoever proves it. Until then it belongs to the one who registered when no proof was asked for.
    Held,
    /// Nobody any more; it is proven.
    #[serde(other)]
    Proven,
}

/// What an address logs in with. Kept apart from the account, so that only the functions that check passwords may read it,
/// and so that there is one per address.
///
/// Until someone proves the address, several people may have registered it. Each registration keeps its own password until it
/// counts; confirming a registration makes *its* password the account's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// The address.
    pub email: EmailAddress,
    /// The account it opens.
    pub account_id: AccountId,
    /// Whose account that is.
    pub holder: Holder,
    /// The hash of the password, none while an invitation is open or after the registration expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<PasswordHash>,
    /// Who may claim the address.
    pub standing: Standing,
    /// Which password it is; the account names the one that counts.
    #[serde(default)]
    pub revision: u32,
    /// The language to write in.
    pub language: Language,
    /// The registration received last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_registration: Option<RegistrationId>,
}

impl Record for Credential {
    const KIND: &'static str = "CREDENTIAL";

    fn key(&self) -> Key<Self> {
        Self::key_of(&self.email)
    }
}

impl Credential {
    /// Where the credential of an address lies.
    pub fn key_of(email: &EmailAddress) -> Key<Self> {
        Key::new(format!("CREDENTIAL#{email}"), Self::KIND)
    }

    /// That it is this account's, with this password.
    pub fn held(account_id: AccountId, revision: u32) -> Guard {
        Guard::Like(Self::holding(account_id, revision).into())
    }

    /// That it is this account's, with this password, and nobody has proven the address.
    pub fn unproven(account_id: AccountId, revision: u32) -> Guard {
        let [account, revision] = Self::holding(account_id, revision);
        Guard::Like(vec![account, revision, Expectation::IsNot("standing", "proven".into())])
    }

    fn holding(account_id: AccountId, revision: u32) -> [Expectation; 2] {
        [Self::belonging_to(account_id), Expectation::Is("revision", revision.into())]
    }

    fn belonging_to(account_id: AccountId) -> Expectation {
        Expectation::Is("accountId", account_id.to_string().into())
    }

    /// Stores it with the password as it was read or another that does not count yet, if nobody has proven the address since.
    pub fn claim(&self, decision: &mut Decision) {
        decision.write_over(self, OPTIONAL, Self::unproven(self.account_id, self.revision));
    }

    /// Stores it as the next credential of an address that nobody has proven.
    pub fn take_over(&self, decision: &mut Decision) {
        decision.write_over(self, OPTIONAL, Self::unproven(self.account_id, self.revision.saturating_sub(1)));
    }

    /// Stores it as the next credential of an address.
    pub fn replace(&self, decision: &mut Decision) {
        decision.write_over(self, OPTIONAL, Self::held(self.account_id, self.revision.saturating_sub(1)));
    }

    /// Stores it as the first credential of an address that was just proven: in place of one that somebody else registered and nobody
    /// proved, whose account is displaced with it.
    pub fn prevail(&self, unproven: Option<(&Self, &Account)>, decision: &mut Decision) {
        match unproven {
            None => decision.create(self),
            Some((credential, account)) => {
                decision.put(self, Self::unproven(credential.account_id, credential.revision));
                decision.update(account, &account.displaced());
            }
        }
    }

    /// Removes the credential of the address that an account logs in with, and no more from now on.
    pub fn release(account: &Account, decision: &mut Decision) {
        decision.delete(Self::key_of(&account.email), Self::held(account.id, account.credential_revision));
    }

    /// Notes that the address of an account is proven, whoever registered it; the password stays.
    pub fn prove(email: &EmailAddress, account_id: AccountId, decision: &mut Decision) {
        Self::set(email, account_id, "standing", "proven", decision);
    }

    /// Notes the language in which the address of an account is written to.
    pub fn speak(account: &Account, language: Language, decision: &mut Decision) {
        Self::set(&account.email, account.id, "language", language.code(), decision);
    }

    fn set(email: &EmailAddress, account_id: AccountId, name: &str, value: &str, decision: &mut Decision) {
        let guard = Guard::Like(vec![Self::belonging_to(account_id)]);
        let mut patch = Patch::new(Self::key_of(email).into_place(), Some(guard));
        patch.set.insert(name.to_owned(), value.into());
        decision.patch(patch);
    }

    /// In whose history the account's events are kept.
    pub fn subject(&self) -> Subject {
        self.holder.subject(self.account_id)
    }
}
