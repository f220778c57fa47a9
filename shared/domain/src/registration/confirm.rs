//! Someone followed the mailed link, so the address is theirs.

use super::{Registration, RegistrationState, let_in};
use crate::{
    Account, AccountState, Context, Credential, Customer, Decision, DeviceSighting, Happening, NextStep, OpenedBy,
    Standing, changes_between,
};

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
    let account = if takes_over {
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
        Happening::RegistrationConfirmed {
            registration_id: registration.id,
            account_id: account.id,
            changes: changes_between(customer, &confirmed),
        },
    ));
    if takes_over {
        decision.events.extend(proven.let_in_event(&account, OpenedBy::Confirmation, context));
        decision.sightings.push(sighting(&proven, &account, context));
        supersede(replaced, &proven, &mut decision, context);
        decision.take_over(credential(registration, &account));
    } else {
        decision.prove(account.email.clone(), account.id);
    }
    let next = match account.state {
        AccountState::AwaitingApproval => NextStep::AwaitApproval,
        _ => NextStep::LogIn,
    };
    decision.update(confirmed, customer.version);
    let version = account.version;
    decision.update(account, version);
    decision.update(proven, registration.version);
    Ok((next, decision))
}

fn check(registration: &Registration, account: &Account, context: &Context) -> Result<(), ConfirmRefused> {
    match registration.state {
        RegistrationState::Rejected { .. } => return Err(ConfirmRefused::Rejected),
        RegistrationState::Expired { .. } => return Err(ConfirmRefused::Expired),
        RegistrationState::Superseded { .. } => return Err(ConfirmRefused::Used),
        RegistrationState::AwaitingConfirmation
        | RegistrationState::AwaitingApproval { .. }
        | RegistrationState::Completed { .. } => {}
    }
    match registration.link_expires_at {
        _ if account.confirmed_at.is_some() => Err(ConfirmRefused::Used),
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

fn sighting(registration: &Registration, account: &Account, context: &Context) -> DeviceSighting {
    DeviceSighting {
        account_id: account.id,
        device_id: registration.device_id,
        owner_revision: account.owner_revision,
        label: registration.device_label.clone(),
        at: context.now,
    }
}

fn supersede(replaced: Option<&Registration>, by: &Registration, decision: &mut Decision, context: &Context) {
    let Some(replaced) = replaced else { return };
    let state = RegistrationState::Superseded { ended_at: context.now };
    decision.update(Registration { state, ..replaced.clone() }, replaced.version);
    let happening = Happening::RegistrationSuperseded { registration_id: replaced.id, by: by.id };
    decision.events.push(context.event(replaced.subject(), happening));
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
