//! `POST /v1/sessions`: logs in with address and password.
//!
//! Each attempt is counted before the password is compared: by address and by source, or by device where the account knows it, so
//! that a stranger's guesses do not keep its owner out. An unknown address takes the same work and gets the same answer as a wrong password. What keeps an account out is told only
//! to those who know its password, and so is that a code is asked for.
//!
//! What it needs is read beside the counting, so it finds nothing before.

use domain_access::{Admission, KeptOut, Presented, logins};
use domain_accounts::{Account, Attempt, Credential, Device};
use domain_settings::{RegistrationPolicy, RegistrationSettings};
use identity::verify_password;
use runtime::{Problem, ProblemKind, Route};
use serde::{Deserialize, Serialize};
use service::{Accepted, Anyone, Body, Call, Created, Either, Endpoint, IdempotencyKey, Need, ReadAs, Service};
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
    type Input = (Body<LogInRequest, Login>, IdempotencyKey);
    type Found = ();
    type Output = Either<Created<LoggedIn>, Accepted<ConfirmDevice>>;

    async fn find(_: &Service, (): &(), _: &Self::Input) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(call: Call<Anyone>, (login, _): &Self::Input, (): ()) -> Result<Self::Output, Problem> {
        let known = Known::read(login, &call).await?;
        let hash = known.credential.as_ref().and_then(|credential| credential.password_hash.clone());
        let matches = verify_password(login.password.clone(), hash).await;
        let (Some(credential), Some(account), true) = (known.credential, known.account, matches) else {
            return Err(Problem::new(ProblemKind::InvalidCredentials));
        };
        let context = call.service().context(account.actor(), call.request().cause());
        let device = Presented { id: known.device_id, label: call.request().device_label(), record: known.device };
        let (admission, decision) =
            logins::log_in(&credential, &account, device, known.policy, &context).map_err(kept_out)?;
        match admission {
            Admission::Session(session) => {
                let answer = Created(LoggedIn::issue(&session, &call, context.now).await?);
                let committed = call.commit(decision, Either::Left(answer));
                let (committed, ()) = tokio::join!(committed, login.take_back(known.target, &call));
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

impl Login {
    fn sources(&self, call: &Call<Anyone>) -> [Attempt; 2] {
        let source = call.request().source();
        [Attempt::LogInFromSource(self.email.clone(), source.clone()), Attempt::Source(source)]
    }

    /// Counts it by source. That comes before the address: what is refused here leaves no trace that others would have to wait for.
    async fn count_source(&self, call: &Call<Anyone>) -> Result<(), Problem> {
        let sources = self.sources(call);
        self.from_source.get_or_try_init(|| Service::count(call, &sources)).await.copied()
    }

    async fn count_at(&self, target: &Attempt, call: &Call<Anyone>) -> Result<(), Problem> {
        self.at_target.get_or_try_init(|| Service::count(call, std::slice::from_ref(target))).await.copied()
    }

    async fn take_back(&self, target: Attempt, call: &Call<Anyone>) {
        let [by_address, by_source] = self.sources(call);
        let attempts = [target, by_address, by_source];
        let counted = if self.from_source.initialized() { &attempts[..] } else { &attempts[..1] };
        call.take_back(counted).await;
    }
}

/// What is on record about an address and a device.
struct Known {
    credential: Option<Credential>,
    account: Option<Account>,
    policy: RegistrationPolicy,
    device_id: DeviceId,
    device: Option<Device>,
    /// What the login was counted at: the device, if the account knows it, or the address.
    target: Attempt,
}

impl Known {
    /// Reads it and counts the login beside that: in one round trip where the device's token names the account, in two otherwise.
    async fn read(login: &Login, call: &Call<Anyone>) -> Result<Self, Problem> {
        let token_keys = call.token_keys().await?;
        let (device_id, named) = login.device_token.as_deref().and_then(|token| token_keys.read_device(token)).unzip();
        let device_id = device_id.unwrap_or_else(|| call.context().mint());
        let named: Option<AccountId> = named.flatten();
        let keys = (
            Credential::key_of(&login.email),
            RegistrationSettings::key_of_current(),
            named.map(Account::key_of),
            named.map(|account| Device::key_of(account, device_id)),
        );
        let from_source = async { if named.is_none() { login.count_source(call).await } else { Ok(()) } };
        let (counted, found) = tokio::join!(from_source, call.store.get_all(keys));
        counted?;
        let (credential, settings, account, device) = found?;
        let policy = settings.unwrap_or_default().policy;
        let account_id = credential.as_ref().map_or_else(|| call.context().mint(), |credential| credential.account_id);
        let is_named = named == Some(account_id);
        let is_known =
            account.as_ref().zip(device.as_ref()).is_some_and(|(account, device)| device.is_known_to(account));
        let target = if is_named && is_known {
            Attempt::LogInFromDevice(account_id, device_id)
        } else {
            login.count_source(call).await?;
            Attempt::LogIn(login.email.clone())
        };
        let counting = login.count_at(&target, call);
        let (account, device) = if is_named {
            counting.await?;
            (account, device)
        } else {
            let keys = (Account::key_of(account_id), Device::key_of(account_id, device_id));
            let (counted, found) = tokio::join!(counting, call.store.get_all(keys));
            counted?;
            found?
        };
        Ok(Self { credential, account, policy, device_id, device, target })
    }
}

fn kept_out(reason: KeptOut) -> Problem {
    Problem::new(match reason {
        KeptOut::Unconfirmed => ProblemKind::EmailUnconfirmed,
        KeptOut::AwaitingApproval => ProblemKind::ApprovalPending,
        KeptOut::Rejected => ProblemKind::AccountRejected,
        KeptOut::Blocked => ProblemKind::AccountBlocked,
        KeptOut::Outdated => ProblemKind::Conflict,
    })
}
