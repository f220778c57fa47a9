//! How staff come in: invited by mail, they choose a name and a password.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Account, AccountId, AccountState, Administrators, Context, Credential, Decision, EmailAddress, Happening, Holder,
    InvitationId, Language, LinkTarget, Mail, Message, PasswordHash, RoleName, Roles, Standing, Subject, Text,
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
    pub role: RoleName,
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
    /// The address is a customer's, or one of its employees'.
    #[error("the address belongs to a customer")]
    BelongsToCustomer,
}

/// Why an invitation is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AcceptRefused {
    /// It was accepted before, or another one was, or it was for another role than the one decided on last.
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

/// Invites an address to the staff. `known` is what it logs in with, if it has been invited or registered before, and `account` the
/// account that it opens. Inviting again sends a new link; with another role, the links from before stop working.
///
/// # Errors
/// [`InviteRefused`]
pub fn invite(
    email: EmailAddress,
    role: RoleName,
    language: Language,
    known: Option<&Credential>,
    account: Option<&Account>,
    context: &Context,
) -> Result<Decision, InviteRefused> {
    let mut decision = Decision::default();
    let holder = Holder::Staff { role: role.clone() };
    let account_id = match known {
        Some(Credential { holder: Holder::Customer { .. } | Holder::Employee { .. }, .. }) => {
            return Err(InviteRefused::BelongsToCustomer);
        }
        Some(Credential { standing: Standing::Proven, .. }) => return Err(InviteRefused::AlreadyStaff),
        Some(credential) => {
            if let Some(invited) = account.filter(|invited| invited.holder != holder) {
                decision.update(Account { holder, ..invited.clone() }, invited.version);
            }
            credential.account_id
        }
        None => open_account(&email, &role, language, &mut decision, context),
    };
    let subject = Subject::Staff { account_id };
    let invitation = Invitation {
        id: context.mint(),
        version: 0,
        account_id,
        role: role.clone(),
        state: InvitationState::Open,
        open_until: context.now + LIFETIME,
    };
    let link = LinkTarget::AcceptInvitation { account_id, invitation_id: invitation.id };
    let mail = Mail::StaffInvitation { link, role: role.clone(), expires_at: invitation.open_until };
    decision.create(Message::new(context, subject, email.clone(), language, mail));
    let happening = Happening::StaffInvited { invitation_id: invitation.id, email, role };
    decision.events.push(context.event(subject, happening));
    decision.create(invitation);
    Ok(decision)
}

fn open_account(
    email: &EmailAddress,
    role: &RoleName,
    language: Language,
    decision: &mut Decision,
    context: &Context,
) -> AccountId {
    let (id, holder) = (context.mint(), Holder::Staff { role: role.clone() });
    decision.create(Account::new(id, holder.clone(), email.clone(), language, context.now));
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

/// What someone who was invited chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// The name that others see.
    pub name: Text<200>,
    /// The hash of the password.
    pub password_hash: PasswordHash,
}

/// Opens the account of an invitation whose mailed link was followed.
///
/// # Errors
/// [`AcceptRefused`]
pub fn accept(
    invitation: &Invitation,
    account: &Account,
    joining: Joining,
    roles: &Roles,
    administrators: &Administrators,
    context: &Context,
) -> Result<Decision, AcceptRefused> {
    let as_invited = matches!(&account.holder, Holder::Staff { role } if *role == invitation.role);
    if invitation.state != InvitationState::Open || account.state != AccountState::Unconfirmed || !as_invited {
        return Err(AcceptRefused::Used);
    }
    if context.now >= invitation.open_until {
        return Err(AcceptRefused::Expired);
    }
    let mut decision = Decision::default();
    let joined = Account {
        holder: Holder::Staff { role: invitation.role.clone() },
        permissions: roles.get(&invitation.role).map(|role| role.permissions.clone()).unwrap_or_default(),
        state: AccountState::Active,
        name: Some(joining.name),
        confirmed_at: Some(context.now),
        ..account.clone()
    };
    decision.claim(Credential {
        email: account.email.clone(),
        account_id: account.id,
        holder: joined.holder.clone(),
        password_hash: Some(joining.password_hash),
        standing: Standing::Proven,
        revision: account.credential_revision,
        language: account.language,
        latest_registration: None,
    });
    administrators.add(&joined, &mut decision);
    decision.update(joined, account.version);
    decision.update(Invitation { state: InvitationState::Accepted, ..invitation.clone() }, invitation.version);
    let happening = Happening::StaffJoined { invitation_id: invitation.id, role: invitation.role.clone() };
    decision.events.push(context.event(account.subject(), happening));
    Ok(decision)
}
