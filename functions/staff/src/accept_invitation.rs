//! `POST /v1/staff/invitations/accept`: someone who was invited to the staff chooses a name and a password.

use decision::LinkTarget;
use domain_accounts::{Account, Attempt, Roles};
use domain_staff::{AcceptRefused, Invitation, Roster, Staff, invitations};
use runtime::{Problem, ProblemKind, Route};
use service::{Acceptance, AccountOpened, Anyone, Body, Call, Endpoint, IdempotencyKey, Json, Need, Service};

/// Accepts an invitation.
pub struct AcceptInvitation;

/// What the token of a link names.
pub struct Found {
    invitation: Option<Invitation>,
    account: Option<Account>,
    roles: Roles,
    roster: Roster,
}

impl Endpoint for AcceptInvitation {
    const NAME: &'static str = "accept_invitation";
    const ROUTE: Route = Route::post("/v1/staff/invitations/accept");
    const SUMMARY: &'static str = "Accept an invitation";
    const DESCRIPTION: &'static str = "Works once per invitation.";
    const NEEDS: &'static [Need] = &[Need::TokenKeys, Need::BusinessName];

    type Access = Anyone;
    type Input = (Body<Acceptance>, IdempotencyKey);
    type Found = Found;
    type Output = Json<AccountOpened>;

    async fn find(service: &Service, (): &(), (acceptance, _): &Self::Input) -> Result<Found, Problem> {
        let target = service.token_keys().await?.read_link(&acceptance.token);
        let Some(LinkTarget::AcceptInvitation { account_id, invitation_id }) = target else {
            return Err(Problem::new(ProblemKind::LinkInvalid));
        };
        let keys = (
            Invitation::key_of(account_id, invitation_id),
            Account::key_of(account_id),
            Roles::key_of_all(),
            Roster::key_of_all(),
        );
        let (invitation, account, roles, roster) = service.store.get_all(keys).await?;
        Ok(Found { invitation, account, roles: roles.unwrap_or_default(), roster: roster.unwrap_or_default() })
    }

    async fn answer(
        call: Call<Anyone>,
        (acceptance, _): &Self::Input,
        Found { invitation, account, roles, roster }: Found,
    ) -> Result<Self::Output, Problem> {
        let attempts = [Attempt::Source(call.request().source())];
        let email = account.as_ref().map(|account| &account.email);
        let (counted, login) = tokio::join!(call.count(&attempts), call.login_of(email));
        counted?;
        let (Some(invitation), Some(account)) = (invitation, account) else {
            return Err(Problem::new(ProblemKind::LinkExpired));
        };
        let login = login?;
        let unproven = login.as_ref().map(|(credential, account)| (credential, account));
        let context = call.context_of(account.actor());
        invitations::check(&invitation, &account, unproven.map(|(credential, _)| credential), &context)
            .map_err(refusal)?;
        let joining = acceptance.joining(&account.email, &call.business_name().await?).await?;
        let staff = Staff { roles: &roles, roster: &roster };
        let decision =
            invitations::accept(&invitation, &account, joining, unproven, staff, &context).map_err(refusal)?;
        let (committed, ()) =
            tokio::join!(call.commit(decision, Json(AccountOpened::default())), call.take_back(&attempts));
        committed
    }
}

fn refusal(refused: AcceptRefused) -> Problem {
    Problem::new(match refused {
        AcceptRefused::Used => ProblemKind::LinkUsed,
        AcceptRefused::Expired => ProblemKind::LinkExpired,
        AcceptRefused::Taken => ProblemKind::AddressTaken,
    })
}
