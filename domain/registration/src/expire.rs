//! A registration was not confirmed in time.

use decision::{Context, Decision};
use domain_accounts::{Credential, Standing};

use crate::events::RegistrationExpired;
use crate::{Registration, RegistrationState};

/// Ends a registration that nobody confirmed in time, and forgets its password; nothing if it does not wait or its time has not
/// come.
pub fn expire(registration: &Registration, credential: Option<&Credential>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if registration.due_at().is_none_or(|due_at| context.now < due_at) {
        return decision;
    }
    let state = RegistrationState::Expired { ended_at: context.now };
    decision.update(registration, &Registration { state, password_hash: None, ..registration.clone() });
    if credential.is_some_and(|credential| credential.standing == Standing::Proven) {
        return decision;
    }
    let event = RegistrationExpired { registration_id: registration.id };
    decision.events.push(context.event(registration.subject(), event));
    if let Some(credential) = credential
        && credential.standing == Standing::Open
        && credential.latest_registration == Some(registration.id)
    {
        Credential { password_hash: None, ..credential.clone() }.claim(&mut decision);
    }
    decision
}
