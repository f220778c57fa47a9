//! A customer is told what became of the registration.

use decision::{Context, Decision, Event, Message};
use domain_customers::Customer;
use domain_registration::OpenedBy;
use domain_registration::events::{AccountOpened, ApprovalRequested};

use crate::{Automation, answer, mails};

/// Tells a customer what became of the registration: that an administrator decides, or that the account is open. Nothing for any
/// other event, and nothing after an administrator decided, because that decision was mailed.
pub fn welcome(event: &Event, customer: &Customer, context: &Context) -> Decision {
    let (to, language) = (customer.email.clone(), customer.profile.language);
    let message = if let Some(AccountOpened { notify: true, by, .. }) = event.read()
        && by != OpenedBy::Approval
    {
        let name = customer.email_confirmed_at.is_some().then(|| customer.profile.name.clone());
        Message::new(context, customer.subject(), to, language, &mails::Welcome { name })
    } else if let Some(ApprovalRequested { notify: true, .. }) = event.read() {
        Message::new(context, customer.subject(), to, language, &mails::RegistrationReceived {})
    } else {
        return Decision::default();
    };
    answer::with_mail(Automation::Welcome, event, None, &message, context)
}
