//! How a member of staff is changed, whatever the change: by somebody who may, on what is read now, so that somebody is always
//! left who can manage staff.

use decision::{Context, Decision};
use domain_accounts::{Account, Permission, Roles};
use domain_staff::{MemberRefused, Roster, Staff};
use runtime::{Answer, Problem, ProblemKind, Request};
use service::Service;
use store::until_settled;
use values::AccountId;

/// Decides and commits, again and again while others change the same.
pub(crate) async fn change(
    service: &Service,
    request: &Request,
    id: AccountId,
    decide: impl Fn(&Account, Staff<'_>, &Context) -> Result<Result<Decision, MemberRefused>, Problem>,
) -> Result<Answer, Problem> {
    until_settled(async || {
        let keys = (Account::key_of(id), Roles::key_of_all(), Roster::key_of_all());
        let (caller, found) = tokio::join!(service.caller(request), service.store.get_all(keys));
        let caller = caller?;
        caller.must_be_permitted(Permission::ManageStaff)?;
        let (account, roles, roster) = found?;
        let account = account.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        let staff = Staff { roles: &roles.unwrap_or_default(), roster: &roster.unwrap_or_default() };
        let context = service.context(caller.actor(), request.cause());
        let decision = decide(&account, staff, &context)?.map_err(refusal)?;
        service.store.commit(decision).await?;
        Ok(Answer::empty())
    })
    .await
}

fn refusal(refused: MemberRefused) -> Problem {
    Problem::new(match refused {
        MemberRefused::NotStaff => ProblemKind::NotFound,
        MemberRefused::Refused(_) => ProblemKind::LastAdministrator,
    })
}
