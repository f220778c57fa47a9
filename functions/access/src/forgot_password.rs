//! `POST /v1/password/forgot`: mails a link that sets another password.
//!
//! The answer, and the work behind it, is the same whether or not the address has an account.

use domain_access::passwords;
use domain_accounts::{Attempt, Credential};
use runtime::{Problem, Route};
use serde::{Deserialize, Serialize};
use service::{Accepted, Anyone, Body, Call, Endpoint, IdempotencyKey, ReadAs, Service};
use utoipa::ToSchema;
use values::EmailAddress;

/// Asks for another password.
pub struct ForgotPassword;

impl Endpoint for ForgotPassword {
    const NAME: &'static str = "forgot_password";
    const ROUTE: Route = Route::post("/v1/password/forgot");
    const SUMMARY: &'static str = "Ask for another password";
    const DESCRIPTION: &'static str = "Mails a link that works for an hour, if the address has an account. Nothing in the answer \
                                       tells whether it has.";

    type Access = Anyone;
    type Input = (Body<ForgotRequest, EmailAddress>, IdempotencyKey);
    type Found = ();
    type Output = Accepted<LinkMailed>;

    async fn find(_: &Service, (): &(), _: &Self::Input) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(call: Call<Anyone>, (email, _): &Self::Input, (): ()) -> Result<Self::Output, Problem> {
        let attempts = [Attempt::Mail(EmailAddress::clone(email)), Attempt::Source(call.request().source())];
        let (counted, credential) = tokio::join!(call.count(&attempts), call.store.get(Credential::key_of(email)));
        counted?;
        let decision = passwords::forgot(EmailAddress::clone(email), credential?.as_ref(), &call.context());
        call.commit(decision, Accepted(LinkMailed::default())).await
    }
}

/// The address that logs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgotRequest {
    /// The address.
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    pub email: String,
}

impl ReadAs<EmailAddress> for ForgotRequest {
    fn read(self) -> Result<EmailAddress, Problem> {
        EmailAddress::parse(&self.email).map_err(|invalid| Problem::field("email", invalid))
    }
}

/// What to do next.
#[derive(Serialize, ToSchema)]
pub struct LinkMailed {
    /// Always `follow-link`.
    next: &'static str,
}

impl Default for LinkMailed {
    fn default() -> Self {
        Self { next: "follow-link" }
    }
}
