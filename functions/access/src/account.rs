//! An account that staff can block: anybody's but a member of staff's, who are deactivated instead.

use domain_accounts::{Account, Holder};
use runtime::{Problem, ProblemKind};
use service::permission::BlockAccounts;
use service::{Service, Staff};
use values::AccountId;

/// Who may block and unblock the account that the path names.
pub(crate) type Access = Staff<BlockAccounts, AccountId>;

/// Reads the account.
pub(crate) async fn find(service: &Service, id: AccountId) -> Result<Account, Problem> {
    let account = service.store.get(Account::key_of(id)).await?;
    let account = account.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    match account.holder {
        Holder::Staff { .. } => Err(Problem::new(ProblemKind::Forbidden)),
        Holder::Customer { .. } | Holder::Employee { .. } => Ok(account),
    }
}
