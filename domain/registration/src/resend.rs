//! Someone asks for the mailed link again.

use decision::{Context, Decision, Guard};
use domain_accounts::{Account, Credential};
use values::EmailAddress;

use crate::events::RegistrationLinkResent;
use crate::registration::LINK_LIFETIME;
use crate::{Registration, RegistrationState};

/// Mails a new link, if one is of use: of the registration that was sent from the device that asks (`own`), or else of the `latest`
/// one of the address, in a mail that does not take its reader for the one who registered. Whether one is mailed or not, something is
/// asked of the store, so that the work does not tell a stranger whether the address is known.
pub fn resend(
    email: &EmailAddress,
    credential: Option<&Credential>,
    own: Option<&Registration>,
    latest: Option<&Registration>,
    account: Option<&Account>,
    context: &Context,
) -> Decision {
    let mut decision = Decision::default();
    let Some(credential) = credential else {
        decision.check(Credential::key_of(email), Guard::Absent);
        return decision;
    };
    let is_of_use = |registration: &&Registration| {
        registration.email == *email && account.is_some_and(|account| is_of_use(registration, account, context))
    };
    let own = own.filter(is_of_use);
    let Some(registration) = own.or(latest.filter(is_of_use)) else {
        decision.check(Credential::key_of(&credential.email), Guard::Present);
        return decision;
    };
    let link_expires_at = (context.now + LINK_LIFETIME).min(registration.link_ends_with());
    let renewed = Registration { link_expires_at: Some(link_expires_at), ..registration.clone() };
    let message = if own.is_some() { renewed.link_mail(context) } else { renewed.link_mail_to_anybody(context) };
    if let Some(message) = message {
        decision.create(&message);
    }
    decision.update(registration, &renewed);
    let event = RegistrationLinkResent { registration_id: registration.id };
    decision.events.push(context.event(registration.subject(), event));
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
    let is_of_account = registration.account_id == account.id && account.confirmed_at.is_none();
    proves_something && registration.link_expires_at.is_some() && is_of_account
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
