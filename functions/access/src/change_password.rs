//! `POST /v1/password/change`: sets another password for someone who is logged in and knows the one from before. All other
//! sessions end; this one goes on with new tokens.

use domain_access::passwords;
use domain_accounts::{Account, Attempt, Credential, PasswordHash};
use identity::{Password, hash_password, verify_password};
use runtime::{Problem, ProblemKind, Route};
use serde::Deserialize;
use service::{Body, Call, Endpoint, Json, LoggedIn, LookupOf, Need, Service};
use tokio::sync::OnceCell;
use utoipa::ToSchema;

use crate::tokens::SessionTokens;

/// Changes the password.
pub struct ChangePassword;

impl Endpoint for ChangePassword {
    const NAME: &'static str = "change_password";
    const ROUTE: Route = Route::post("/v1/password/change");
    const SUMMARY: &'static str = "Change the password";
    const DESCRIPTION: &'static str = "All other sessions end. This one goes on with the tokens in the answer.";
    const NEEDS: &'static [Need] = &[Need::SigningKeys, Need::TokenKeys, Need::BusinessName];

    type Access = LoggedIn;
    type Input = Body<ChangeRequest>;
    type Found = ();
    type Output = Json<SessionTokens>;

    async fn find(_: &Service, _: &LookupOf<Self>, _: &Self::Input) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(call: Call<LoggedIn>, change: &Self::Input, (): ()) -> Result<Self::Output, Problem> {
        let account = &call.caller.account;
        let password = change.choose(account, &call.business_name().await?)?;
        let attempts = [Attempt::Password(account.id)];
        let (counted, credential) =
            tokio::join!(call.count(&attempts), call.store.get(Credential::key_of(&account.email)));
        counted?;
        let credential = credential?.filter(|credential| credential.account_id == account.id);
        let hash = credential.as_ref().and_then(|credential| credential.password_hash.clone());
        let (Some(credential), true) = (credential, verify_password(change.current_password.clone(), hash).await)
        else {
            return Err(Problem::new(ProblemKind::InvalidCredentials));
        };
        let hash = change.new_hash.get_or_init(|| hash_password(&password)).await.clone();
        let context = call.context();
        let (session, decision) = passwords::change(account, &call.caller.session, credential.standing, hash, &context);
        let tokens = SessionTokens::issue(&session, &call, context.now).await?;
        let (committed, ()) = tokio::join!(call.commit(decision, Json(tokens)), call.take_back(&attempts));
        committed
    }
}

/// Both passwords.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeRequest {
    #[schema(format = Password)]
    current_password: String,
    /// 8 to 128 characters of any kind.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "correct horse battery")]
    new_password: String,
    #[serde(skip)]
    new_hash: OnceCell<PasswordHash>,
}

impl ChangeRequest {
    /// What is sent to change one password into another.
    pub fn new(current_password: impl Into<String>, new_password: impl Into<String>) -> Self {
        let (current_password, new_password) = (current_password.into(), new_password.into());
        Self { current_password, new_password, new_hash: OnceCell::new() }
    }

    fn choose(&self, account: &Account, business: &str) -> Result<Password, Problem> {
        let name = account.name.as_ref().map_or("", |name| name.as_str());
        let password = Password::choose(self.new_password.clone(), &[account.email.as_str(), name, business]);
        password.map_err(|invalid| Problem::field("newPassword", invalid))
    }
}
