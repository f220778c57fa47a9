//! An administrator decides about a registration.

use decision::{Context, Decision, Mail, Message};
use domain_accounts::{Account, AccountState};
use values::Lines;

use crate::events::{OpenedBy, RegistrationApproved, RegistrationRejected};
use crate::{Registration, RegistrationState, mails};

/// What an administrator decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The account may be used.
    Approve {
        /// What the customer is told.
        reason: Option<Lines<500>>,
    },
    /// It may not.
    Reject {
        /// What the customer is told.
        reason: Option<Lines<500>>,
    },
}

/// Why there is nothing to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecideRefused {
    /// It was decided in the same way before.
    #[error("it was decided in the same way before")]
    Already,
    /// It does not wait for a decision: its address is to be proven first, or it came to an end.
    #[error("the registration does not wait for a decision")]
    NotWaiting,
}

/// Decides about a registration that waits, or anew about one that was rejected. A blocked account stays blocked, and
/// is told nothing.
///
/// # Errors
/// [`DecideRefused`]
pub fn decide(
    registration: &Registration,
    account: &Account,
    verdict: Verdict,
    context: &Context,
) -> Result<Decision, DecideRefused> {
    match (&registration.state, &verdict) {
        _ if account.registration_id != Some(registration.id) => return Err(DecideRefused::NotWaiting),
        (RegistrationState::AwaitingApproval { .. }, _)
        | (RegistrationState::Rejected { .. }, Verdict::Approve { .. }) => {}
        (RegistrationState::Rejected { .. }, Verdict::Reject { .. })
        | (RegistrationState::Completed { .. }, Verdict::Approve { .. }) => return Err(DecideRefused::Already),
        _ => return Err(DecideRefused::NotWaiting),
    }
    Ok(match verdict {
        Verdict::Approve { reason } => approve(registration, account, reason, context),
        Verdict::Reject { reason } => reject(registration, account, reason, context),
    })
}

fn approve(registration: &Registration, account: &Account, reason: Option<Lines<500>>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let state = RegistrationState::Completed { ended_at: context.now, reason: reason.clone() };
    let approved = Registration { state, decided_by: Some(context.actor.clone()), ..registration.clone() };
    let event = RegistrationApproved { registration_id: registration.id, reason: reason.clone() };
    decision.events.push(context.event(registration.subject(), event));
    decision.events.extend(approved.let_in_event(account, OpenedBy::Approval, context));
    let name = account.confirmed_at.is_some().then(|| registration.profile.name.clone());
    tell(&mails::RegistrationApproved { name, reason }, registration, account, &mut decision, context);
    decision.update(account, &Account { state: AccountState::Active, ..account.clone() });
    decision.update(registration, &approved);
    decision
}

fn reject(registration: &Registration, account: &Account, reason: Option<Lines<500>>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let event = RegistrationRejected { registration_id: registration.id, reason: reason.clone() };
    decision.events.push(context.event(registration.subject(), event));
    let mail = mails::RegistrationRejected { reason: reason.clone() };
    tell(&mail, registration, account, &mut decision, context);
    decision.update(account, &Account { state: AccountState::Rejected, ..account.clone() });
    let state = RegistrationState::Rejected { ended_at: context.now, reason };
    let rejected = Registration { state, decided_by: Some(context.actor.clone()), ..registration.clone() };
    decision.update(registration, &rejected);
    decision
}

fn tell<M: Mail>(mail: &M, registration: &Registration, account: &Account, decision: &mut Decision, context: &Context) {
    if account.blocked_at.is_none() {
        let to = account.email.clone();
        decision.create(&Message::new(context, registration.subject(), to, account.language, mail));
    }
}
