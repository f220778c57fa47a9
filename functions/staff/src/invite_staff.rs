//! `POST /v1/staff/invitations`: invites somebody to the staff. Inviting again sends a new link.

use domain_accounts::RoleName;
use domain_staff::{InviteRefused, invitations};
use runtime::{FieldProblems, Problem, ProblemKind, Route, documented};
use serde::{Deserialize, Serialize};
use service::permission::ManageStaff;
use service::{Accepted, Body, Call, Endpoint, IdempotencyKey, ReadAs, Service, Staff};
use utoipa::ToSchema;
use values::{EmailAddress, Invalid, Language};

use crate::invited::{self, Found};

pub(crate) struct InviteStaff;

impl Endpoint for InviteStaff {
    const NAME: &'static str = "invite_staff";
    const ROUTE: Route = Route::post("/v1/staff/invitations");
    const SUMMARY: &'static str = "Invite to the staff";
    const DESCRIPTION: &'static str = "For staff who manage staff. The invitation can be accepted for seven days.";

    type Access = Staff<ManageStaff>;
    type Input = (Body<StaffToInvite, Invitee>, IdempotencyKey);
    type Found = Found;
    type Output = Accepted<StaffInvited>;

    async fn find(service: &Service, (): &(), (invitee, _): &Self::Input) -> Result<Found, Problem> {
        Ok(invited::find(service, &invitee.email).await?)
    }

    async fn answer(
        call: Call<Self::Access>,
        (invitee, _): &Self::Input,
        found: Found,
    ) -> Result<Self::Output, Problem> {
        let Invitee { email, role, language } = Invitee::clone(invitee);
        if found.roles.get(&role).is_none() {
            return Err(Problem::field("role", Invalid::NotOneOf(found.roles.names())));
        }
        let decision = invitations::invite(email, role, language, found.known(), found.staff(), &call.context())
            .map_err(refusal)?;
        call.commit(decision, Accepted(StaffInvited { next: "accept-invitation" })).await
    }
}

/// Whom to invite, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StaffToInvite {
    #[schema(format = Email, max_length = 254, example = "grace@example.com")]
    email: String,
    /// One of the roles.
    #[schema(max_length = 50, pattern = "^[a-z]+(-[a-z]+)*$", example = "manager")]
    role: String,
    /// The language to write in.
    #[schema(value_type = documented::Language)]
    language: Language,
}

/// Whom to invite, checked.
#[derive(Clone)]
pub(crate) struct Invitee {
    email: EmailAddress,
    role: RoleName,
    language: Language,
}

impl ReadAs<Invitee> for StaffToInvite {
    fn read(self) -> Result<Invitee, Problem> {
        let mut problems = FieldProblems::default();
        let email = problems.check("email", EmailAddress::parse(&self.email));
        let role = problems.check("role", RoleName::parse(&self.role));
        let (Some(email), Some(role)) = (email, role) else { return Err(problems.into_problem()) };
        Ok(Invitee { email, role, language: self.language })
    }
}

/// The mail is on its way.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffInvited {
    /// Always `accept-invitation`.
    next: &'static str,
}

fn refusal(refused: InviteRefused) -> Problem {
    match refused {
        InviteRefused::AlreadyStaff | InviteRefused::BelongsToCustomer => Problem::new(ProblemKind::AddressTaken),
    }
}
