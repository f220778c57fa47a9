//! `POST /v1/sessions`: logs in with address and password.
//!
//! Each attempt is counted before the password is compared: by address and by source, or by device where the account knows it, so
//! that a stranger's guesses do not keep its owner out. An unknown address takes the same work and gets the same answer as a wrong password. What keeps an account out is told only
//! to those who know its password, and so is that a code is asked for.

use std::sync::Arc;

use decision::Actor;
use domain_access::{Admission, KeptOut, Presented, logins};
use domain_accounts::{Account, Attempt, Credential, Device};
use domain_settings::RegistrationSettings;
use identity::verify_password;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::{Deserialize, Serialize};
use service::{IdempotencyKey, Need, Service};
use store::retry_on_conflict;
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::{EmailAddress, Invalid};

use crate::tokens::LoggedIn;

pub(crate) const FUNCTION: Function = Function {
    handler: "log_in",
    routes: &[Route::post("/v1/sessions")],
    build: |environment| service::endpoint(environment, &[Need::SigningKeys, Need::TokenKeys], log_in),
};

/// Longer than any password that can be chosen; nothing longer is worth hashing.
const LONGEST_PASSWORD: usize = 1024;

/// Who logs in, and from where.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LogInRequest {
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    email: String,
    #[schema(format = Password, max_length = 128, example = "correct horse battery")]
    password: String,
    /// As given when registering or logging in from this device before.
    device_token: Option<String>,
}

/// A code was mailed, and is asked for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConfirmDevice {
    /// Always `confirm-device`.
    next: &'static str,
    /// Goes to `POST /v1/sessions/confirm-device`, with the code.
    challenge_id: String,
}

/// Log in
///
/// Where the registration policy says so, an unknown device is asked for a code that is mailed.
#[utoipa::path(
    post,
    path = "/v1/sessions",
    tag = "access",
    params(IdempotencyKey),
    request_body = LogInRequest,
    responses(
        (status = 201, description = "Logged in", body = LoggedIn),
        (status = 202, description = "A code was mailed", body = ConfirmDevice),
        (status = "4XX", description = "Not logged in", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn log_in(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let body: LogInRequest = request.json()?;
    let email = EmailAddress::parse(&body.email).map_err(|invalid| Problem::field("email", invalid))?;
    if body.password.len() > LONGEST_PASSWORD {
        return Err(Problem::field("password", Invalid::TooLong(LONGEST_PASSWORD)));
    }
    let idempotency = service.idempotency(&request).await?;
    let token_keys = service.token_keys().await?;
    let (device, expected) = match body.device_token.as_deref().and_then(|token| token_keys.read_device(token)) {
        Some((device, account)) => (Some(device), account),
        None => (None, None),
    };
    let counted = Counted::new(&email, request.source());
    retry_on_conflict(async || {
        let context = service.context(Actor::Visitor, request.cause());
        let device_id = device.unwrap_or_else(|| context.mint());
        let keys = (
            Credential::key_of(&email),
            RegistrationSettings::key_of_current(),
            expected.map(Account::key_of),
            expected.map(|account| Device::key_of(account, device_id)),
            idempotency.key(),
        );
        let from_source = async { if expected.is_none() { counted.count_source(&service).await } else { Ok(()) } };
        let (accepted, found) = tokio::join!(from_source, service.store.get_all(keys));
        accepted?;
        let (credential, settings, account, record, answered) = found?;
        let account_id = credential.as_ref().map_or_else(|| context.mint(), |credential| credential.account_id);
        let hash = credential.as_ref().and_then(|credential| credential.password_hash.clone());
        let as_expected = expected == Some(account_id);
        let known = as_expected && known_device(account.as_ref(), record.as_ref());
        let target = if known {
            Attempt::LogInFromDevice(account_id, device_id)
        } else {
            counted.count_source(&service).await?;
            Attempt::LogIn(email.clone())
        };
        let counting = counted.count_at(&target, &service);
        let (account, record) = if as_expected {
            counting.await?;
            (account, record)
        } else {
            let keys = (Account::key_of(account_id), Device::key_of(account_id, device_id));
            let (accepted, found) = tokio::join!(counting, service.store.get_all(keys));
            accepted?;
            found?
        };
        if let Some(answer) = idempotency.replay(answered)? {
            return Ok(answer);
        }
        let matches = verify_password(body.password.clone(), hash).await;
        let (Some(credential), Some(account), true) = (credential, account, matches) else {
            return Err(Problem::new(ProblemKind::InvalidCredentials));
        };
        let context = service.context(account.actor(), request.cause());
        let device = Presented { id: device_id, label: request.device_label(), record };
        let policy = settings.unwrap_or_default().policy;
        let (admission, decision) =
            logins::log_in(&credential, &account, device, policy, &context).map_err(kept_out)?;
        let answer = match admission {
            Admission::Session(session) => {
                Answer::json(StatusCode::CREATED, &LoggedIn::issue(&session, &service, context.now).await?)
            }
            Admission::Challenge(challenge) => {
                let challenge_id = token_keys.challenge(challenge.account_id, challenge.id, context.now);
                Answer::json(StatusCode::ACCEPTED, &ConfirmDevice { next: "confirm-device", challenge_id })
            }
        };
        if answer.status == StatusCode::CREATED {
            let (stored, ()) = tokio::join!(
                service.commit_with_answer(decision, &idempotency, &answer),
                counted.take_back(target, &service)
            );
            stored?;
        } else {
            service.commit_with_answer(decision, &idempotency, &answer).await?;
        }
        Ok(answer)
    })
    .await
}

/// What a login was counted under, each once however often it is decided anew. The source comes before the address: what is refused
/// there leaves no trace that others would have to wait for.
struct Counted {
    sources: [Attempt; 2],
    from_source: OnceCell<()>,
    at_target: OnceCell<()>,
}

impl Counted {
    fn new(email: &EmailAddress, source: String) -> Self {
        let sources = [Attempt::LogInFromSource(email.clone(), source.clone()), Attempt::Source(source)];
        Self { sources, from_source: OnceCell::new(), at_target: OnceCell::new() }
    }

    async fn count_source(&self, service: &Service) -> Result<(), Problem> {
        self.from_source.get_or_try_init(|| service.count(&self.sources)).await.copied()
    }

    async fn count_at(&self, target: &Attempt, service: &Service) -> Result<(), Problem> {
        self.at_target.get_or_try_init(|| service.count(std::slice::from_ref(target))).await.copied()
    }

    async fn take_back(&self, target: Attempt, service: &Service) {
        let [by_address, by_source] = self.sources.clone();
        let attempts = [target, by_address, by_source];
        let counted = if self.from_source.initialized() { &attempts[..] } else { &attempts[..1] };
        service.take_back(counted).await;
    }
}

fn known_device(account: Option<&Account>, record: Option<&Device>) -> bool {
    account.zip(record).is_some_and(|(account, record)| record.is_known_to(account))
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
