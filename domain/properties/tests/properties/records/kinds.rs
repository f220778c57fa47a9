//! The kinds of records there are, how each is read, and a change of each that is changed in place.

use decision::{Attributes, Decision, Event, Message, Place, Record};
use domain_access::{AddressChange, Challenge, PasswordReset};
use domain_accounts::{Account, Credential, Device, Role, RoleName, Roles, Session};
use domain_automation::Run;
use domain_customers::{Customer, Stage};
use domain_employees::Employee;
use domain_registration::Registration;
use domain_settings::{BusinessSettings, RegistrationSettings};
use domain_staff::{Invitation, Roster};
use jiff::Timestamp;
use serde_json::Value;
use values::Text;

use crate::memory::Memory;

/// A kind of record.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// What its partition and its sort key begin with.
    begins: (&'static str, &'static str),
    /// Reads an item. Returns where the record says that it lies.
    pub(super) read: fn(&Attributes) -> Result<Place, serde_json::Error>,
    /// Changes an item in place, if that is done with records of this kind.
    pub(super) change: Option<fn(&Place, &Attributes) -> Attributes>,
    /// The attributes that the change is about.
    pub(super) changes: &'static [&'static str],
    /// Values that newer code may know more of: where they stand (RFC 6901), and one that this code does not know.
    pub(super) unknown: &'static [(&'static str, &'static str)],
}

impl Kind {
    const fn of<R: Record>(name: &'static str, begins: (&'static str, &'static str)) -> Self {
        Self { name, begins, read: read::<R>, change: None, changes: &[], unknown: &[] }
    }

    const fn changed<R: Changed>(self) -> Self {
        Self { change: Some(change::<R>), changes: R::CHANGES, ..self }
    }

    const fn unknown(self, unknown: &'static [(&'static str, &'static str)]) -> Self {
        Self { unknown, ..self }
    }

    /// The kind of what lies at a place.
    pub(super) fn at(place: &Place) -> Option<&'static Self> {
        let is_of = |text: &str, kind: &str| text == kind || text.starts_with(&format!("{kind}#"));
        KINDS.iter().find(|kind| is_of(&place.pk, kind.begins.0) && is_of(&place.sk, kind.begins.1))
    }
}

/// All kinds that are kept for longer than a day.
pub(super) const KINDS: &[Kind] = &[
    Kind::of::<Account>("account", ("ACCOUNT", "ACCOUNT")).changed::<Account>().unknown(&[("/state", r#""paused""#)]),
    Kind::of::<AddressChange>("address-change", ("ACCOUNT", "ADDRESS_CHANGE")),
    Kind::of::<BusinessSettings>("business-settings", ("SETTINGS#business", "SETTINGS")).changed::<BusinessSettings>(),
    Kind::of::<Challenge>("challenge", ("ACCOUNT", "CHALLENGE")).changed::<Challenge>(),
    Kind::of::<Credential>("credential", ("CREDENTIAL", "CREDENTIAL")),
    Kind::of::<Customer>("customer", ("CUSTOMER", "CUSTOMER")).changed::<Customer>(),
    Kind::of::<Device>("device", ("ACCOUNT", "DEVICE")),
    Kind::of::<Employee>("employee", ("CUSTOMER", "EMPLOYEE"))
        .changed::<Employee>()
        .unknown(&[("/state", r#""on-leave""#)]),
    Kind::of::<Event>("event", ("HISTORY", "EVENT"))
        .unknown(&[("/actor", r#"{"kind": "plugin", "plugin": "shop"}"#), ("/type", r#""comet.seen""#)]),
    Kind::of::<Invitation>("invitation", ("ACCOUNT", "INVITATION")).changed::<Invitation>(),
    Kind::of::<domain_employees::InvitedAddress>("invited-to-company", ("CUSTOMER", "INVITED_ADDRESS")),
    Kind::of::<domain_staff::InvitedAddress>("invited-to-staff", ("STAFF", "INVITED_ADDRESS")),
    Kind::of::<Message>("message", ("HISTORY", "MESSAGE")).changed::<Message>().unknown(&[("/state", r#""read""#)]),
    Kind::of::<PasswordReset>("password-reset", ("ACCOUNT", "PASSWORD_RESET")),
    Kind::of::<Registration>("registration", ("REGISTRATION", "REGISTRATION"))
        .changed::<Registration>()
        .unknown(&[("/state", r#""in-review""#)]),
    Kind::of::<RegistrationSettings>("registration-settings", ("SETTINGS#registration", "SETTINGS"))
        .changed::<RegistrationSettings>(),
    Kind::of::<Roles>("roles", ("STAFF", "ROLES"))
        .changed::<Roles>()
        .unknown(&[("/roles/0/permissions/0", r#""merge-customers""#)]),
    Kind::of::<Roster>("roster", ("STAFF", "ROSTER")).changed::<Roster>(),
    Kind::of::<Run>("run", ("HISTORY", "RUN")),
    Kind::of::<Session>("session", ("ACCOUNT", "SESSION")).changed::<Session>(),
];

/// A record that is changed in place, and a change of it.
trait Changed: Record + Clone {
    /// The attributes that are changed.
    const CHANGES: &'static [&'static str];

    fn changed(self) -> Self;
}

macro_rules! changed {
    ($($record:ident.$field:ident as [$($attribute:literal),+] = $value:expr;)*) => {$(
        impl Changed for $record {
            const CHANGES: &'static [&'static str] = &["version", $($attribute),+];

            fn changed(self) -> Self {
                Self { $field: $value(&self), ..self }
            }
        }
    )*};
}

changed! {
    Account.blocked_at as ["blockedAt"] = |_: &Account| Some(Timestamp::UNIX_EPOCH);
    BusinessSettings.changed_at as ["changedAt"] = |_: &BusinessSettings| Some(Timestamp::UNIX_EPOCH);
    Challenge.attempts as ["attempts"] = |challenge: &Challenge| challenge.attempts + 1;
    Customer.stage as ["stage"] = |_: &Customer| Stage::Customer;
    Employee.invited_at as ["invitedAt"] = |_: &Employee| Timestamp::UNIX_EPOCH;
    Invitation.open_until as ["openUntil", "expiresAt"] = |_: &Invitation| Timestamp::UNIX_EPOCH;
    Message.attempts as ["attempts"] = |message: &Message| message.attempts + 1;
    Registration.device_label as ["deviceLabel"] = |_: &Registration| Text::parse("Another").ok();
    RegistrationSettings.changed_at as ["changedAt"] = |_: &RegistrationSettings| Some(Timestamp::UNIX_EPOCH);
    Roles.roles as ["roles"] = |roles: &Roles| [&roles.roles[..], &[another_role()]].concat();
    Roster.members as ["members"] = |_: &Roster| std::collections::BTreeMap::new();
    Session.generation as ["generation"] = |session: &Session| session.generation + 1;
}

fn another_role() -> Role {
    Role { name: RoleName::parse("another").unwrap(), permissions: [].into() }
}

fn read<R: Record>(item: &Attributes) -> Result<Place, serde_json::Error> {
    let record: R = serde_json::from_value(Value::Object(item.clone()))?;
    Ok(record.key().into_place())
}

/// The item after the change, through the one door that changes records.
fn change<R: Changed>(place: &Place, item: &Attributes) -> Attributes {
    let mut memory = Memory::default();
    memory.insert(place.clone(), item.clone());
    let record: R = memory.first().unwrap();
    let mut decision = Decision::default();
    decision.update(&record, &record.clone().changed());
    assert!(memory.commit(decision), "{place:?}");
    memory.items().find(|(changed, _)| *changed == place).unwrap().1.clone()
}
