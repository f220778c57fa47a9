//! `POST /v1/sessions/confirm-device`: logs in with the code that was mailed for a device that was not known.
//!
//! The attempt is counted before the code is compared, by a conditional write: whoever tries codes in parallel gets no more
//! attempts than whoever tries them one by one.

use domain_access::{Challenge, challenges};
use domain_accounts::Account;
use runtime::{Problem, ProblemKind, Route};
use serde::Deserialize;
use service::{Anyone, Body, Call, Created, Endpoint, IdempotencyKey, Need, Service};
use utoipa::ToSchema;

use crate::tokens::LoggedIn;

/// Confirms a device.
pub struct ConfirmDevice;

impl Endpoint for ConfirmDevice {
    const NAME: &'static str = "confirm_device";
    const ROUTE: Route = Route::post("/v1/sessions/confirm-device");
    const SUMMARY: &'static str = "Confirm a device";
    const DESCRIPTION: &'static str = "A code works for ten minutes and can be tried five times.";
    const NEEDS: &'static [Need] = &[Need::SigningKeys, Need::TokenKeys];

    type Access = Anyone;
    type Input = (Body<ConfirmDeviceRequest>, IdempotencyKey);
    type Found = (Challenge, Account);
    type Output = Created<LoggedIn>;

    async fn find(service: &Service, (): &(), (request, _): &Self::Input) -> Result<Self::Found, Problem> {
        let challenge = service.token_keys().await?.read_challenge(&request.challenge_id);
        let (account_id, challenge_id) = challenge.ok_or_else(over)?;
        let keys = (Challenge::key_of(account_id, challenge_id), Account::key_of(account_id));
        let (challenge, account) = service.store.get_all(keys).await?;
        challenge.zip(account).ok_or_else(over)
    }

    async fn answer(
        call: Call<Anyone>,
        (request, _): &Self::Input,
        (challenge, account): Self::Found,
    ) -> Result<Self::Output, Problem> {
        let context = call.context_of(account.actor());
        let (challenge, counted) = challenges::attempt(&challenge, &context).map_err(|_| over())?;
        call.store.commit(counted).await?;
        let (account_id, created_at) = (challenge.account_id, challenge.created_at);
        if !call.token_keys().await?.is_code(&request.code, account_id, challenge.id, created_at, context.now) {
            return Err(Problem::new(ProblemKind::InvalidCode));
        }
        let (session, decision) = challenges::pass(&challenge, &account, &context).map_err(|_| over())?;
        let logged_in = LoggedIn::issue(&session, &call, context.now).await?;
        call.commit(decision, Created(logged_in)).await
    }
}

/// The login that waits, and the code from the mail.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfirmDeviceRequest {
    /// As given when logging in.
    pub challenge_id: String,
    /// Six digits; spaces do not matter.
    #[schema(example = "042 137")]
    pub code: String,
}

fn over() -> Problem {
    Problem::new(ProblemKind::ChallengeOver)
}
