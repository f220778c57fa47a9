//! `POST /v1/sessions/refresh`: exchanges a refresh token for new tokens.

use domain_accounts::{Account, RefreshRefused, Refreshed, Session, sessions};
use runtime::{Problem, ProblemKind, Route};
use serde::Deserialize;
use service::{Anyone, Body, Call, Endpoint, IdempotencyKey, Json, Need, Service};
use utoipa::ToSchema;

use crate::tokens::SessionTokens;

pub(crate) struct Refresh;

/// What a refresh token names.
pub(crate) struct Found {
    session: Session,
    account: Account,
    generation: u32,
}

impl Endpoint for Refresh {
    const NAME: &'static str = "refresh";
    const ROUTE: Route = Route::post("/v1/sessions/refresh");
    const SUMMARY: &'static str = "Refresh a session";
    const DESCRIPTION: &'static str = "A refresh token works once (and for ten seconds more, for tabs that race). When one is \
                                       presented again, somebody copied it, and the session ends.";
    const NEEDS: &'static [Need] = &[Need::SigningKeys, Need::TokenKeys];

    type Access = Anyone;
    type Input = (Body<RefreshRequest>, IdempotencyKey);
    type Found = Found;
    type Output = Json<SessionTokens>;

    async fn find(service: &Service, (): &(), (request, _): &Self::Input) -> Result<Found, Problem> {
        let token = service.token_keys().await?.read_refresh(&request.refresh_token).ok_or_else(over)?;
        let keys = (Session::key_of(token.account_id, token.session_id), Account::key_of(token.account_id));
        let (session, account) = service.store.get_all(keys).await?;
        let (session, account) = session.zip(account).ok_or_else(over)?;
        Ok(Found { session, account, generation: token.generation })
    }

    async fn answer(
        call: Call<Anyone>,
        _: &Self::Input,
        Found { session, account, generation }: Found,
    ) -> Result<Self::Output, Problem> {
        let context = call.context_of(account.actor());
        match sessions::refresh(&session, &account, generation, &context) {
            Ok(Refreshed::Anew(session, decision)) => {
                let tokens = SessionTokens::issue(&session, &call, context.now).await?;
                call.commit(*decision, Json(tokens)).await
            }
            Ok(Refreshed::Again(session)) => Ok(Json(SessionTokens::issue(&session, &call, context.now).await?)),
            Err(RefreshRefused::Reused(decision)) => {
                call.store.commit(*decision).await?;
                Err(over())
            }
            Err(RefreshRefused::Over) => Err(over()),
        }
    }
}

/// The refresh token given last.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RefreshRequest {
    refresh_token: String,
}

fn over() -> Problem {
    Problem::new(ProblemKind::InvalidRefreshToken)
}
