//! How a member of staff is changed, whatever the change: on what is read now, so that somebody is always left who can manage staff.

use decision::{Context, Decision};
use domain_accounts::{Account, Roles};
use domain_staff::{MemberRefused, Roster, Staff};
use runtime::{Problem, ProblemKind};
use service::permission::ManageStaff;
use service::{Call, NoContent, Service};
use values::AccountId;

/// Who may change a member of staff, whom the path names.
pub(crate) type Access = service::Staff<ManageStaff, AccountId>;

/// The account of a member, and what a change of it is held against.
pub(crate) struct Found {
    pub(crate) account: Account,
    pub(crate) roles: Roles,
    pub(crate) roster: Roster,
}

/// Reads a member.
pub(crate) async fn find(service: &Service, id: AccountId) -> Result<Found, Problem> {
    let keys = (Account::key_of(id), Roles::key_of_all(), Roster::key_of_all());
    let (account, roles, roster) = service.store.get_all(keys).await?;
    let account = account.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    Ok(Found { account, roles: roles.unwrap_or_default(), roster: roster.unwrap_or_default() })
}

/// Decides and commits.
pub(crate) async fn change(
    call: &Call<Access>,
    Found { account, roles, roster }: &Found,
    decide: impl FnOnce(&Account, Staff<'_>, &Context) -> Result<Decision, MemberRefused>,
) -> Result<NoContent, Problem> {
    let decision = decide(account, Staff { roles, roster }, &call.context()).map_err(refusal)?;
    call.commit(decision, NoContent).await
}

fn refusal(refused: MemberRefused) -> Problem {
    Problem::new(match refused {
        MemberRefused::NotStaff => ProblemKind::NotFound,
        MemberRefused::Refused(_) => ProblemKind::LastAdministrator,
    })
}
