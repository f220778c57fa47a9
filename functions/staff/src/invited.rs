//! What is known of an address that is invited to the staff, by a member of staff or by the ops team.

use domain_accounts::{Account, Credential, Roles};
use domain_staff::{InvitedAddress, Known, Roster, Staff};
use service::Service;
use store::StoreError;
use values::EmailAddress;

/// What an invitation is decided on.
pub(crate) struct Found {
    pub(crate) credential: Option<Credential>,
    invited: Option<InvitedAddress>,
    account: Option<Account>,
    pub(crate) roles: Roles,
    pub(crate) roster: Roster,
}

/// Reads it: in one round trip, and in two if the address was invited before.
pub(crate) async fn find(service: &Service, email: &EmailAddress) -> Result<Found, StoreError> {
    let keys = (Credential::key_of(email), InvitedAddress::key_of(email), Roles::key_of_all(), Roster::key_of_all());
    let (credential, invited, roles, roster) = service.store.get_all(keys).await?;
    let account = match &invited {
        Some(invited) => service.store.get(Account::key_of(invited.account_id)).await?,
        None => None,
    };
    let (roles, roster) = (roles.unwrap_or_default(), roster.unwrap_or_default());
    Ok(Found { credential, invited, account, roles, roster })
}

impl Found {
    pub(crate) fn known(&self) -> Known<'_> {
        Known { credential: self.credential.as_ref(), invited: self.invited.as_ref(), account: self.account.as_ref() }
    }

    pub(crate) fn staff(&self) -> Staff<'_> {
        Staff { roles: &self.roles, roster: &self.roster }
    }
}
