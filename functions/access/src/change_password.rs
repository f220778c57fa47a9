//! `POST /v1/password/change`: sets another password for someone who is logged in and knows the one from before. All other
//! sessions end; this one goes on with new tokens.

use std::sync::Arc;

use domain_access::passwords;
use domain_accounts::{Attempt, Credential};
use identity::{Password, hash_password, verify_password};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::Deserialize;
use service::{Need, Service};
use store::retry_on_conflict;
use utoipa::ToSchema;

use crate::tokens::SessionTokens;

const NEEDS: &[Need] = &[Need::PublicKeys, Need::SigningKeys, Need::TokenKeys, Need::BusinessName];

pub(crate) const FUNCTION: Function = Function {
    handler: "change_password",
    routes: &[Route::post("/v1/password/change")],
    build: |environment| service::endpoint(environment, NEEDS, change_password),
};

/// Both passwords.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChangeRequest {
    #[schema(format = Password)]
    current_password: String,
    /// 8 to 128 characters of any kind.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "correct horse battery")]
    new_password: String,
}

/// Change the password
///
/// All other sessions end. This one goes on with the tokens in the answer.
#[utoipa::path(
    post,
    path = "/v1/password/change",
    tag = "access",
    security(("accessToken" = [])),
    request_body = ChangeRequest,
    responses(
        (status = 200, description = "The password is changed", body = SessionTokens),
        (status = "4XX", description = "Not logged in, or not acceptable", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn change_password(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let caller = service.caller(&request).await?;
    let ChangeRequest { current_password, new_password } = request.json()?;
    let name = caller.account.name.as_ref().map_or("", |name| name.as_str());
    let business = service.business_name().await?;
    let password = Password::choose(new_password, &[caller.account.email.as_str(), name, &business])
        .map_err(|invalid| Problem::field("newPassword", invalid))?;
    let attempts = [Attempt::Password(caller.account.id)];
    let (accepted, credential) =
        tokio::join!(service.count(&attempts), service.store.get(Credential::key_of(&caller.account.email)));
    accepted?;
    let credential = credential?;
    let credential = credential.filter(|credential| credential.account_id == caller.account.id);
    let hash = credential.as_ref().and_then(|credential| credential.password_hash.clone());
    let (Some(credential), true) = (credential, verify_password(current_password, hash).await) else {
        return Err(Problem::new(ProblemKind::InvalidCredentials));
    };
    service.take_back(&attempts).await;
    let password_hash = hash_password(&password).await;
    retry_on_conflict(async || {
        let (caller, latest) =
            tokio::join!(service.caller(&request), service.store.get(Credential::key_of(&credential.email)));
        let (caller, latest) = (caller?, latest?);
        let Some(latest) =
            latest.filter(|latest| latest.revision == credential.revision && latest.account_id == caller.account.id)
        else {
            return Err(Problem::new(ProblemKind::InvalidCredentials));
        };
        let context = service.context(caller.actor(), request.cause());
        let (session, decision) =
            passwords::change(&caller.account, &caller.session, latest.standing, password_hash.clone(), &context);
        let tokens = SessionTokens::issue(&session, &service, context.now).await?;
        service.store.commit(decision).await?;
        Ok(Answer::json(StatusCode::OK, &tokens))
    })
    .await
}
