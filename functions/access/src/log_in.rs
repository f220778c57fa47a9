//! `POST /v1/sessions`: logs in with address and password.
//!
//! Each attempt is counted before the password is compared, and before an earlier answer is given again: by address and by source, or
//! by device where the account knows it, so that a stranger's guesses do not keep its owner out.
//!
//! An unknown address takes the same work and gets the same answer as a wrong password. What keeps an account out, and that a code is
//! asked for, is told only to those who know its password, and while its address is not proven only on devices that the account knows.
//! A device that registered is told what it has to wait for by its own registration, whether the address was new or taken. Then two
//! passwords are compared, whatever is found, which takes twice as long.

use decision::{Actor, Cause};
use domain_access::{Admission, KeptOut, Presented, logins};
use domain_accounts::{Account, Attempt, Credential, Device};
use domain_registration::Registration;
use domain_settings::{NextStep, RegistrationPolicy, RegistrationSettings};
use identity::verify_password;
use jiff::Timestamp;
use runtime::{Problem, ProblemKind, Request, Route};
use serde::{Deserialize, Serialize};
use service::openapi::Operation;
use service::{Accepted, Anyone, Body, Call, Created, Either, Endpoint, IdempotencyKey, Input, Need, ReadAs, Service};
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::{AccountId, DeviceId, EmailAddress, Invalid};

use crate::tokens::LoggedIn;

/// Longer than any password that can be chosen; nothing longer is worth hashing.
const LONGEST_PASSWORD: usize = 1024;

/// Logs in.
pub struct LogIn;

impl Endpoint for LogIn {
    const NAME: &'static str = "log_in";
    const ROUTE: Route = Route::post("/v1/sessions");
    const SUMMARY: &'static str = "Log in";
    const DESCRIPTION: &'static str =
        "Where the registration policy says so, an unknown device is asked for a code that is mailed.";
    const NEEDS: &'static [Need] = &[Need::SigningKeys, Need::TokenKeys];

    type Access = Anyone;
    type Input = (Body<LogInRequest, Login>, Source, IdempotencyKey);
    type Found = Known;
    type Output = Either<Created<LoggedIn>, Accepted<ConfirmDevice>>;

    async fn find(service: &Service, (): &(), (login, source, _): &Self::Input) -> Result<Known, Problem> {
        login.find(source, service).await
    }

    async fn answer(
        call: Call<Anyone>,
        (login, source, _): &Self::Input,
        known: Known,
    ) -> Result<Self::Output, Problem> {
        let (opens, waits_for) = known.compare(login, call.clock.now()).await;
        let (Some(credential), Some(account), true) = (known.credential, known.account, opens) else {
            return Err(not_let_in(waits_for));
        };
        let context = call.context_of(account.actor());
        let device = Presented {
            id: known.device_id,
            label: call.request().device_label(),
            record: known.device,
            has_registered: known.registration.is_some_and(|registration| registration.account_id == account.id),
        };
        let (admission, decision) = logins::log_in(&credential, &account, device, known.policy, &context)
            .map_err(|reason| kept_out(reason, waits_for))?;
        match admission {
            Admission::Session(session) => {
                let answer = Created(LoggedIn::issue(&session, &call, context.now).await?);
                let committed = call.commit(decision, Either::Left(answer));
                let (committed, ()) = tokio::join!(committed, login.take_back(known.target, source, &call));
                committed
            }
            Admission::Challenge(challenge) => {
                let keys = call.token_keys().await?;
                let challenge_id = keys.challenge(challenge.account_id, challenge.id, context.now);
                let answer = Accepted(ConfirmDevice { next: "confirm-device", challenge_id });
                call.commit(decision, Either::Right(answer)).await
            }
        }
    }
}

/// Who logs in, and from where.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogInRequest {
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    email: String,
    #[schema(format = Password, max_length = 128, example = "correct horse battery")]
    password: String,
    /// As given when registering or logging in from this device before.
    device_token: Option<String>,
}

impl LogInRequest {
    /// What is sent to log in. The token is the one that the device keeps, if it has one.
    pub fn new(email: &str, password: &str, device_token: Option<&str>) -> Self {
        let device_token = device_token.map(ToOwned::to_owned);
        Self { email: email.to_owned(), password: password.to_owned(), device_token }
    }
}

/// A code was mailed, and is asked for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmDevice {
    /// Always `confirm-device`.
    next: &'static str,
    /// Goes to `POST /v1/sessions/confirm-device`, with the code.
    pub challenge_id: String,
}

/// A login that can be tried, and what it was counted under so far: each once, however often it is decided anew.
pub struct Login {
    email: EmailAddress,
    password: String,
    device_token: Option<String>,
    from_source: OnceCell<()>,
    at_target: OnceCell<()>,
}

impl ReadAs<Login> for LogInRequest {
    fn read(self) -> Result<Login, Problem> {
        let email = EmailAddress::parse(&self.email).map_err(|invalid| Problem::field("email", invalid))?;
        if self.password.len() > LONGEST_PASSWORD {
            return Err(Problem::field("password", Invalid::TooLong(LONGEST_PASSWORD)));
        }
        let (password, device_token) = (self.password, self.device_token);
        Ok(Login { email, password, device_token, from_source: OnceCell::new(), at_target: OnceCell::new() })
    }
}

/// Where a login comes from.
pub struct Source(String);

impl Source {
    /// The source of a request.
    pub fn of(request: &Request) -> Self {
        Self(request.source())
    }

    fn attempts(&self, email: &EmailAddress) -> [Attempt; 2] {
        [Attempt::LogInFromSource(email.clone(), self.0.clone()), Attempt::Source(self.0.clone())]
    }
}

impl Input for Source {
    fn read(request: &Request) -> Result<Self, Problem> {
        Ok(Self::of(request))
    }

    fn describe(_: &mut Operation) {}
}

/// What is on record about an address and a device.
pub struct Known {
    credential: Option<Credential>,
    account: Option<Account>,
    policy: RegistrationPolicy,
    device_id: DeviceId,
    device: Option<Device>,
    /// The registration of this address that was sent from the device.
    registration: Option<Registration>,
    /// What the login was counted at: the device, if the account knows it, or the address.
    target: Attempt,
}

impl Login {
    /// Reads what is known and counts the login beside that: in one round trip where the device's token names the account, in two
    /// otherwise.
    async fn find(&self, source: &Source, service: &Service) -> Result<Known, Problem> {
        let (device, named) = self.read_device(service).await?;
        let context = service.context(Actor::Visitor, Cause::default());
        let device_id = device.unwrap_or_else(|| context.mint());
        let keys = (
            Credential::key_of(&self.email),
            RegistrationSettings::key_of_current(),
            named.map(Account::key_of),
            named.map(|account| Device::key_of(account, device_id)),
            device.filter(|_| named.is_none()).map(|device| Registration::key_of(device.into())),
        );
        let from_source = async { if named.is_none() { self.count_source(source, service).await } else { Ok(()) } };
        let (counted, found) = tokio::join!(from_source, service.store.get_all(keys));
        counted?;
        let (credential, settings, account, device, registration) = found?;
        let policy = settings.unwrap_or_default().policy;
        let registration = registration.filter(|registration| registration.email == self.email);
        let account_id = credential.as_ref().map_or_else(|| context.mint(), |credential| credential.account_id);
        let is_named = named == Some(account_id);
        let is_known =
            account.as_ref().zip(device.as_ref()).is_some_and(|(account, device)| device.is_known_to(account));
        let target = if is_named && is_known {
            Attempt::LogInFromDevice(account_id, device_id)
        } else {
            self.count_source(source, service).await?;
            Attempt::LogIn(self.email.clone())
        };
        let counting = self.count_at(&target, service);
        let (account, device) = if is_named {
            counting.await?;
            (account, device)
        } else {
            let keys = (Account::key_of(account_id), Device::key_of(account_id, device_id));
            let (counted, found) = tokio::join!(counting, service.store.get_all(keys));
            counted?;
            found?
        };
        Ok(Known { credential, account, policy, device_id, device, registration, target })
    }

    /// The device, and the account that it has logged in to.
    async fn read_device(&self, service: &Service) -> Result<(Option<DeviceId>, Option<AccountId>), Problem> {
        let token_keys = service.token_keys().await?;
        let read = self.device_token.as_deref().and_then(|token| token_keys.read_device(token));
        Ok(read.map_or((None, None), |(device, account)| (Some(device), account)))
    }

    /// Counts it by source. That comes before the address: what is refused here leaves no trace that others would have to wait for.
    async fn count_source(&self, source: &Source, service: &Service) -> Result<(), Problem> {
        self.from_source.get_or_try_init(|| async { service.count(&source.attempts(&self.email)).await }).await.copied()
    }

    async fn count_at(&self, target: &Attempt, service: &Service) -> Result<(), Problem> {
        self.at_target.get_or_try_init(|| service.count(std::slice::from_ref(target))).await.copied()
    }

    async fn take_back(&self, target: Attempt, source: &Source, call: &Call<Anyone>) {
        let [by_address, by_source] = source.attempts(&self.email);
        let attempts = [target, by_address, by_source];
        let counted = if self.from_source.initialized() { &attempts[..] } else { &attempts[..1] };
        call.take_back(counted).await;
    }
}

impl Known {
    /// Whether the password is the account's; and what the registration waits for, if it is the one chosen in that.
    async fn compare(&self, login: &Login, now: Timestamp) -> (bool, Option<NextStep>) {
        let hash = self.credential.as_ref().and_then(|credential| credential.password_hash.clone());
        let opens = verify_password(login.password.clone(), hash).await;
        let Some(registration) = &self.registration else { return (opens, None) };
        let is_chosen = verify_password(login.password.clone(), registration.password_hash.clone()).await;
        (opens, registration.waits_for(now).filter(|_| is_chosen))
    }
}

fn kept_out(reason: KeptOut, waits_for: Option<NextStep>) -> Problem {
    Problem::new(match reason {
        KeptOut::Unconfirmed => ProblemKind::EmailUnconfirmed,
        KeptOut::AwaitingApproval => ProblemKind::ApprovalPending,
        KeptOut::Rejected => ProblemKind::AccountRejected,
        KeptOut::Blocked => ProblemKind::AccountBlocked,
        KeptOut::Outdated => ProblemKind::Conflict,
        KeptOut::Untold => return not_let_in(waits_for),
    })
}

/// What is answered where the account may not be spoken of.
fn not_let_in(waits_for: Option<NextStep>) -> Problem {
    Problem::new(match waits_for {
        Some(NextStep::ConfirmEmail) => ProblemKind::EmailUnconfirmed,
        Some(NextStep::AwaitApproval) => ProblemKind::ApprovalPending,
        Some(NextStep::LogIn) | None => ProblemKind::InvalidCredentials,
    })
}
