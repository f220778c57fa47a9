//! How a member of staff is changed, whatever the change: by somebody who may, on what is read now, so that somebody is always
//! left who can manage staff.

use domain::{Account, AccountId, Administrators, Context, Decision, Permission, Roles, StaffRefused};
use runtime::{Answer, Problem, ProblemKind, Request};
use service::Service;
use store::{Key, until_settled};

/// A member of staff, and what a change has to know besides.
pub(crate) struct Member {
    pub(crate) account: Account,
    pub(crate) roles: Roles,
    pub(crate) administrators: Administrators,
}

/// Decides and commits, again and again while others change the same.
pub(crate) async fn change(
    service: &Service,
    request: &Request,
    id: AccountId,
    decide: impl Fn(&Member, &Context) -> Result<Result<Decision, StaffRefused>, Problem>,
) -> Result<Answer, Problem> {
    until_settled(async || {
        let keys = (Key::account(id), Key::roles(), Key::administrators());
        let (caller, found) = tokio::join!(service.caller(request), service.store.get_all(keys));
        let caller = caller?;
        caller.must_be_permitted(Permission::ManageStaff)?;
        let (account, roles, administrators) = found?;
        let account = account.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        let (roles, administrators) = (roles.unwrap_or_default(), administrators.unwrap_or_default());
        let context = service.context(caller.actor(), request.cause());
        let decision = decide(&Member { account, roles, administrators }, &context)?.map_err(refusal)?;
        service.store.commit(decision).await?;
        Ok(Answer::empty())
    })
    .await
}

fn refusal(refused: StaffRefused) -> Problem {
    Problem::new(match refused {
        StaffRefused::NotStaff => ProblemKind::NotFound,
        StaffRefused::LastAdministrator => ProblemKind::LastAdministrator,
    })
}
