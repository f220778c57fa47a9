//! What happened: the history of a customer, and what automations and other systems are told.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    AccountId, Actor, AddressTrouble, Automation, Cause, ChallengeId, CompanyRole, CustomerId, DeviceId, EmailAddress,
    EmployeeId, EventId, InvitationId, Kind, Lines, MessageId, Notifications, RegistrationId, RoleName, SessionId,
    Terms,
};

/// The thing in whose history an event is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum Subject {
    /// A customer.
    Customer {
        /// Which.
        customer_id: CustomerId,
    },
    /// A member of staff.
    Staff {
        /// Which.
        account_id: AccountId,
    },
    /// Settings of the business.
    Settings {
        /// Which.
        name: SettingsName,
    },
}

/// Settings that are changed, versioned and told of as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SettingsName {
    /// What stands between registering and getting in.
    Registration,
    /// How the business shows itself.
    Business,
}

impl SettingsName {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Registration, Self::Business];

    /// The name, as in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Business => "business",
        }
    }
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Its name, as in the API.
    pub field: String,
    /// What it was, null for nothing.
    pub before: Value,
    /// What it is, null for nothing.
    pub after: Value,
}

/// One event. Its serialised form is the `detail` on the event bus and an item of the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its id; consumers that have seen it before do nothing.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// Whom it concerns.
    pub subject: Subject,
    /// Who did it.
    pub actor: Actor,
    /// Why.
    pub cause: Cause,
    /// What.
    #[serde(flatten)]
    pub happening: Happening,
}

/// The kinds of events, `type` and `data` when serialised. No event carries a secret, nor more about a person than is needed
/// to understand it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all_fields = "camelCase")]
pub enum Happening {
    /// An address that nobody has proven yet was registered, for the first time or again.
    #[serde(rename = "registration.received")]
    RegistrationReceived {
        /// The registration.
        registration_id: RegistrationId,
        /// Person or company.
        customer_kind: Kind,
        /// What it was received under.
        terms: Terms,
    },
    /// Someone registered an address that already has an account; its owner was told.
    #[serde(rename = "registration.repeated")]
    RegistrationRepeated {},
    /// A new link was asked for.
    #[serde(rename = "registration.link-resent")]
    RegistrationLinkResent {
        /// The registration.
        registration_id: RegistrationId,
    },
    /// The address was proven.
    #[serde(rename = "registration.confirmed")]
    RegistrationConfirmed {
        /// The registration.
        registration_id: RegistrationId,
        /// The account that stands on it.
        account_id: AccountId,
        /// What that changed in the record.
        changes: Vec<Change>,
    },
    /// An administrator is to decide.
    #[serde(rename = "registration.approval-requested")]
    ApprovalRequested {
        /// The registration.
        registration_id: RegistrationId,
        /// Person or company.
        customer_kind: Kind,
        /// Whether the customer is told.
        notify: bool,
    },
    /// An administrator decided for it.
    #[serde(rename = "registration.approved")]
    RegistrationApproved {
        /// The registration.
        registration_id: RegistrationId,
    },
    /// An administrator decided against it.
    #[serde(rename = "registration.rejected")]
    RegistrationRejected {
        /// The registration.
        registration_id: RegistrationId,
        /// What was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Lines<500>>,
    },
    /// Another registration of the address took its place, because its address was proven.
    #[serde(rename = "registration.superseded")]
    RegistrationSuperseded {
        /// The registration.
        registration_id: RegistrationId,
        /// The one in its place.
        by: RegistrationId,
    },
    /// A customer's account can log in now.
    #[serde(rename = "account.opened")]
    AccountOpened {
        /// The account.
        account_id: AccountId,
        /// The registration that it stands on.
        registration_id: RegistrationId,
        /// What opened it.
        by: OpenedBy,
        /// Person or company.
        customer_kind: Kind,
        /// Whether customer and administrators are told.
        notify: bool,
    },
    /// An administrator shut an account out.
    #[serde(rename = "account.blocked")]
    AccountBlocked {
        /// The account.
        account_id: AccountId,
        /// What was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Lines<500>>,
    },
    /// An administrator let an account in again.
    #[serde(rename = "account.unblocked")]
    AccountUnblocked {
        /// The account.
        account_id: AccountId,
    },
    /// Settings of the business were changed.
    #[serde(rename = "settings.changed")]
    SettingsChanged {
        /// Which.
        name: SettingsName,
        /// The version they have now.
        version: u64,
        /// What differs from the version before.
        changes: Vec<Change>,
    },
    /// Nobody confirmed in time.
    #[serde(rename = "registration.expired")]
    RegistrationExpired {
        /// The registration.
        registration_id: RegistrationId,
    },
    /// Someone was invited to the staff.
    #[serde(rename = "staff.invited")]
    StaffInvited {
        /// The invitation.
        invitation_id: InvitationId,
        /// The address it was sent to.
        email: EmailAddress,
        /// What they will be able to do.
        role: RoleName,
    },
    /// An invitation was accepted.
    #[serde(rename = "staff.joined")]
    StaffJoined {
        /// The invitation.
        invitation_id: InvitationId,
        /// What they can do.
        role: RoleName,
    },
    /// A member of staff was given another role.
    #[serde(rename = "staff.role-changed")]
    StaffRoleChanged {
        /// The role they had.
        before: RoleName,
        /// The role they have.
        after: RoleName,
    },
    /// A member of staff was shut out.
    #[serde(rename = "staff.deactivated")]
    StaffDeactivated {},
    /// A member of staff was let in again.
    #[serde(rename = "staff.reactivated")]
    StaffReactivated {},
    /// A member of staff chose what to be told of by mail.
    #[serde(rename = "staff.notifications-chosen")]
    NotificationsChosen {
        /// What they are told of from now on.
        notifications: Notifications,
    },
    /// Someone was invited to a company.
    #[serde(rename = "employee.invited")]
    EmployeeInvited {
        /// The employee.
        employee_id: EmployeeId,
        /// The address it was sent to.
        email: EmailAddress,
        /// What they will be able to do there.
        role: CompanyRole,
    },
    /// An employee followed the link of the invitation.
    #[serde(rename = "employee.joined")]
    EmployeeJoined {
        /// The employee.
        employee_id: EmployeeId,
        /// The account that they log in to.
        account_id: AccountId,
        /// What they can do there.
        role: CompanyRole,
    },
    /// An employee was given another role.
    #[serde(rename = "employee.role-changed")]
    EmployeeRoleChanged {
        /// The employee.
        employee_id: EmployeeId,
        /// The role they had.
        before: CompanyRole,
        /// The role they have.
        after: CompanyRole,
    },
    /// An employee was removed, or the invitation taken back.
    #[serde(rename = "employee.removed")]
    EmployeeRemoved {
        /// The employee.
        employee_id: EmployeeId,
    },
    /// Someone logged in.
    #[serde(rename = "session.started")]
    SessionStarted {
        /// The session.
        session_id: SessionId,
        /// From where.
        device_id: DeviceId,
    },
    /// Someone logged out.
    #[serde(rename = "session.ended")]
    SessionEnded {
        /// The session.
        session_id: SessionId,
    },
    /// A refresh token that had already been exchanged was presented: it was copied. All sessions of the account were ended.
    #[serde(rename = "session.reuse-detected")]
    SessionReuseDetected {
        /// The session.
        session_id: SessionId,
    },
    /// The right password came from an unknown device, and a code was mailed.
    #[serde(rename = "device.challenged")]
    DeviceChallenged {
        /// The challenge.
        challenge_id: ChallengeId,
        /// From where.
        device_id: DeviceId,
    },
    /// A device was given another name.
    #[serde(rename = "device.named")]
    DeviceNamed {
        /// The device.
        device_id: DeviceId,
    },
    /// A device is not known any more.
    #[serde(rename = "device.forgotten")]
    DeviceForgotten {
        /// The device.
        device_id: DeviceId,
    },
    /// Someone asked for a link that sets another password.
    #[serde(rename = "password.reset-requested")]
    PasswordResetRequested {
        /// Whose.
        account_id: AccountId,
    },
    /// The password was changed.
    #[serde(rename = "password.changed")]
    PasswordChanged {
        /// Whose.
        account_id: AccountId,
    },
    /// The address was proven in another way than by the link of a registration.
    #[serde(rename = "address.confirmed")]
    AddressConfirmed {
        /// What that changed in the record.
        changes: Vec<Change>,
    },
    /// Someone asked to log in with another address.
    #[serde(rename = "address.change-requested")]
    AddressChangeRequested {
        /// Whose.
        account_id: AccountId,
    },
    /// Another address logs in from now on.
    #[serde(rename = "address.changed")]
    AddressChanged {
        /// Whose.
        account_id: AccountId,
        /// What that changed in the record.
        changes: Vec<Change>,
    },
    /// Someone changed what they say of themselves.
    #[serde(rename = "profile.changed")]
    ProfileChanged {
        /// Whose.
        account_id: AccountId,
        /// What that changed.
        changes: Vec<Change>,
    },
    /// The mail service reported that a mail came back for good, or that its reader did not want it.
    #[serde(rename = "address.troubled")]
    AddressTroubled {
        /// The message.
        message_id: MessageId,
        /// What was reported.
        trouble: AddressTrouble,
        /// What that changed in the record.
        changes: Vec<Change>,
    },
    /// An automation ran.
    #[serde(rename = "automation.ran")]
    AutomationRan {
        /// Which.
        automation: Automation,
        /// The event it answered.
        event_id: EventId,
    },
    /// A mail was handed to the mail service.
    #[serde(rename = "message.sent")]
    MessageSent {
        /// The message.
        message_id: MessageId,
        /// Which mail, by the name of its template.
        template: String,
    },
    /// A mail could not be sent, however often it was tried.
    #[serde(rename = "message.failed")]
    MessageFailed {
        /// The message.
        message_id: MessageId,
        /// Which mail, by the name of its template.
        template: String,
        /// What the mail service said last.
        reason: String,
    },
}

/// What opened an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OpenedBy {
    /// Registering; nothing else was asked for.
    Registration,
    /// Proving the address.
    Confirmation,
    /// An administrator's decision.
    Approval,
}

impl Happening {
    /// The `type` of the event, as rules on the event bus match it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::RegistrationReceived { .. } => "registration.received",
            Self::RegistrationRepeated {} => "registration.repeated",
            Self::RegistrationLinkResent { .. } => "registration.link-resent",
            Self::RegistrationConfirmed { .. } => "registration.confirmed",
            Self::ApprovalRequested { .. } => "registration.approval-requested",
            Self::RegistrationApproved { .. } => "registration.approved",
            Self::RegistrationRejected { .. } => "registration.rejected",
            Self::RegistrationSuperseded { .. } => "registration.superseded",
            Self::RegistrationExpired { .. } => "registration.expired",
            Self::AccountOpened { .. } => "account.opened",
            Self::AccountBlocked { .. } => "account.blocked",
            Self::AccountUnblocked { .. } => "account.unblocked",
            Self::SettingsChanged { .. } => "settings.changed",
            Self::StaffInvited { .. } => "staff.invited",
            Self::StaffJoined { .. } => "staff.joined",
            Self::StaffRoleChanged { .. } => "staff.role-changed",
            Self::StaffDeactivated {} => "staff.deactivated",
            Self::StaffReactivated {} => "staff.reactivated",
            Self::NotificationsChosen { .. } => "staff.notifications-chosen",
            Self::EmployeeInvited { .. } => "employee.invited",
            Self::EmployeeJoined { .. } => "employee.joined",
            Self::EmployeeRoleChanged { .. } => "employee.role-changed",
            Self::EmployeeRemoved { .. } => "employee.removed",
            Self::SessionStarted { .. } => "session.started",
            Self::SessionEnded { .. } => "session.ended",
            Self::SessionReuseDetected { .. } => "session.reuse-detected",
            Self::DeviceChallenged { .. } => "device.challenged",
            Self::DeviceNamed { .. } => "device.named",
            Self::DeviceForgotten { .. } => "device.forgotten",
            Self::PasswordResetRequested { .. } => "password.reset-requested",
            Self::PasswordChanged { .. } => "password.changed",
            Self::AddressConfirmed { .. } => "address.confirmed",
            Self::AddressChangeRequested { .. } => "address.change-requested",
            Self::AddressChanged { .. } => "address.changed",
            Self::ProfileChanged { .. } => "profile.changed",
            Self::AddressTroubled { .. } => "address.troubled",
            Self::AutomationRan { .. } => "automation.ran",
            Self::MessageSent { .. } => "message.sent",
            Self::MessageFailed { .. } => "message.failed",
        }
    }
}

/// The fields in which two states of a record differ, by their names in its serialised form. Bookkeeping fields that change
/// with every write are left out.
pub fn changes_between<T: Serialize>(before: &T, after: &T) -> Vec<Change> {
    let fields = |value: &T| match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => fields,
        _ => unreachable!("records are serialised as objects"),
    };
    let (before, after) = (fields(before), fields(after));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let value =
        |fields: &serde_json::Map<String, Value>, name: &String| fields.get(name).cloned().unwrap_or(Value::Null);
    names
        .into_iter()
        .filter(|name| *name != "updatedAt")
        .map(|name| Change { field: name.clone(), before: value(&before, name), after: value(&after, name) })
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_name_of_a_happening_is_its_serialised_type() {
        let happening = Happening::RegistrationRepeated {};
        assert_eq!(serde_json::to_value(&happening).unwrap(), json!({"type": happening.name(), "data": {}}));
        let happening = Happening::AutomationRan {
            automation: Automation::Welcome,
            event_id: "evt_0193a0b0c0d07e2f8a1b2c3d4e5f6071".parse().unwrap(),
        };
        assert_eq!(
            serde_json::to_value(&happening).unwrap(),
            json!({"type": happening.name(), "data": {"automation": "welcome", "eventId": "evt_0193a0b0c0d07e2f8a1b2c3d4e5f6071"}})
        );
    }

    #[test]
    fn changes_name_what_differs_and_nothing_else() {
        let before = json!({"name": "Ada", "phone": "+441", "updatedAt": 1});
        let after = json!({"name": "Ada", "email": "a@b.example", "updatedAt": 2});
        assert_eq!(
            serde_json::to_value(changes_between(&before, &after)).unwrap(),
            json!([
                {"field": "email", "before": null, "after": "a@b.example"},
                {"field": "phone", "before": "+441", "after": null}
            ])
        );
    }
}
