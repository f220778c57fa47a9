//! Addresses that mail does not reach.

use decision::{Context, Decision, Message, changes_between};

use crate::events::AddressTroubled;
use crate::{AddressTrouble, Customer};

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
    let troubled = AddressTroubled { message_id: message.id, trouble, changes };
    decision.events.push(context.event(message.subject.clone(), troubled));
    decision.update(customer, &marked);
    decision
}
