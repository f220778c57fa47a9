//! Logging in with another address: proven by a link that is mailed to it, and told to the old one.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use decision::{Context, Decision, Index, Key, LinkTarget, Message, Record, changes_between, versioned};
use domain_accounts::mails::AlreadyRegistered;
use domain_accounts::{Account, Credential, Standing};
use domain_customers::Customer;
use values::{AccountId, AddressChangeId, EmailAddress};

use crate::events::{AddressChangeRequested, AddressChanged};
use crate::mails;

/// How long the link works.
pub const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

const KEPT_AFTER_END: SignedDuration = SignedDuration::from_hours(24);

/// A change of address that waits for its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddressChange {
    /// Its id.
    pub id: AddressChangeId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// Whose address.
    pub account_id: AccountId,
    /// The address at the time; another change in between makes the link worthless.
    pub from: EmailAddress,
    /// The new one.
    pub to: EmailAddress,
    /// The password at the time; another one in between makes the link worthless, because somebody else may have asked.
    pub credential_revision: u32,
    /// Until when the link works.
    pub open_until: Timestamp,
}

/// Why a link does not change the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefused {
    /// It was used, or the address was changed in another way.
    #[error("the link was used or replaced")]
    Used,
    /// It is too old.
    #[error("the link expired")]
    Expired,
    /// The new address belongs to somebody else by now.
    #[error("the address is taken")]
    Taken,
}

impl Record for AddressChange {
    const KIND: &'static str = "ADDRESS_CHANGE";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.account_id, self.id)
    }

    versioned!();

    fn index(&self) -> Index {
        Index { expires_at: Some(self.expires_at()), ..Index::default() }
    }
}

impl AddressChange {
    /// Where a change of address of an account lies.
    pub fn key_of(account: AccountId, id: AddressChangeId) -> Key<Self> {
        Key::new(Account::partition(account), format!("{}#{id}", Self::KIND))
    }

    /// When it may be forgotten.
    pub fn expires_at(&self) -> Timestamp {
        self.open_until + KEPT_AFTER_END
    }
}

/// Mails a link to the new address. If that is taken, its owner is told instead. The answer, the work, and what the account's holder
/// reads in the history are the same.
pub fn ask(account: &Account, to: EmailAddress, known: Option<&Credential>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let event = AddressChangeRequested { account_id: account.id };
    decision.events.push(context.event(account.subject(), event));
    let change = AddressChange {
        id: context.mint(),
        version: 0,
        account_id: account.id,
        from: account.email.clone(),
        to: to.clone(),
        credential_revision: account.credential_revision,
        open_until: context.now + LINK_LIFETIME,
    };
    decision.create(&change);
    let message = match known.filter(|credential| credential.standing != Standing::Open) {
        Some(taken) => {
            let mail = AlreadyRegistered { attempted_at: context.now };
            Message::new(context, taken.subject(), to, taken.language, &mail)
        }
        None => {
            let link = LinkTarget::ChangeAddress { account_id: account.id, change_id: change.id };
            let mail = mails::ConfirmNewAddress { link, expires_at: change.open_until };
            Message::new(context, account.subject(), to, account.language, &mail)
        }
    };
    decision.create(&message);
    decision
}

/// Makes the new address the account's, by its mailed link. `credential` is the old address's, `taken` the new one's with its
/// account, if it has one: what was registered under it and never proven gives way.
///
/// # Errors
/// [`AddressRefused`]
pub fn settle(
    change: &AddressChange,
    account: &Account,
    customer: Option<&Customer>,
    credential: &Credential,
    taken: Option<(&Credential, &Account)>,
    context: &Context,
) -> Result<Decision, AddressRefused> {
    let outdated = account.email != change.from || account.credential_revision != change.credential_revision;
    if outdated || !account.is_open() {
        return Err(AddressRefused::Used);
    }
    if context.now >= change.open_until {
        return Err(AddressRefused::Expired);
    }
    let mut decision = Decision::default();
    let renewed = Credential {
        email: change.to.clone(),
        standing: Standing::Proven,
        latest_registration: account.registration_id,
        ..credential.clone()
    };
    if taken.is_some_and(|(credential, _)| credential.standing != Standing::Open) {
        return Err(AddressRefused::Taken);
    }
    renewed.prevail(taken, &mut decision);
    Credential::release(account, &mut decision);
    let moved = Account { email: change.to.clone(), confirmed_at: Some(context.now), ..account.clone() };
    let changes = match customer {
        Some(customer) => {
            let renamed = Customer {
                email: change.to.clone(),
                email_confirmed_at: Some(context.now),
                email_trouble: None,
                updated_at: context.now,
                ..customer.clone()
            };
            let changes = changes_between(customer, &renamed);
            decision.update(customer, &renamed);
            changes
        }
        None => Vec::new(),
    };
    let event = AddressChanged { account_id: account.id, changes };
    decision.events.push(context.event(account.subject(), event));
    let mail = mails::AddressChanged { changed_at: context.now, to: change.to.hinted() };
    decision.create(&Message::new(context, account.subject(), change.from.clone(), account.language, &mail));
    decision.update(account, &moved);
    decision.remove(change);
    Ok(decision)
}
