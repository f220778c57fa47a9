//! Someone followed the mailed link, so the address is theirs.

use decision::{Context, Decision, changes_between};
use domain_accounts::{Account, AccountState, Credential, Standing};
use domain_customers::Customer;
use domain_settings::NextStep;

use crate::events::{OpenedBy, RegistrationConfirmed, RegistrationSuperseded};
use crate::registration::let_in;
use crate::{Registration, RegistrationState};

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
/// what was started on the address before is over: the password, the sessions, the devices.
///
/// # Errors
/// [`ConfirmRefused`]
pub fn confirm(
    registration: &Registration,
    account: &Account,
    customer: &Customer,
    replaced: Option<&Registration>,
    context: &Context,
) -> Result<(NextStep, Decision), ConfirmRefused> {
    check(registration, account, context)?;
    let mut proven = Registration {
        confirmed_at: Some(context.now),
        link_expires_at: None,
        password_hash: None,
        ..registration.clone()
    };
    let takes_over = account.registration_id != Some(registration.id);
    let mut decision = Decision::default();
    let renewed = if takes_over {
        take_over(&mut proven, account, context)
    } else {
        Account { confirmed_at: Some(context.now), ..account.clone() }
    };
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
        proven.sighting(&renewed, context).note(&mut decision);
        supersede(replaced, &proven, &mut decision, context);
        credential(registration, &renewed).take_over(&mut decision);
    } else {
        Credential::prove(&renewed.email, renewed.id, &mut decision);
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

fn check(registration: &Registration, account: &Account, context: &Context) -> Result<(), ConfirmRefused> {
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

/// The account, standing on another registration.
fn take_over(registration: &mut Registration, account: &Account, context: &Context) -> Account {
    let (account_state, registration_state) = let_in(registration.terms, context.now);
    registration.state = registration_state;
    let somebody_was_in = account.registration_id.is_some();
    Account {
        state: account_state,
        name: Some(registration.profile.name.clone()),
        language: registration.profile.language,
        confirmed_at: Some(context.now),
        registration_id: Some(registration.id),
        owner_revision: account.owner_revision + u32::from(somebody_was_in),
        ..account.clone()
    }
    .with_new_password()
}

fn supersede(replaced: Option<&Registration>, by: &Registration, decision: &mut Decision, context: &Context) {
    let Some(replaced) = replaced else { return };
    let state = RegistrationState::Superseded { ended_at: context.now };
    decision.update(replaced, &Registration { state, ..replaced.clone() });
    let event = RegistrationSuperseded { registration_id: replaced.id, by: by.id };
    decision.events.push(context.event(replaced.subject(), event));
}

fn credential(registration: &Registration, account: &Account) -> Credential {
    Credential {
        email: registration.email.clone(),
        account_id: account.id,
        holder: account.holder.clone(),
        password_hash: registration.password_hash.clone(),
        standing: Standing::Proven,
        revision: account.credential_revision,
        language: registration.profile.language,
        latest_registration: Some(registration.id),
    }
}
