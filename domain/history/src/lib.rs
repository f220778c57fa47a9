//! Histories as their readers see them, and the list of all kinds of events.

use decision::{Actor, Audience, Event, EventType};
use domain_accounts::{Account, Holder};

/// The kinds of events of every area.
pub fn event_types() -> impl Iterator<Item = &'static EventType> {
    [
        decision::events::EVENTS,
        domain_access::events::EVENTS,
        domain_accounts::events::EVENTS,
        domain_automation::events::EVENTS,
        domain_customers::events::EVENTS,
        domain_employees::events::EVENTS,
        domain_registration::events::EVENTS,
        domain_settings::events::EVENTS,
        domain_staff::events::EVENTS,
    ]
    .into_iter()
    .flatten()
}

/// An event as an account may see it, if it may. Staff see all there is, kinds that this code does not know included. Customers are told
/// what happened to them where the kind of event says so, and neither who of the staff did it nor what a kind keeps from them.
pub fn as_seen_by(account: &Account, event: Event) -> Option<Event> {
    if let Holder::Staff { .. } = account.holder {
        return Some(event);
    }
    let known = event_types().find(|known| known.name == event.kind && known.audience == Audience::Customer)?;
    let data = known.data_for_customer(&event)?;
    let actor = match event.actor {
        Actor::Staff { .. } => Actor::Staff { account_id: None },
        actor => actor,
    };
    Some(Event { actor, data, ..event })
}
