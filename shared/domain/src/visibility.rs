//! Who may see what. Every way to a customer asks here.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{Account, Actor, Change, CompanyRole, CustomerId, Event, Happening, Holder, Permission};

/// Whether an account may see the customer. `permissions` are what its role includes.
pub fn sees(account: &Account, permissions: &BTreeSet<Permission>, customer: CustomerId) -> bool {
    match account.holder {
        Holder::Customer { customer_id } | Holder::Employee { customer_id, .. } => customer_id == customer,
        Holder::Staff { .. } => permissions.contains(&Permission::SeeCustomers),
    }
}

/// Whether an account may say who else sees the company: it is the one that registered it, or a manager's there.
pub fn looks_after_employees(account: &Account, company: CustomerId) -> bool {
    match account.holder {
        Holder::Customer { customer_id } => customer_id == company,
        Holder::Employee { customer_id, role, .. } => customer_id == company && role == CompanyRole::Manager,
        Holder::Staff { .. } => false,
    }
}

/// An event as an account may see it. Customers are told what happened to them, not who of the staff did it, what staff wrote down
/// for each other, what the mail service said, or what somebody else had typed before they proved the address.
pub fn as_seen_by(account: &Account, event: Event) -> Event {
    if let Holder::Staff { .. } = account.holder {
        return event;
    }
    let actor = match event.actor {
        Actor::Staff { .. } => Actor::Staff { account_id: None },
        actor => actor,
    };
    let happening = match event.happening {
        Happening::AccountBlocked { account_id, .. } => Happening::AccountBlocked { account_id, reason: None },
        Happening::RegistrationConfirmed { registration_id, account_id, changes } => {
            let changes = changes.into_iter().map(|change| Change { before: Value::Null, ..change }).collect();
            Happening::RegistrationConfirmed { registration_id, account_id, changes }
        }
        Happening::MessageFailed { message_id, template, .. } => {
            Happening::MessageFailed { message_id, template, reason: String::new() }
        }
        happening => happening,
    };
    Event { actor, happening, ..event }
}
