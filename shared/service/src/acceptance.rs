//! What the links of invitations lead to, to the staff or to a company: a name and a password to choose for a new account.

use domain_accounts::{Account, Credential, Joining};
use identity::{Password, hash_password};
use runtime::{FieldProblems, Problem};
use serde::{Deserialize, Serialize};
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::{EmailAddress, Text};

use crate::Service;

/// The token from the mailed link, and what they choose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// From the mailed link.
    pub token: String,
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// 8 to 128 characters of any kind.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "correct horse battery")]
    password: String,
    #[serde(skip)]
    joining: OnceCell<Joining>,
}

/// The account is open.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountOpened {
    /// Always `log-in`.
    next: &'static str,
}

impl Default for AccountOpened {
    fn default() -> Self {
        Self { next: "log-in" }
    }
}

impl Acceptance {
    /// What is sent for the token of a link.
    pub fn new(token: impl Into<String>, name: impl Into<String>, password: impl Into<String>) -> Self {
        Self { token: token.into(), name: name.into(), password: password.into(), joining: OnceCell::new() }
    }

    /// What they chose, for an account that logs in with `email` at the `business`. The password is hashed once, however often this is asked, so ask
    /// only when it is known that the link works.
    ///
    /// # Errors
    /// A problem that names each field that is not acceptable.
    pub async fn joining(&self, email: &EmailAddress, business: &str) -> Result<Joining, Problem> {
        let choose = async || {
            let mut problems = FieldProblems::default();
            let name = problems.check("name", Text::parse(&self.name));
            let password = Password::choose(self.password.clone(), &[&self.name, email.as_str(), business]);
            let password = problems.check("password", password);
            let (Some(name), Some(password)) = (name, password) else { return Err(problems.into_problem()) };
            Ok(Joining { name, password_hash: hash_password(&password).await })
        };
        self.joining.get_or_try_init(choose).await.cloned()
    }
}

impl Service {
    /// What an address that was invited logs in with already, and the account that this opens: two reads, one after the other.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn login_of(&self, email: Option<&EmailAddress>) -> Result<Option<(Credential, Account)>, Problem> {
        let Some(email) = email else { return Ok(None) };
        let Some(credential) = self.store.get(Credential::key_of(email)).await? else { return Ok(None) };
        let account = self.store.get(Account::key_of(credential.account_id)).await?;
        Ok(account.map(|account| (credential, account)))
    }
}
