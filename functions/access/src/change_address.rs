//! `POST /v1/me/email`: asks to log in with another address. A link is mailed to it; nothing changes before it is followed.

use std::sync::Arc;

use domain_access::address_changes;
use domain_accounts::{Attempt, Credential};
use identity::verify_password;
use runtime::{Answer, FieldProblems, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::Deserialize;
use service::{Need, Service};
use utoipa::ToSchema;
use values::{EmailAddress, Invalid};

use crate::forgot_password::LinkMailed;

pub(crate) const FUNCTION: Function = Function {
    handler: "change_address",
    routes: &[Route::post("/v1/me/email")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], change_address),
};

/// The new address, and the password, so that a borrowed session is not enough.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeAddressRequest {
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    email: String,
    #[schema(format = Password)]
    password: String,
}

/// Ask to change the address
///
/// Mails a link to the new address. Nothing in the answer tells whether it is taken.
#[utoipa::path(
    post,
    path = "/v1/me/email",
    tag = "access",
    security(("accessToken" = [])),
    request_body = ChangeAddressRequest,
    responses(
        (status = 202, description = "A mail is on its way to the new address", body = LinkMailed),
        (status = "4XX", description = "Not logged in, or not acceptable", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn change_address(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let caller = service.caller(&request).await?;
    let ChangeAddressRequest { email, password } = request.json()?;
    let mut problems = FieldProblems::default();
    let Some(email) = problems.check("email", EmailAddress::parse(&email)) else {
        return Err(problems.into_problem());
    };
    let keys = (Credential::key_of(&caller.account.email), Credential::key_of(&email));
    let attempts = [Attempt::Source(request.source()), Attempt::Password(caller.account.id)];
    let (accepted, found) = tokio::join!(service.count(&attempts), service.store.get_all(keys));
    accepted?;
    let (own, known) = found?;
    let hash = own.filter(|own| own.account_id == caller.account.id).and_then(|own| own.password_hash);
    if !verify_password(password, hash).await {
        return Err(Problem::new(ProblemKind::InvalidCredentials));
    }
    if email == caller.account.email {
        return Err(Problem::field("email", Invalid::Unchanged));
    }
    let mails = [Attempt::MailFromSource(email.clone(), request.source()), Attempt::Mail(email.clone())];
    service.count(&mails).await?;
    let context = service.context(caller.actor(), request.cause());
    let decision = address_changes::ask(&caller.account, email, known.as_ref(), &context);
    service.store.commit(decision).await?;
    Ok(Answer::json(StatusCode::ACCEPTED, &LinkMailed { next: "follow-link" }))
}
