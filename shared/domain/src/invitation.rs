//! How staff come in: invited by mail, they choose a name and a password.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Account, AccountId, AccountState, Context, Credential, Decision, EmailAddress, Happening, Holder, InvitationId,
    Language, LinkTarget, Mail, Message, Notifications, PasswordHash, Role, Standing, Text,
};

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
    /// What the account will be able to do.
    pub role: Role,
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
    /// The address is a customer's.
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
}

impl Invitation {
    /// When it may be forgotten.
    pub fn expires_at(&self) -> Option<Timestamp> {
        Some(self.open_until + KEPT_AFTER_END)
    }
}

/// Invites an address to the staff. `known` is what it logs in with, if it has been invited or registered before; inviting again
/// sends a new link.
///
/// # Errors
/// [`InviteRefused`]
pub fn invite(
    email: EmailAddress,
    role: Role,
    language: Language,
    known: Option<&Credential>,
    context: &Context,
) -> Result<Decision, InviteRefused> {
    let mut decision = Decision::default();
    let account_id = match known {
        Some(Credential { holder: Holder::Customer { .. }, .. }) => return Err(InviteRefused::BelongsToCustomer),
        Some(Credential { standing: Standing::Proven, .. }) => return Err(InviteRefused::AlreadyStaff),
        Some(credential) => credential.account_id,
        None => open_account(&email, role, language, &mut decision, context),
    };
    let subject = Holder::Staff { role }.subject(account_id);
    let invitation = Invitation {
        id: context.mint(),
        version: 0,
        account_id,
        role,
        state: InvitationState::Open,
        open_until: context.now + LIFETIME,
    };
    let link = LinkTarget::AcceptInvitation { account_id, invitation_id: invitation.id };
    let mail = Mail::StaffInvitation { link, role, expires_at: invitation.open_until };
    decision.create(Message::new(context, subject, email.clone(), language, mail));
    decision.events.push(context.event(subject, Happening::StaffInvited { invitation_id: invitation.id, email, role }));
    decision.create(invitation);
    Ok(decision)
}

fn open_account(
    email: &EmailAddress,
    role: Role,
    language: Language,
    decision: &mut Decision,
    context: &Context,
) -> AccountId {
    let (id, holder) = (context.mint(), Holder::Staff { role });
    decision.create(Account {
        id,
        version: 0,
        holder,
        state: AccountState::Unconfirmed,
        email: email.clone(),
        name: None,
        language,
        created_at: context.now,
        confirmed_at: None,
        registration_id: None,
        blocked_at: None,
        credential_revision: 0,
        session_revision: 0,
        owner_revision: 0,
        notifications: Notifications::default(),
    });
    decision.create(Credential {
        email: email.clone(),
        account_id: id,
        holder,
        password_hash: None,
        standing: Standing::Open,
        revision: 0,
        language,
        latest_registration: None,
    });
    id
}

/// Opens the account of an invitation whose mailed link was followed.
///
/// # Errors
/// [`AcceptRefused`]
pub fn accept(
    invitation: &Invitation,
    account: &Account,
    name: Text<200>,
    password_hash: PasswordHash,
    context: &Context,
) -> Result<Decision, AcceptRefused> {
    if invitation.state != InvitationState::Open || account.state != AccountState::Unconfirmed {
        return Err(AcceptRefused::Used);
    }
    if context.now >= invitation.open_until {
        return Err(AcceptRefused::Expired);
    }
    let mut decision = Decision::default();
    let holder = Holder::Staff { role: invitation.role };
    decision.update(
        Account {
            holder,
            state: AccountState::Active,
            name: Some(name),
            confirmed_at: Some(context.now),
            ..account.clone()
        },
        account.version,
    );
    decision.claim(Credential {
        email: account.email.clone(),
        account_id: account.id,
        holder,
        password_hash: Some(password_hash),
        standing: Standing::Proven,
        revision: account.credential_revision,
        language: account.language,
        latest_registration: None,
    });
    decision.update(Invitation { state: InvitationState::Accepted, ..invitation.clone() }, invitation.version);
    let happening = Happening::StaffJoined { invitation_id: invitation.id, role: invitation.role };
    decision.events.push(context.event(account.subject(), happening));
    Ok(decision)
}
