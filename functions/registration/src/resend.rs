//! `POST /v1/registrations/resend`: someone asks for the mailed link again.
//!
//! The answer, and the work behind it, is the same whether or not there is something to send.

use domain_accounts::{Account, Attempt, Credential};
use domain_registration::Registration;
use domain_settings::NextStep;
use runtime::{Problem, Route};
use serde::Deserialize;
use service::{Accepted, Anyone, Body, Call, Endpoint, IdempotencyKey, Need, ReadAs, Service};
use utoipa::ToSchema;
use values::EmailAddress;

use crate::Next;

/// Mails the link again.
pub struct Resend;

impl Endpoint for Resend {
    const NAME: &'static str = "resend";
    const ROUTE: Route = Route::post("/v1/registrations/resend");
    const SUMMARY: &'static str = "Ask for the link again";
    const DESCRIPTION: &'static str = "Mails a new link if the address waits to be confirmed: of the registration that was sent from this device, or else of the latest one. Nothing in the answer tells whether there is one.";
    const NEEDS: &'static [Need] = &[Need::TokenKeys];

    type Access = Anyone;
    type Input = (Body<ResendRequest, Reader>, IdempotencyKey);
    type Found = (Option<Credential>, Option<Registration>);
    type Output = Accepted<Next>;

    async fn find(service: &Service, (): &(), (reader, _): &Self::Input) -> Result<Self::Found, Problem> {
        let device = match &reader.device_token {
            Some(token) => service.token_keys().await?.read_device(token),
            None => None,
        };
        let own = device.map(|(device, _)| Registration::key_of(device.into()));
        Ok(service.store.get_all((Credential::key_of(&reader.email), own)).await?)
    }

    async fn answer(
        call: Call<Anyone>,
        (reader, _): &Self::Input,
        (credential, own): Self::Found,
    ) -> Result<Self::Output, Problem> {
        let attempts = [Attempt::Mail(reader.email.clone()), Attempt::Source(call.request().source())];
        let context = call.context();
        let account_id = credential.as_ref().map_or_else(|| context.mint(), |credential| credential.account_id);
        let latest = credential.as_ref().and_then(|credential| credential.latest_registration);
        let registration_id = latest.unwrap_or_else(|| context.mint());
        let keys = (Account::key_of(account_id), Registration::key_of(registration_id));
        let (counted, found) = tokio::join!(call.count(&attempts), call.store.get_all(keys));
        counted?;
        let (account, latest) = found?;
        let decision = domain_registration::resend(
            &reader.email,
            credential.as_ref(),
            own.as_ref(),
            latest.as_ref(),
            account.as_ref(),
            &context,
        );
        call.commit(decision, Accepted(Next { next: NextStep::ConfirmEmail, is_company: false })).await
    }
}

/// The address that was registered, and where the link is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResendRequest {
    /// The address.
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    pub email: String,
    /// As given when registering from this device.
    pub device_token: Option<String>,
}

/// Who asks for the link, checked.
pub struct Reader {
    email: EmailAddress,
    device_token: Option<String>,
}

impl ReadAs<Reader> for ResendRequest {
    fn read(self) -> Result<Reader, Problem> {
        let email = EmailAddress::parse(&self.email).map_err(|invalid| Problem::field("email", invalid))?;
        Ok(Reader { email, device_token: self.device_token })
    }
}
