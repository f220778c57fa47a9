//! How staff come in: invited by mail, they choose a name and a password.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use decision::{
    Context, Decision, Fact, Facts, Guard, Index, Key, LinkTarget, Mail, Message, Record, Secret, versioned,
};
use domain_accounts::{Account, AccountState, Credential, Holder, Joining, RoleName, Standing};
use values::{AccountId, EmailAddress, InvitationId, Language};

use crate::events::{StaffInvited, StaffJoined};
use crate::member::Staff;
use crate::roster::StaffRefused;

/// How long an invitation can be accepted.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

const KEPT_AFTER_END: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InvitationState {
    /// Can be accepted until it expires.
    Open,
    /// Was accepted.
    #[serde(other)]
    Accepted,
}

/// An invitation to join the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// The account that it opens.
    pub account_id: AccountId,
    /// Where it stands.
    pub state: InvitationState,
    /// Until when it can be accepted.
    pub open_until: Timestamp,
}

/// Why someone is not invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InviteRefused {
    /// The address logs in as staff already.
    #[error("the address belongs to a member of staff")]
    AlreadyStaff,
    /// The address is a customer's, or one of its employees', who has proven it.
    #[error("the address belongs to a customer")]
    BelongsToCustomer,
}

/// Why an invitation is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AcceptRefused {
    /// It was accepted before, or another one was.
    #[error("the invitation was used or replaced")]
    Used,
    /// It is too old.
    #[error("the invitation expired")]
    Expired,
    /// Somebody proved the address in the meantime, as a customer.
    #[error("the address is taken")]
    Taken,
}

impl Record for Invitation {
    const KIND: &'static str = "INVITATION";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.account_id, self.id)
    }

    versioned!();

    fn index(&self) -> Index {
        Index { expires_at: self.expires_at(), ..Index::default() }
    }
}

/// That an address is invited to the staff, and which account the invitation opens. There is one per address, so that two who invite
/// it at the same moment do not make two members of staff. It goes when the invitation is accepted.
///
/// Inviting writes nothing under the address itself: who registered it without proving it does not keep the staff from it, and is
/// displaced when the invitation is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvitedAddress {
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// The address.
    pub email: EmailAddress,
    /// The account.
    pub account_id: AccountId,
}

impl Record for InvitedAddress {
    const KIND: &'static str = "INVITED_ADDRESS";

    fn key(&self) -> Key<Self> {
        Self::key_of(&self.email)
    }

    versioned!();
}

impl InvitedAddress {
    /// Where an invited address lies.
    pub fn key_of(email: &EmailAddress) -> Key<Self> {
        Key::new("STAFF", format!("{}#{email}", Self::KIND))
    }
}

impl Invitation {
    /// Where an invitation of an account lies.
    pub fn key_of(account: AccountId, id: InvitationId) -> Key<Self> {
        Key::new(Account::partition(account), format!("{}#{id}", Self::KIND))
    }

    /// When it may be forgotten.
    pub fn expires_at(&self) -> Option<Timestamp> {
        Some(self.open_until + KEPT_AFTER_END)
    }
}

/// What is known of an address that is invited.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'known> {
    /// What it logs in with.
    pub credential: Option<&'known Credential>,
    /// That it was invited before.
    pub invited: Option<&'known InvitedAddress>,
    /// The account that the invitation before opens.
    pub account: Option<&'known Account>,
}

/// Invites an address to the staff. Inviting again sends a new link and decides on the role anew, for all links that were sent.
///
/// # Errors
/// [`InviteRefused`]
pub fn invite(
    email: EmailAddress,
    role: RoleName,
    language: Language,
    known: Known<'_>,
    staff: Staff<'_>,
    context: &Context,
) -> Result<Decision, InviteRefused> {
    match known.credential {
        Some(Credential { holder: Holder::Staff { .. }, .. }) => return Err(InviteRefused::AlreadyStaff),
        Some(Credential { standing: Standing::Proven, .. }) => return Err(InviteRefused::BelongsToCustomer),
        Some(_) | None => {}
    }
    let mut decision = Decision::default();
    let holder = Holder::Staff { role: role.clone() };
    let account = match (known.invited, known.account) {
        (Some(_), Some(invited)) => {
            let renewed = Account { holder, ..invited.clone() };
            if renewed != *invited {
                decision.update(invited, &renewed);
            }
            renewed
        }
        _ => {
            let account = Account::new(context.mint(), holder, email.clone(), language, context.now);
            decision.create(&account);
            decision.create(&InvitedAddress { version: 0, email: email.clone(), account_id: account.id });
            account
        }
    };
    staff.roster.enter(&account, staff.roles, &mut decision);
    let subject = account.subject();
    let invitation = Invitation {
        id: context.mint(),
        version: 0,
        account_id: account.id,
        state: InvitationState::Open,
        open_until: context.now + LIFETIME,
    };
    let link = LinkTarget::AcceptInvitation { account_id: account.id, invitation_id: invitation.id };
    let mail = StaffInvitation { link, role: role.clone(), expires_at: invitation.open_until };
    decision.create(&Message::new(context, subject.clone(), email.clone(), language, &mail));
    let invited = StaffInvited { invitation_id: invitation.id, email, role };
    decision.events.push(context.event(subject, invited));
    decision.create(&invitation);
    Ok(decision)
}

/// Checks whether an invitation can be accepted, before anything is hashed for it.
///
/// # Errors
/// [`AcceptRefused`]
pub fn check(
    invitation: &Invitation,
    account: &Account,
    credential: Option<&Credential>,
    context: &Context,
) -> Result<(), AcceptRefused> {
    if invitation.state != InvitationState::Open || account.state != AccountState::Unconfirmed {
        return Err(AcceptRefused::Used);
    }
    if context.now >= invitation.open_until {
        return Err(AcceptRefused::Expired);
    }
    match credential {
        Some(Credential { standing: Standing::Proven, .. }) => Err(AcceptRefused::Taken),
        Some(_) | None => Ok(()),
    }
}

/// Opens the account of an invitation whose mailed link was followed, with the role that was decided on last. `credential` is what the
/// address logs in with: only what somebody registered and nobody proved, which gives way, and its account with it.
///
/// # Errors
/// [`AcceptRefused`]
pub fn accept(
    invitation: &Invitation,
    account: &Account,
    joining: Joining,
    unproven: Option<(&Credential, &Account)>,
    staff: Staff<'_>,
    context: &Context,
) -> Result<Decision, AcceptRefused> {
    check(invitation, account, unproven.map(|(credential, _)| credential), context)?;
    let Holder::Staff { role } = &account.holder else { return Err(AcceptRefused::Used) };
    let mut decision = Decision::default();
    let joined = Account {
        state: AccountState::Active,
        name: Some(joining.name),
        confirmed_at: Some(context.now),
        ..account.clone()
    };
    let credential = Credential {
        email: account.email.clone(),
        account_id: account.id,
        holder: joined.holder.clone(),
        password_hash: Some(joining.password_hash),
        standing: Standing::Proven,
        revision: account.credential_revision,
        language: account.language,
        latest_registration: None,
    };
    credential.prevail(unproven, &mut decision);
    staff
        .roster
        .note(&joined, staff.roles, &mut decision)
        .map_err(|StaffRefused::LastAdministrator| AcceptRefused::Used)?;
    decision.update(account, &joined);
    decision.update(invitation, &Invitation { state: InvitationState::Accepted, ..invitation.clone() });
    decision.delete(InvitedAddress::key_of(&account.email), Guard::Present);
    let told = StaffJoined { invitation_id: invitation.id, role: role.clone() };
    decision.events.push(context.event(account.subject(), told));
    Ok(decision)
}

/// Invites to the staff.
#[derive(Debug, Clone)]
pub struct StaffInvitation {
    /// What the link leads to.
    pub link: LinkTarget,
    /// What they will be able to do.
    pub role: RoleName,
    /// How long the link works.
    pub expires_at: Timestamp,
}

impl Mail for StaffInvitation {
    const TEMPLATE: &'static str = "staff-invitation";

    fn facts(&self) -> Facts {
        Facts::default().with("role", Fact::Term(format!("role-{}", self.role))).moment("expires", self.expires_at)
    }

    fn secret(&self) -> Option<Secret> {
        Some(Secret::Link { target: self.link })
    }

    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.expires_at)
    }
}
