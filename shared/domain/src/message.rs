//! Mails, as records first.
//!
//! A mail is stored with the change that asks for it and sent afterwards, so the mail service being down loses none. The
//! states are
//!
//! ```text
//! pending ──claim──► sending ──accepted──► sent
//!    ▲                  │ ├──refused, attempts left──► pending (later)
//!    └──── revive ──────┘ └──refused for good, or no attempts left──► failed
//!     (nobody said what became of it)
//! ```
//!
//! What it trades: the mail service has no idempotency key. When the answer to "send" is lost, the message stays in *sending*
//! for [`LEASE`]; the service's own notice that it accepted the mail settles it in that time, and only without either is the mail
//! tried again. A mail may so arrive twice when both answer and notice are lost; it never fails to arrive for lack of trying.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, AddressChangeId, AddressTrouble, ChallengeId, CompanyRole, Context, Customer, CustomerId, Decision,
    DeviceLabel, EmailAddress, EmployeeId, Event, Happening, InvitationId, Kind, Language, Lines, MessageId,
    PasswordResetId, RegistrationId, RoleName, Subject, Text, changes_between,
};

/// How long one attempt may take before it counts as lost.
pub const LEASE: SignedDuration = SignedDuration::from_mins(15);

/// How long a pending message may lie before it is offered to delivery once more.
const OVERLOOKED_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// Attempts are made for about three days: the first waits add up to 2 h, the rest are 6 h each.
const ATTEMPTS: u32 = 20;

/// What a mailed link leads to. The link's token is derived from these ids and a key; it is stored nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum LinkTarget {
    /// Proves the address of a registration.
    ConfirmAddress {
        /// The customer.
        customer_id: CustomerId,
        /// The account.
        account_id: AccountId,
        /// The registration.
        registration_id: RegistrationId,
    },
    /// Accepts an invitation to the staff.
    AcceptInvitation {
        /// The account.
        account_id: AccountId,
        /// The invitation.
        invitation_id: InvitationId,
    },
    /// Accepts an invitation to a company.
    JoinCompany {
        /// The company.
        customer_id: CustomerId,
        /// The employee.
        employee_id: EmployeeId,
    },
    /// Sets another password.
    ResetPassword {
        /// The account.
        account_id: AccountId,
        /// The reset that was asked for.
        reset_id: PasswordResetId,
    },
    /// Makes another address the account's.
    ChangeAddress {
        /// The account.
        account_id: AccountId,
        /// The change that was asked for.
        change_id: AddressChangeId,
    },
}

/// What following the link of a registration brings about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfirmationEffect {
    /// The account opens.
    OpensAccount,
    /// An administrator is asked.
    AsksForApproval,
    /// The address counts as proven; the account is as it was.
    ProvesAddress,
}

/// What a mail says. The words are added when it is sent, in the reader's language.
///
/// A mail to an address that nobody has proven carries nothing that a stranger typed: otherwise registering would be a way to
/// write to anybody. The one exception is [`Mail::EmployeeInvitation`], which nobody could make sense of without the company's name.
/// Only who is in can send it, and not many a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Mail {
    /// Asks to prove the address by a click.
    ConfirmAddress {
        /// What the link leads to.
        link: LinkTarget,
        /// When the registration was received.
        registered_at: Timestamp,
        /// How long the link works.
        expires_at: Timestamp,
        /// What following it brings about.
        effect: ConfirmationEffect,
    },
    /// Tells a customer that the registration has arrived and an administrator decides.
    RegistrationReceived {},
    /// Tells a customer that an administrator decided for the registration.
    RegistrationApproved {
        /// The name to greet, if the address is proven.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Text<200>>,
    },
    /// Tells a customer that an administrator decided against the registration.
    RegistrationRejected {
        /// What the administrator said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Lines<500>>,
    },
    /// Tells the owner of an account that someone tried to register its address.
    AlreadyRegistered {
        /// When that was.
        attempted_at: Timestamp,
    },
    /// Welcomes a customer whose account has been opened.
    Welcome {
        /// The name to greet, if the address is proven.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Text<200>>,
    },
    /// Brings the code that logging in from an unknown device takes.
    DeviceCode {
        /// The account.
        account_id: AccountId,
        /// What the code is derived from.
        challenge_id: ChallengeId,
        /// What the device calls itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<DeviceLabel>,
        /// When the password was right.
        attempted_at: Timestamp,
        /// How long the code works.
        expires_at: Timestamp,
    },
    /// Brings the link that sets another password.
    PasswordReset {
        /// What the link leads to.
        link: LinkTarget,
        /// When it was asked for.
        asked_at: Timestamp,
        /// How long the link works.
        expires_at: Timestamp,
    },
    /// Tells that the password was changed.
    PasswordChanged {
        /// When.
        changed_at: Timestamp,
    },
    /// Tells that all sessions were ended, because somebody copied a token.
    SessionsEnded {
        /// When that was noticed.
        noticed_at: Timestamp,
    },
    /// Asks to prove a new address, to that address.
    ConfirmNewAddress {
        /// What the link leads to.
        link: LinkTarget,
        /// How long the link works.
        expires_at: Timestamp,
    },
    /// Tells the old address that another one took its place.
    AddressChanged {
        /// When.
        changed_at: Timestamp,
        /// The new one, with its name hidden but for the first letter.
        to: String,
    },
    /// Tells an administrator that a registration waits for a decision.
    ApprovalAwaited {
        /// The name that was given.
        name: Text<200>,
        /// Person or company.
        kind: Kind,
        /// Since when it waits.
        since: Timestamp,
    },
    /// Tells an administrator that somebody registered.
    NewRegistration {
        /// The name that was given.
        name: Text<200>,
        /// Person or company.
        kind: Kind,
        /// When the account opened.
        opened_at: Timestamp,
    },
    /// Invites to a company.
    EmployeeInvitation {
        /// What the link leads to.
        link: LinkTarget,
        /// The name that the company goes by.
        company: Text<200>,
        /// What they will be able to do there.
        role: CompanyRole,
        /// How long the link works.
        expires_at: Timestamp,
    },
    /// Invites to the staff.
    StaffInvitation {
        /// What the link leads to.
        link: LinkTarget,
        /// What they will be able to do.
        role: RoleName,
        /// How long the link works.
        expires_at: Timestamp,
    },
}

impl Mail {
    /// The name of the template.
    pub fn template(&self) -> &'static str {
        match self {
            Self::ConfirmAddress { .. } => "confirm-address",
            Self::RegistrationReceived {} => "registration-received",
            Self::RegistrationApproved { .. } => "registration-approved",
            Self::RegistrationRejected { .. } => "registration-rejected",
            Self::AlreadyRegistered { .. } => "already-registered",
            Self::Welcome { .. } => "welcome",
            Self::DeviceCode { .. } => "device-code",
            Self::PasswordReset { .. } => "password-reset",
            Self::PasswordChanged { .. } => "password-changed",
            Self::SessionsEnded { .. } => "sessions-ended",
            Self::ConfirmNewAddress { .. } => "confirm-new-address",
            Self::AddressChanged { .. } => "address-changed",
            Self::ApprovalAwaited { .. } => "approval-awaited",
            Self::NewRegistration { .. } => "new-registration",
            Self::EmployeeInvitation { .. } => "employee-invitation",
            Self::StaffInvitation { .. } => "staff-invitation",
        }
    }

    /// Where its link leads, if it has one.
    pub fn link(&self) -> Option<&LinkTarget> {
        match self {
            Self::ConfirmAddress { link, .. }
            | Self::EmployeeInvitation { link, .. }
            | Self::StaffInvitation { link, .. }
            | Self::PasswordReset { link, .. }
            | Self::ConfirmNewAddress { link, .. } => Some(link),
            _ => None,
        }
    }
}

/// Where a message stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum MessageState {
    /// To be sent, or after a failed attempt to be sent again when `due_at` comes.
    Pending {
        /// When it is offered to delivery if nothing happens before.
        due_at: Timestamp,
    },
    /// Refused for now; tried again when `due_at` comes.
    Waiting {
        /// When.
        due_at: Timestamp,
    },
    /// Being handed to the mail service.
    Sending {
        /// When the attempt counts as lost.
        due_at: Timestamp,
    },
    /// Accepted by the mail service.
    Sent {
        /// When.
        sent_at: Timestamp,
    },
    /// Given up.
    Failed {
        /// When.
        failed_at: Timestamp,
        /// What the mail service said last.
        reason: String,
    },
}

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// In whose history it belongs.
    pub subject: Subject,
    /// The address.
    pub to: EmailAddress,
    /// The reader's language.
    pub language: Language,
    /// What it says.
    pub mail: Mail,
    /// Where it stands.
    #[serde(flatten)]
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was decided to send it.
    pub created_at: Timestamp,
}

/// What came of an attempt to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The mail service took it.
    Accepted,
    /// The mail service did not take it, and may later.
    Refused(String),
    /// The mail service will never take it.
    Rejected(String),
}

impl Message {
    /// A message to be sent at once.
    pub fn new(context: &Context, subject: Subject, to: EmailAddress, language: Language, mail: Mail) -> Self {
        Self {
            id: context.mint(),
            version: 0,
            subject,
            to,
            language,
            mail,
            state: MessageState::Pending { due_at: context.now + OVERLOOKED_AFTER },
            attempts: 0,
            created_at: context.now,
        }
    }

    /// When something is to be done about it.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self.state {
            MessageState::Pending { due_at } | MessageState::Waiting { due_at } | MessageState::Sending { due_at } => {
                Some(due_at)
            }
            MessageState::Sent { .. } | MessageState::Failed { .. } => None,
        }
    }

    fn in_state(&self, state: MessageState) -> Self {
        Self { state, ..self.clone() }
    }
}

/// Takes a pending message for sending, so that nobody else sends it; nothing if it is not pending.
/// The message is returned as it will be once the decision is stored.
pub fn claim(message: &Message, context: &Context) -> Option<(Message, Decision)> {
    let MessageState::Pending { .. } = message.state else { return None };
    let claimed = Message {
        attempts: message.attempts + 1,
        ..message.in_state(MessageState::Sending { due_at: context.now + LEASE })
    };
    let mut decision = Decision::default();
    decision.update(claimed.clone(), message.version);
    Some((Message { version: message.version + 1, ..claimed }, decision))
}

/// Writes down what came of an attempt; nothing if the message is not being sent.
pub fn settle(message: &Message, outcome: Outcome, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let MessageState::Sending { .. } = message.state else { return decision };
    let state = match outcome {
        Outcome::Accepted => MessageState::Sent { sent_at: context.now },
        Outcome::Refused(_) if message.attempts < ATTEMPTS => {
            MessageState::Waiting { due_at: context.now + wait_after(message.attempts) }
        }
        Outcome::Refused(reason) | Outcome::Rejected(reason) => MessageState::Failed { failed_at: context.now, reason },
    };
    decision.events.extend(told(message, &state, context));
    decision.update(message.in_state(state), message.version);
    decision
}

/// Writes down that the mail service reported to have accepted the message; nothing if that is known.
pub fn note_sent(message: &Message, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if let MessageState::Sent { .. } = message.state {
        return decision;
    }
    let state = MessageState::Sent { sent_at: context.now };
    decision.events.extend(told(message, &state, context));
    decision.update(message.in_state(state), message.version);
    decision
}

/// Writes down that a mail came back for good, or was reported as unwanted: the address is marked on the customer's record, if it
/// is still theirs.
pub fn note_trouble(
    message: &Message,
    customer: Option<&Customer>,
    trouble: AddressTrouble,
    context: &Context,
) -> Decision {
    let mut decision = Decision::default();
    let Some(customer) = customer.filter(|customer| customer.email == message.to) else { return decision };
    if customer.email_trouble == Some(trouble) {
        return decision;
    }
    let marked = Customer { email_trouble: Some(trouble), updated_at: context.now, ..customer.clone() };
    let changes = changes_between(customer, &marked);
    let happening = Happening::AddressTroubled { message_id: message.id, trouble, changes };
    decision.events.push(context.event(message.subject, happening));
    decision.update(marked, customer.version);
    decision
}

/// Offers a message that has come due to delivery again; nothing if it is not due.
pub fn revive(message: &Message, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if message.due_at().is_some_and(|due_at| due_at <= context.now) {
        let pending = MessageState::Pending { due_at: context.now + OVERLOOKED_AFTER };
        decision.update(message.in_state(pending), message.version);
    }
    decision
}

fn told(message: &Message, state: &MessageState, context: &Context) -> Option<Event> {
    let template = message.mail.template().to_owned();
    let happening = match state {
        MessageState::Sent { .. } => Happening::MessageSent { message_id: message.id, template },
        MessageState::Failed { reason, .. } => {
            Happening::MessageFailed { message_id: message.id, template, reason: reason.clone() }
        }
        _ => return None,
    };
    Some(context.event(message.subject, happening))
}

fn wait_after(attempts: u32) -> SignedDuration {
    match attempts {
        0..=8 => SignedDuration::from_secs(30 * (1 << attempts.saturating_sub(1))),
        _ => SignedDuration::from_hours(6),
    }
}
