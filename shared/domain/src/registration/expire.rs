//! A registration was not confirmed in time.

use super::{Registration, RegistrationState};
use crate::{Context, Credential, Decision, Happening, Standing};

/// Ends a registration that nobody confirmed in time, and forgets its password; nothing if it does not wait or its time has not
/// come.
pub fn expire(registration: &Registration, credential: Option<&Credential>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if registration.due_at().is_none_or(|due_at| context.now < due_at) {
        return decision;
    }
    let state = RegistrationState::Expired { ended_at: context.now };
    decision.update(Registration { state, password_hash: None, ..registration.clone() }, registration.version);
    if credential.is_some_and(|credential| credential.standing == Standing::Proven) {
        return decision;
    }
    let happening = Happening::RegistrationExpired { registration_id: registration.id };
    decision.events.push(context.event(registration.subject(), happening));
    if let Some(credential) = credential
        && credential.standing == Standing::Open
        && credential.latest_registration == Some(registration.id)
    {
        decision.claim(Credential { password_hash: None, ..credential.clone() });
    }
    decision
}
