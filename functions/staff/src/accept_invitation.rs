//! `POST /v1/staff/invitations/accept`: someone who was invited to the staff chooses a name and a password.

use std::sync::Arc;

use decision::{Actor, LinkTarget};
use domain_accounts::{Account, Attempt, Credential, Joining, Roles};
use domain_staff::{AcceptRefused, Invitation, Roster, invitations};
use identity::{Password, hash_password};
use runtime::{Answer, FieldProblems, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::{Deserialize, Serialize};
use service::{IdempotencyKey, Need, Service};
use store::until_settled;
use utoipa::ToSchema;
use values::Text;

pub(crate) const FUNCTION: Function = Function {
    handler: "accept_invitation",
    routes: &[Route::post("/v1/staff/invitations/accept")],
    build: |environment| service::endpoint(environment, &[Need::TokenKeys, Need::BusinessName], accept_invitation),
};

/// The token from the mailed link, and what they choose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptRequest {
    token: String,
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// 8 to 128 characters of any kind.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "correct horse battery")]
    password: String,
}

/// What to do next.
#[derive(Serialize, ToSchema)]
pub(crate) struct Accepted {
    /// Always `log-in`.
    next: &'static str,
}

/// Accept an invitation
///
/// Works once per invitation.
#[utoipa::path(
    post,
    path = "/v1/staff/invitations/accept",
    tag = "staff",
    params(IdempotencyKey),
    request_body = AcceptRequest,
    responses(
        (status = 200, description = "The account is open", body = Accepted),
        (status = "4XX", description = "The invitation does not work", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn accept_invitation(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let AcceptRequest { token, name, password } = request.json()?;
    let once = service.once(&request).await?;
    let target = service.token_keys().await?.read_link(&token);
    let Some(LinkTarget::AcceptInvitation { account_id, invitation_id }) = target else {
        return Err(Problem::new(ProblemKind::LinkInvalid));
    };
    let keys = (Invitation::key_of(account_id, invitation_id), Account::key_of(account_id), once.key());
    let attempts = [Attempt::Source(request.source())];
    let (counted, found) = tokio::join!(service.count(&attempts), service.store.get_all(keys));
    counted?;
    let (Some(invitation), Some(account), answered) = found? else {
        return Err(Problem::new(ProblemKind::LinkExpired));
    };
    if let Some(answer) = once.replay(answered)? {
        service.take_back(&attempts).await;
        return Ok(answer);
    }
    let email = account.email.clone();
    let context = service.context(Actor::Visitor, request.cause());
    invitations::check(&invitation, &account, None, &context).map_err(refusal)?;
    let business = service.business_name().await?;
    let mut problems = FieldProblems::default();
    let chosen = problems.check("name", Text::parse(&name));
    let password = problems.check("password", Password::choose(password, &[&name, email.as_str(), &business]));
    let (Some(name), Some(password)) = (chosen, password) else { return Err(problems.into_problem()) };
    let password_hash = hash_password(&password).await;
    until_settled(async || {
        let keys = (
            Invitation::key_of(account_id, invitation_id),
            Account::key_of(account_id),
            Roles::key_of_all(),
            Roster::key_of_all(),
            Credential::key_of(&email),
            once.key(),
        );
        let (invitation, account, roles, roster, credential, answered) = service.store.get_all(keys).await?;
        if let Some(answer) = once.replay(answered)? {
            return Ok(answer);
        }
        let (Some(invitation), Some(account)) = (invitation, account) else {
            return Err(Problem::new(ProblemKind::LinkExpired));
        };
        let displaced = match &credential {
            Some(credential) => service.store.get(Account::key_of(credential.account_id)).await?,
            None => None,
        };
        let context = service.context(account.actor(), request.cause());
        let decision = invitations::accept(
            &invitation,
            &account,
            Joining { name: name.clone(), password_hash: password_hash.clone() },
            credential.as_ref().zip(displaced.as_ref()),
            (&roles.unwrap_or_default(), &roster.unwrap_or_default()),
            &context,
        )
        .map_err(refusal)?;
        let answer = Answer::json(StatusCode::OK, &Accepted { next: "log-in" });
        let (stored, ()) = tokio::join!(service.commit_once(decision, &once, &answer), service.take_back(&attempts));
        stored?;
        Ok(answer)
    })
    .await
}

fn refusal(refused: AcceptRefused) -> Problem {
    Problem::new(match refused {
        AcceptRefused::Used => ProblemKind::LinkUsed,
        AcceptRefused::Expired => ProblemKind::LinkExpired,
        AcceptRefused::Taken => ProblemKind::AddressTaken,
    })
}
