//! `POST /v1/registrations/confirm`: someone followed the mailed link, so the address is theirs.
//!
//! On the device that registered, that is all. Anywhere else the link is followed by whoever reads the mailbox, and anybody may have
//! registered its address: they either know the password of the registration or choose one of their own.

use decision::{Actor, LinkTarget};
use domain_accounts::{Account, Attempt, Credential, PasswordHash};
use domain_customers::{Customer, Kind};
use domain_registration::{ConfirmRefused, Proof, Registration};
use identity::{Password, hash_password, verify_password};
use runtime::{Problem, ProblemKind, Route};
use serde::Deserialize;
use service::{Anyone, Body, Call, Endpoint, IdempotencyKey, Json, Need, ReadAs, Service};
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::Invalid;

use crate::Next;

/// As long as passwords that can be chosen.
const LONGEST_PASSWORD: usize = 128;

/// Confirms an address.
pub struct Confirm;

impl Endpoint for Confirm {
    const NAME: &'static str = "confirm";
    const ROUTE: Route = Route::post("/v1/registrations/confirm");
    const SUMMARY: &'static str = "Confirm an address";
    const DESCRIPTION: &'static str = "Works once per link. On the device that registered, the link is enough. Anywhere else it takes the password that was chosen when registering, or a new one from whoever did not register or has forgotten it. A new password ends what others began: their password, their sessions, their devices.";
    const NEEDS: &'static [Need] = &[Need::TokenKeys, Need::BusinessName];

    type Access = Anyone;
    type Input = (Body<ConfirmRequest, Confirmation>, IdempotencyKey);
    type Found = (Option<Registration>, Option<Account>, Option<Customer>);
    type Output = Json<Next>;

    async fn find(service: &Service, (): &(), (confirmation, _): &Self::Input) -> Result<Self::Found, Problem> {
        let target = service.token_keys().await?.read_link(&confirmation.token);
        let Some(LinkTarget::ConfirmAddress { customer_id, account_id, registration_id }) = target else {
            return Err(Problem::new(ProblemKind::LinkInvalid));
        };
        let keys = (Registration::key_of(registration_id), Account::key_of(account_id), Customer::key_of(customer_id));
        Ok(service.store.get_all(keys).await?)
    }

    async fn answer(
        call: Call<Anyone>,
        (confirmation, _): &Self::Input,
        found: Self::Found,
    ) -> Result<Self::Output, Problem> {
        let (Some(registration), Some(account), Some(customer)) = found else {
            return Err(Problem::new(ProblemKind::LinkExpired));
        };
        let context = call.context_of(Actor::Account { account_id: account.id });
        domain_registration::check_link(&registration, &account, &context).map_err(refusal)?;
        let attempts = confirmation.attempts(&account, call.request().source());
        let replaced = account.registration_id.filter(|id| *id != registration.id);
        let (counted, proof, replaced) =
            tokio::join!(call.count(&attempts), confirmation.known_password(&call, &registration, &account), async {
                match replaced {
                    Some(id) => call.store.get(Registration::key_of(id)).await,
                    None => Ok(None),
                }
            },);
        counted?;
        let proof = confirmation.proof(&call, &registration, proof?).await?;
        let (next, decision) =
            domain_registration::confirm(&registration, &account, &customer, replaced?.as_ref(), &proof, &context)
                .map_err(refusal)?;
        let next = Next { next, is_company: registration.profile.kind == Kind::Company };
        let (committed, ()) = tokio::join!(call.commit(decision, Json(next)), call.take_back(&attempts));
        committed
    }
}

/// The token from the mailed link, and who follows it.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmRequest {
    /// From the mailed link.
    pub token: String,
    /// As given when registering from this device.
    pub device_token: Option<String>,
    /// The password of the registration.
    #[schema(format = Password, max_length = 128, example = "correct horse battery")]
    pub password: Option<String>,
    /// A password of the reader's own choice: 8 to 128 characters of any kind. Not together with `password`.
    #[schema(format = Password, min_length = 8, max_length = 128)]
    pub new_password: Option<String>,
}

/// Who follows a link, checked as far as that needs nothing else.
pub struct Confirmation {
    token: String,
    device_token: Option<String>,
    typed: Typed,
    password_hash: OnceCell<PasswordHash>,
}

enum Typed {
    Nothing,
    Password(String),
    NewPassword(String),
}

impl ReadAs<Confirmation> for ConfirmRequest {
    fn read(self) -> Result<Confirmation, Problem> {
        let typed = match (self.password, self.new_password) {
            (Some(_), Some(_)) => return Err(Problem::field("newPassword", Invalid::NotTogether("password"))),
            (Some(password), None) => match password.chars().count() {
                0 => return Err(Problem::field("password", Invalid::Required)),
                1..=LONGEST_PASSWORD => Typed::Password(password),
                _ => return Err(Problem::field("password", Invalid::TooLong(LONGEST_PASSWORD))),
            },
            (None, Some(password)) => Typed::NewPassword(password),
            (None, None) => Typed::Nothing,
        };
        let Self { token, device_token, .. } = self;
        Ok(Confirmation { token, device_token, typed, password_hash: OnceCell::new() })
    }
}

impl Confirmation {
    /// What it is counted under, before anything is hashed.
    fn attempts(&self, account: &Account, source: String) -> Vec<Attempt> {
        match self.typed {
            Typed::Nothing => Vec::new(),
            Typed::Password(_) => vec![Attempt::Password(account.id), Attempt::Source(source)],
            Typed::NewPassword(_) => vec![Attempt::Source(source)],
        }
    }

    /// The password that has to be typed, if one is: the account's where it stands on the registration.
    async fn known_password(
        &self,
        service: &Service,
        registration: &Registration,
        account: &Account,
    ) -> Result<Option<PasswordHash>, Problem> {
        let stands = account.registration_id == Some(registration.id);
        if !stands || !matches!(self.typed, Typed::Password(_)) {
            return Ok(registration.password_hash.clone());
        }
        let credential = service.store.get(Credential::key_of(&registration.email)).await?;
        let credential = credential.filter(|credential| credential.account_id == account.id);
        Ok(credential.and_then(|credential| credential.password_hash))
    }

    async fn proof(
        &self,
        service: &Service,
        registration: &Registration,
        known: Option<PasswordHash>,
    ) -> Result<Proof, Problem> {
        match &self.typed {
            Typed::NewPassword(password) => Ok(Proof::NewPassword(self.hash(service, registration, password).await?)),
            _ if self.is_from(registration, service).await? => Ok(Proof::Device),
            Typed::Password(password) if verify_password(password.clone(), known).await => Ok(Proof::Password),
            Typed::Password(_) => Err(Problem::field("password", Invalid::WrongPassword)),
            Typed::Nothing => Err(Problem::new(ProblemKind::PasswordRequired)),
        }
    }

    /// Whether it comes from the device that registered.
    async fn is_from(&self, registration: &Registration, service: &Service) -> Result<bool, Problem> {
        let Some(token) = &self.device_token else { return Ok(false) };
        let device = service.token_keys().await?.read_device(token);
        Ok(device.is_some_and(|(device, _)| device == registration.device_id))
    }

    /// The hash of a password that may be chosen, made once.
    async fn hash(&self, service: &Service, of: &Registration, password: &str) -> Result<PasswordHash, Problem> {
        let choose = async || {
            let business = service.business_name().await?;
            let personal = [of.email.as_str(), of.profile.name.as_str(), &business];
            let password = Password::choose(password.to_owned(), &personal)
                .map_err(|invalid| Problem::field("newPassword", invalid))?;
            Ok(hash_password(&password).await)
        };
        self.password_hash.get_or_try_init(choose).await.cloned()
    }
}

fn refusal(refused: ConfirmRefused) -> Problem {
    Problem::new(match refused {
        ConfirmRefused::Used => ProblemKind::LinkUsed,
        ConfirmRefused::Expired => ProblemKind::LinkExpired,
        ConfirmRefused::Rejected => ProblemKind::AccountRejected,
    })
}
