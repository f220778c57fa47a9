//! `POST /v1/me/email`: asks to log in with another address. A link is mailed to it; nothing changes before it is followed.

use domain_access::address_changes;
use domain_accounts::{Attempt, Credential};
use identity::verify_password;
use runtime::{Problem, ProblemKind, Route};
use serde::Deserialize;
use service::{Accepted, Body, Call, Endpoint, LoggedIn, LookupOf, ReadAs, Service};
use utoipa::ToSchema;
use values::{EmailAddress, Invalid};

use crate::forgot_password::LinkMailed;

/// Asks to change the address.
pub struct ChangeAddress;

impl Endpoint for ChangeAddress {
    const NAME: &'static str = "change_address";
    const ROUTE: Route = Route::post("/v1/me/email");
    const SUMMARY: &'static str = "Ask to change the address";
    const DESCRIPTION: &'static str =
        "Mails a link to the new address. Nothing in the answer tells whether it is taken.";

    type Access = LoggedIn;
    type Input = Body<ChangeAddressRequest, NewAddress>;
    type Found = ();
    type Output = Accepted<LinkMailed>;

    async fn find(_: &Service, _: &LookupOf<Self>, _: &Self::Input) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(call: Call<LoggedIn>, asked: &Self::Input, (): ()) -> Result<Self::Output, Problem> {
        let (account, NewAddress { email, password }) = (&call.caller.account, &**asked);
        let keys = (Credential::key_of(&account.email), Credential::key_of(email));
        let attempts = [Attempt::Source(call.request().source()), Attempt::Password(account.id)];
        let (counted, found) = tokio::join!(call.count(&attempts), call.store.get_all(keys));
        counted?;
        let (own, known) = found?;
        let hash = own.filter(|own| own.account_id == account.id).and_then(|own| own.password_hash);
        if !verify_password(password.clone(), hash).await {
            return Err(Problem::new(ProblemKind::InvalidCredentials));
        }
        if *email == account.email {
            return Err(Problem::field("email", Invalid::Unchanged));
        }
        call.count(&[Attempt::Mail(email.clone())]).await?;
        let decision = address_changes::ask(account, email.clone(), known.as_ref(), &call.context());
        call.commit(decision, Accepted(LinkMailed::default())).await
    }
}

/// The new address, and the password, so that a borrowed session is not enough.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeAddressRequest {
    /// The new address.
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    pub email: String,
    /// The password.
    #[schema(format = Password)]
    pub password: String,
}

/// The same with an address that can be one.
pub struct NewAddress {
    email: EmailAddress,
    password: String,
}

impl ReadAs<NewAddress> for ChangeAddressRequest {
    fn read(self) -> Result<NewAddress, Problem> {
        let email = EmailAddress::parse(&self.email).map_err(|invalid| Problem::field("email", invalid))?;
        Ok(NewAddress { email, password: self.password })
    }
}
