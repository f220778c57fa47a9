//! `POST /v1/sessions`: logs in with address and password.
//!
//! An unknown address takes the same work and gets the same answer as a wrong password. What keeps an account out is told only
//! to those who know its password, and so is that a code is asked for.

use std::sync::Arc;

use domain::{Actor, Admission, EmailAddress, Invalid, KeptOut, Presented, sessions};
use identity::verify_password;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, StatusCode};
use serde::{Deserialize, Serialize};
use service::{Need, Service};
use store::{Key, until_settled};
use utoipa::ToSchema;

use crate::tokens::LoggedIn;

pub(crate) const FUNCTION: Function = Function {
    handler: "log_in",
    build: |environment| service::endpoint(environment, &[Need::SigningKeys, Need::TokenKeys], log_in),
};

/// Longer than any password that can be chosen; nothing longer is worth hashing.
const LONGEST_PASSWORD: usize = 1024;

/// Who logs in, and from where.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LogInRequest {
    #[schema(format = Email, example = "ada@example.com")]
    email: String,
    #[schema(format = Password)]
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
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes it safe to send the request again")),
    request_body = LogInRequest,
    responses(
        (status = 201, description = "Logged in", body = LoggedIn),
        (status = 202, description = "A code was mailed", body = ConfirmDevice),
        (status = "4XX", description = "Not logged in", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn log_in(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let body: LogInRequest = request.json()?;
    let email = EmailAddress::parse(&body.email).map_err(|invalid| Problem::field("email", invalid))?;
    if body.password.len() > LONGEST_PASSWORD {
        return Err(Problem::field("password", Invalid::TooLong(LONGEST_PASSWORD)));
    }
    let once = service.once(&request).await?;
    let token_keys = service.token_keys().await?;
    let presented = body.device_token.as_deref().and_then(|token| token_keys.read_device(token));
    until_settled(async || {
        let keys = (Key::credential(&email), Key::registration_settings(), once.key());
        let (credential, settings, answered) = service.store.get_all(keys).await?;
        if let Some(answer) = once.replay(answered)? {
            return Ok(answer);
        }
        let now = service.clock.now();
        let context = service.context(Actor::Visitor, request.cause());
        let account_id = credential.as_ref().map_or_else(|| context.mint(), |credential| credential.account_id);
        let device_id = presented.unwrap_or_else(|| context.mint());
        let hash = credential.as_ref().and_then(|credential| credential.password_hash.clone());
        let (matches, records) = tokio::join!(
            verify_password(body.password.clone(), hash),
            service.store.get_all((Key::account(account_id), Key::device(account_id, device_id))),
        );
        let (account, record) = records?;
        let (Some(credential), Some(account), true) = (credential, account, matches) else {
            return Err(Problem::new(ProblemKind::InvalidCredentials));
        };
        let context = service.context(Actor::Account { account_id }, request.cause());
        let device = Presented { id: device_id, label: request.device_label(), record };
        let policy = settings.unwrap_or_default().policy;
        let (admission, decision) =
            sessions::log_in(&credential, &account, device, policy, &context).map_err(kept_out)?;
        let answer = match admission {
            Admission::Session(session) => {
                Answer::json(StatusCode::CREATED, &LoggedIn::issue(&session, &service, now).await?)
            }
            Admission::Challenge(challenge) => {
                let challenge_id = token_keys.challenge(challenge.account_id, challenge.id, now);
                Answer::json(StatusCode::ACCEPTED, &ConfirmDevice { next: "confirm-device", challenge_id })
            }
        };
        service.commit_once(decision, &once, &answer).await?;
        Ok(answer)
    })
    .await
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
