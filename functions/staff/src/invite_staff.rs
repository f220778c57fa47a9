//! `POST /v1/staff/invitations`: invites somebody to the staff. Inviting again sends a new link.

use std::sync::Arc;

use domain_accounts::{Account, Credential, Permission, RoleName, Roles};
use domain_staff::{InviteRefused, InvitedAddress, Known, Roster, invitations};
use runtime::{
    Answer, FieldProblems, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode, documented,
};
use serde::{Deserialize, Serialize};
use service::{IdempotencyKey, Need, Service};
use store::until_settled;
use utoipa::ToSchema;
use values::{EmailAddress, Invalid, Language};

pub(crate) const FUNCTION: Function = Function {
    handler: "invite_staff",
    routes: &[Route::post("/v1/staff/invitations")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys, Need::TokenKeys], invite_staff),
};

/// Whom to invite, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteRequest {
    #[schema(format = Email, max_length = 254, example = "grace@example.com")]
    email: String,
    /// One of the roles.
    #[schema(max_length = 50, pattern = "^[a-z]+(-[a-z]+)*$", example = "manager")]
    role: String,
    /// The language to write in.
    #[schema(value_type = documented::Language)]
    language: Language,
}

/// What to do next.
#[derive(Serialize, ToSchema)]
pub(crate) struct Invited {
    /// Always `accept-invitation`.
    next: &'static str,
}

/// Invite to the staff
///
/// For staff who manage staff. The invitation can be accepted for seven days.
#[utoipa::path(
    post,
    path = "/v1/staff/invitations",
    tag = "staff",
    security(("accessToken" = [])),
    params(IdempotencyKey),
    request_body = InviteRequest,
    responses(
        (status = 202, description = "The mail is on its way", body = Invited),
        (status = "4XX", description = "Not logged in, not allowed, or not acceptable", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn invite_staff(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let caller = service.caller(&request).await?;
    caller.must_be_permitted(Permission::ManageStaff)?;
    let body: InviteRequest = request.json()?;
    let mut problems = FieldProblems::default();
    let email = problems.check("email", EmailAddress::parse(&body.email));
    let role = problems.check("role", RoleName::parse(&body.role));
    let (Some(email), Some(role)) = (email, role) else { return Err(problems.into_problem()) };
    let once = service.once(&request).await?;
    until_settled(async || {
        let keys = (
            Credential::key_of(&email),
            InvitedAddress::key_of(&email),
            Roles::key_of_all(),
            Roster::key_of_all(),
            once.key(),
        );
        let (credential, invited, roles, roster, answered) = service.store.get_all(keys).await?;
        if let Some(answer) = once.replay(answered)? {
            return Ok(answer);
        }
        let roles = roles.unwrap_or_default();
        if roles.get(&role).is_none() {
            return Err(Problem::field("role", Invalid::NotOneOf(roles.names())));
        }
        let account = match &invited {
            Some(invited) => service.store.get(Account::key_of(invited.account_id)).await?,
            None => None,
        };
        let context = service.context(caller.actor(), request.cause());
        let known = Known { credential: credential.as_ref(), invited: invited.as_ref(), account: account.as_ref() };
        let roster = roster.unwrap_or_default();
        let decision = invitations::invite(email.clone(), role.clone(), body.language, known, &roster, &context)
            .map_err(|refused| match refused {
                InviteRefused::AlreadyStaff | InviteRefused::BelongsToCustomer => {
                    Problem::new(ProblemKind::AddressTaken)
                }
            })?;
        let answer = Answer::json(StatusCode::ACCEPTED, &Invited { next: "accept-invitation" });
        service.commit_once(decision, &once, &answer).await?;
        Ok(answer)
    })
    .await
}
