//! Someone followed the mailed link, so the address is theirs. Whether they registered too is another question: anybody can register
//! anybody's address, and a link that is followed out of habit must not open a stranger's account.

use decision::{Context, Decision, changes_between};
use domain_accounts::{Account, AccountState, Credential, PasswordHash, Standing};
use domain_customers::Customer;
use domain_settings::NextStep;

use crate::events::{OpenedBy, RegistrationConfirmed, RegistrationSuperseded};
use crate::registration::let_in;
use crate::{Registration, RegistrationState};

/// What besides the link says whose account opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// The device that registered follows it.
    Device,
    /// Whoever follows it knows the password of the registration.
    Password,
    /// Whoever follows it chose this password, because they did not register or have forgotten the one from then.
    NewPassword(PasswordHash),
}

/// Why a link does not prove anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConfirmRefused {
    /// It was followed already, or the address was proven in another way.
    #[error("the link was used or replaced")]
    Used,
    /// It is too old.
    #[error("the link expired")]
    Expired,
    /// An administrator decided against the registration in the meantime.
    #[error("the registration was rejected")]
    Rejected,
}

/// Proves the address of a registration whose mailed link was followed, and says what comes next.
///
/// If the account stood on another registration (`replaced`, where there is one that did not end), this one takes its place, and
/// what was started on the address before is over: the password, the sessions, the devices. A [new password](Proof::NewPassword)
/// ends the same of this registration. Its device is known from now on if it followed the link itself.
///
/// # Errors
/// [`ConfirmRefused`]
pub fn confirm(
    registration: &Registration,
    account: &Account,
    customer: &Customer,
    replaced: Option<&Registration>,
    proof: &Proof,
    context: &Context,
) -> Result<(NextStep, Decision), ConfirmRefused> {
    check_link(registration, account, context)?;
    let mut proven = Registration {
        confirmed_at: Some(context.now),
        link_expires_at: None,
        password_hash: None,
        ..registration.clone()
    };
    let takes_over = account.registration_id != Some(registration.id);
    let mut decision = Decision::default();
    let renewed = renew(&mut proven, account, proof, context);
    let confirmed = Customer {
        email_confirmed_at: Some(context.now),
        profile: if takes_over { registration.profile.clone() } else { customer.profile.clone() },
        updated_at: context.now,
        ..customer.clone()
    };
    decision.events.push(context.event(
        registration.subject(),
        RegistrationConfirmed {
            registration_id: registration.id,
            account_id: renewed.id,
            changes: changes_between(customer, &confirmed),
        },
    ));
    if takes_over {
        decision.events.extend(proven.let_in_event(&renewed, OpenedBy::Confirmation, context));
        supersede(replaced, &proven, &mut decision, context);
        if *proof == Proof::Device {
            proven.sighting(&renewed, context).note(&mut decision);
        }
    }
    match proof {
        Proof::NewPassword(password) => {
            credential(registration, &renewed, Some(password.clone())).take_over(&mut decision);
        }
        Proof::Device | Proof::Password if takes_over => {
            credential(registration, &renewed, registration.password_hash.clone()).take_over(&mut decision);
        }
        Proof::Device | Proof::Password => Credential::prove(&renewed.email, renewed.id, &mut decision),
    }
    let next = match renewed.state {
        AccountState::AwaitingApproval => NextStep::AwaitApproval,
        _ => NextStep::LogIn,
    };
    decision.update(customer, &confirmed);
    decision.update(account, &renewed);
    decision.update(registration, &proven);
    Ok((next, decision))
}

/// Checks whether a link still proves something, before anything is hashed for it.
///
/// # Errors
/// [`ConfirmRefused`]
pub fn check_link(registration: &Registration, account: &Account, context: &Context) -> Result<(), ConfirmRefused> {
    match registration.state {
        RegistrationState::Rejected { .. } => return Err(ConfirmRefused::Rejected),
        RegistrationState::Expired { .. } => return Err(ConfirmRefused::Expired),
        RegistrationState::Superseded { .. } | RegistrationState::Taken | RegistrationState::Unknown => {
            return Err(ConfirmRefused::Used);
        }
        RegistrationState::AwaitingConfirmation
        | RegistrationState::AwaitingApproval { .. }
        | RegistrationState::Completed { .. } => {}
    }
    match registration.link_expires_at {
        _ if account.confirmed_at.is_some() || account.state == AccountState::Displaced => Err(ConfirmRefused::Used),
        None => Err(ConfirmRefused::Used),
        Some(link_expires_at) if context.now >= link_expires_at => Err(ConfirmRefused::Expired),
        Some(_) => Ok(()),
    }
}

/// The account, proven, and standing on the registration.
fn renew(registration: &mut Registration, account: &Account, proof: &Proof, context: &Context) -> Account {
    let takes_over = account.registration_id != Some(registration.id);
    let begins_anew = matches!(proof, Proof::NewPassword(_));
    let is_others_end = begins_anew || (takes_over && account.registration_id.is_some());
    let proven = Account {
        confirmed_at: Some(context.now),
        owner_revision: account.owner_revision + u32::from(is_others_end),
        ..account.clone()
    };
    let proven = if takes_over || begins_anew { proven.with_new_password() } else { proven };
    if !takes_over {
        return proven;
    }
    let (account_state, registration_state) = let_in(registration.terms, context.now);
    registration.state = registration_state;
    Account {
        state: account_state,
        name: Some(registration.profile.name.clone()),
        language: registration.profile.language,
        registration_id: Some(registration.id),
        ..proven
    }
}

fn supersede(replaced: Option<&Registration>, by: &Registration, decision: &mut Decision, context: &Context) {
    let Some(replaced) = replaced else { return };
    let state = RegistrationState::Superseded { ended_at: context.now };
    decision.update(replaced, &Registration { state, ..replaced.clone() });
    let event = RegistrationSuperseded { registration_id: replaced.id, by: by.id };
    decision.events.push(context.event(replaced.subject(), event));
}

fn credential(registration: &Registration, account: &Account, password_hash: Option<PasswordHash>) -> Credential {
    Credential {
        email: registration.email.clone(),
        account_id: account.id,
        holder: account.holder.clone(),
        password_hash,
        standing: Standing::Proven,
        revision: account.credential_revision,
        language: account.language,
        latest_registration: Some(registration.id),
    }
}
