//! Someone asks for the mailed link again.

use decision::{Context, Decision, Guard};
use domain_accounts::{Account, Credential};
use values::EmailAddress;

use crate::events::RegistrationLinkResent;
use crate::registration::LINK_LIFETIME;
use crate::{Registration, RegistrationState};

/// Mails a new link for the latest registration of an address, if a link is of use. Whether it is or not, something is asked of
/// the store, so that the work does not tell a stranger whether the address is known.
pub fn resend(
    email: EmailAddress,
    credential: Option<&Credential>,
    registration: Option<&Registration>,
    account: Option<&Account>,
    context: &Context,
) -> Decision {
    let mut decision = Decision::default();
    match (credential, registration, account) {
        (None, ..) => decision.check(Credential::key_of(&email), Guard::Absent),
        (Some(_), Some(registration), Some(account)) if is_of_use(registration, account, context) => {
            let latest = (context.now + LINK_LIFETIME).min(registration.link_ends_with());
            let renewed = Registration { link_expires_at: Some(latest), ..registration.clone() };
            if let Some(message) = renewed.link_mail(context) {
                decision.create(&message);
            }
            decision.update(registration, &renewed);
            let event = RegistrationLinkResent { registration_id: registration.id };
            decision.events.push(context.event(registration.subject(), event));
        }
        (Some(credential), ..) => decision.check(Credential::key_of(&credential.email), Guard::Present),
    }
    decision
}

fn is_of_use(registration: &Registration, account: &Account, context: &Context) -> bool {
    let proves_something = match registration.state {
        RegistrationState::AwaitingConfirmation => context.now < registration.waits_until,
        RegistrationState::AwaitingApproval { .. } | RegistrationState::Completed { .. } => true,
        RegistrationState::Rejected { .. }
        | RegistrationState::Expired { .. }
        | RegistrationState::Superseded { .. }
        | RegistrationState::Taken
        | RegistrationState::Unknown => false,
    };
    proves_something && registration.link_expires_at.is_some() && account.confirmed_at.is_none()
}

impl Registration {
    /// Up to when links are mailed for it.
    fn link_ends_with(&self) -> jiff::Timestamp {
        match self.state {
            RegistrationState::AwaitingConfirmation => self.waits_until,
            _ => jiff::Timestamp::MAX,
        }
    }
}
