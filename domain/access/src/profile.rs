//! What people change about themselves once they are in: the name, the language, the telephone number, and whether promotional
//! mail is welcome.

use decision::{Context, Decision, changes_between};
use domain_accounts::{Account, Credential};
use domain_customers::Customer;
use values::{Language, PhoneNumber, Text};

use crate::events::ProfileChanged;

/// What is to become different; the rest stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// The name they go by.
    pub name: Option<Text<200>>,
    /// The language to write in.
    pub language: Option<Language>,
    /// Where to call them, or nowhere. For customers only.
    pub phone: Option<Option<PhoneNumber>>,
    /// Whether promotional mail is welcome. For customers only.
    pub promotional_mail: Option<bool>,
}

/// Changes a profile: the account's, and the record of the `customer` whose account it is. Nothing if all is as it was. The account
/// is saved with any change, so that its version tells whether there was one.
pub fn change(
    account: &Account,
    customer: Option<&Customer>,
    change: ProfileChange,
    context: &Context,
) -> (Account, Decision) {
    let mut decision = Decision::default();
    let renewed = Account {
        name: change.name.clone().or_else(|| account.name.clone()),
        language: change.language.unwrap_or(account.language),
        ..account.clone()
    };
    let recorded = customer.map(|customer| with(customer, change));
    let changes = match (customer, &recorded) {
        (Some(before), Some(after)) => changes_between(before, after),
        _ => changes_between(account, &renewed),
    };
    if changes.is_empty() && renewed == *account {
        return (renewed, decision);
    }
    decision.events.push(context.event(account.subject(), ProfileChanged { account_id: account.id, changes }));
    if let (Some(before), Some(after)) = (customer, recorded) {
        decision.update(before, &Customer { updated_at: context.now, ..after });
    }
    if renewed.language != account.language {
        Credential::speak(account, renewed.language, &mut decision);
    }
    decision.update(account, &renewed);
    (Account { version: account.version + 1, ..renewed }, decision)
}

fn with(customer: &Customer, change: ProfileChange) -> Customer {
    let mut changed = customer.clone();
    let profile = &mut changed.profile;
    profile.name = change.name.unwrap_or_else(|| profile.name.clone());
    profile.language = change.language.unwrap_or(profile.language);
    profile.phone = change.phone.unwrap_or_else(|| profile.phone.clone());
    profile.promotional_mail = change.promotional_mail.unwrap_or(profile.promotional_mail);
    changed
}
