//! A company customer's own people: invited by mail, they join with a login of their own and see the company's record.
//!
//! The company's first login is the one that registered it, its owner. What the others may do there is their role. They are never
//! staff: whatever staff may do, they may not.
//!
//! One address logs in to one account, so somebody who has one already joins with another address. The invitation says so, and
//! whoever invites is not told: they are strangers to that address.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use decision::{Context, Decision, Event, EventKind, Guard, Key, LinkTarget, Message, Record, Subject, versioned};
use domain_accounts::{Account, AccountState, CompanyRole, Credential, Holder, Joining, Standing};
use domain_customers::Customer;
use values::{AccountId, CustomerId, EmailAddress, EmployeeId, Language};

use crate::events::{EmployeeInvited, EmployeeJoined, EmployeeRemoved, EmployeeRoleChanged};
use crate::mails::EmployeeInvitation;

/// How long an invitation can be accepted.
pub const INVITATION_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Where an employee stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum EmployeeState {
    /// Can accept the invitation.
    Invited {
        /// The address that it was mailed to.
        email: EmailAddress,
        /// The language it was written in.
        language: Language,
        /// Until when.
        open_until: Timestamp,
    },
    /// Has an account.
    Joined {
        /// The account.
        account_id: AccountId,
        /// Since when.
        joined_at: Timestamp,
    },
    /// A state that newer code wrote down.
    #[serde(other)]
    Unknown,
}

/// Somebody who works at a company, from the invitation until they are removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Employee {
    /// Their id.
    pub id: EmployeeId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// The company.
    pub customer_id: CustomerId,
    /// What they may do there.
    pub role: CompanyRole,
    /// Where they stand.
    #[serde(flatten)]
    pub state: EmployeeState,
    /// When they were first invited.
    pub invited_at: Timestamp,
}

/// Why an invitation is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinRefused {
    /// It was accepted before.
    #[error("the invitation was used")]
    Used,
    /// It is too old.
    #[error("the invitation expired")]
    Expired,
    /// The address logs in to another account.
    #[error("the address is taken")]
    Taken,
}

impl Record for Employee {
    const KIND: &'static str = "EMPLOYEE";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.customer_id, self.id)
    }

    versioned!();
}

/// That an address is invited to a company, and as whom. There is one per company and address, so that two who invite it at the same
/// moment do not make two employees. It goes when the invitation is accepted or taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvitedAddress {
    /// The company.
    pub customer_id: CustomerId,
    /// The address.
    pub email: EmailAddress,
    /// The employee.
    pub employee_id: EmployeeId,
}

impl Record for InvitedAddress {
    const KIND: &'static str = "INVITED_ADDRESS";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.customer_id, &self.email)
    }
}

impl InvitedAddress {
    /// Where an address that a company invited lies.
    pub fn key_of(company: CustomerId, email: &EmailAddress) -> Key<Self> {
        Key::new(Customer::partition(company), format!("{}#{email}", Self::KIND))
    }
}

impl Employee {
    /// Where an employee of a company lies.
    pub fn key_of(company: CustomerId, id: EmployeeId) -> Key<Self> {
        Key::new(Customer::partition(company), format!("{}#{id}", Self::KIND))
    }

    /// Whether an invitation is open, and to this address.
    fn is_invited_as(&self, address: &EmailAddress) -> bool {
        matches!(&self.state, EmployeeState::Invited { email, .. } if email == address)
    }

    fn event(&self, kind: impl EventKind, context: &Context) -> Event {
        context.event(Subject::customer(self.customer_id), kind)
    }
}

/// Invites somebody to a company. `employees` are those there are: who is among them and has not joined gets a new mail and the
/// role as it is asked for now.
pub fn invite(
    company: &Customer,
    employees: &[Employee],
    email: EmailAddress,
    role: CompanyRole,
    language: Language,
    context: &Context,
) -> (Employee, Decision) {
    let mut decision = Decision::default();
    let open_until = context.now + INVITATION_LIFETIME;
    let state = EmployeeState::Invited { email: email.clone(), language, open_until };
    let employee = match employees.iter().find(|employee| employee.is_invited_as(&email)) {
        Some(known) => {
            let again = Employee { role, state, ..known.clone() };
            decision.update(known, &again);
            again
        }
        None => {
            let (customer_id, invited_at) = (company.id, context.now);
            let new = Employee { id: context.mint(), version: 0, customer_id, role, state, invited_at };
            decision.create(&new);
            decision.create(&InvitedAddress { customer_id, email: email.clone(), employee_id: new.id });
            new
        }
    };
    let link = LinkTarget::JoinCompany { customer_id: company.id, employee_id: employee.id };
    let mail = EmployeeInvitation { link, company: company.profile.name.clone(), role, expires_at: open_until };
    decision.create(&Message::new(context, company.subject(), email.clone(), language, &mail));
    let event = EmployeeInvited { employee_id: employee.id, email, role };
    decision.events.push(employee.event(event, context));
    (employee, decision)
}

/// Checks whether an invitation can be accepted, before anything is hashed for it. `known` is what the address logs in with, if
/// anything: only what somebody registered under it and nobody proved gives way.
///
/// # Errors
/// [`JoinRefused`]
pub fn check(employee: &Employee, known: Option<&Credential>, context: &Context) -> Result<(), JoinRefused> {
    let EmployeeState::Invited { open_until, .. } = &employee.state else { return Err(JoinRefused::Used) };
    if context.now >= *open_until {
        return Err(JoinRefused::Expired);
    }
    if known.is_none_or(gives_way) { Ok(()) } else { Err(JoinRefused::Taken) }
}

/// Opens the account of an employee who followed the mailed link. `unproven` is what the address logs in with and the account that
/// opens, where [`check`] lets it give way.
///
/// # Errors
/// [`JoinRefused`]
pub fn join(
    employee: &Employee,
    unproven: Option<(&Credential, &Account)>,
    joining: Joining,
    context: &Context,
) -> Result<Decision, JoinRefused> {
    check(employee, unproven.map(|(credential, _)| credential), context)?;
    let EmployeeState::Invited { email, language, .. } = &employee.state else { return Err(JoinRefused::Used) };
    let account_id = context.mint();
    let Employee { id: employee_id, customer_id, role, .. } = *employee;
    let holder = Holder::Employee { customer_id, employee_id, role };
    let credential = Credential {
        email: email.clone(),
        account_id,
        holder: holder.clone(),
        password_hash: Some(joining.password_hash),
        standing: Standing::Proven,
        revision: 0,
        language: *language,
        latest_registration: None,
    };
    let mut decision = Decision::default();
    credential.prevail(unproven, &mut decision);
    let account = Account {
        state: AccountState::Active,
        name: Some(joining.name),
        confirmed_at: Some(context.now),
        ..Account::new(account_id, holder, email.clone(), *language, context.now)
    };
    let joined = EmployeeJoined { employee_id, account_id, role };
    decision.events.push(Event { actor: account.actor(), ..employee.event(joined, context) });
    decision.create(&account);
    decision.delete(InvitedAddress::key_of(customer_id, email), Guard::Present);
    let state = EmployeeState::Joined { account_id, joined_at: context.now };
    decision.update(employee, &Employee { state, ..employee.clone() });
    Ok(decision)
}

/// Whether nobody has proven the address: whoever registered it gives way to whoever does.
fn gives_way(credential: &Credential) -> bool {
    credential.standing != Standing::Proven && matches!(credential.holder, Holder::Customer { .. })
}

/// Gives an employee another role, which counts from their next request on. `account` is theirs, if they have joined. Nothing if it
/// is the same.
pub fn change_role(employee: &Employee, account: Option<&Account>, role: CompanyRole, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if employee.role == role {
        return decision;
    }
    let Employee { id: employee_id, customer_id, role: before, .. } = *employee;
    if let Some(account) = account {
        let holder = Holder::Employee { customer_id, employee_id, role };
        decision.update(account, &Account { holder, ..account.clone() });
    }
    decision.update(employee, &Employee { role, ..employee.clone() });
    let event = EmployeeRoleChanged { employee_id, before, after: role };
    decision.events.push(employee.event(event, context));
    decision
}

/// Removes an employee, with their `account` if they joined: their sessions are over with the next request, and the address is free.
/// An invitation does not work any more.
pub fn remove(employee: &Employee, account: Option<&Account>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if let Some(account) = account {
        Credential::release(account, &mut decision);
        decision.remove(account);
    }
    if let EmployeeState::Invited { email, .. } = &employee.state {
        decision.delete(InvitedAddress::key_of(employee.customer_id, email), Guard::Present);
    }
    decision.remove(employee);
    let event = EmployeeRemoved { employee_id: employee.id };
    decision.events.push(employee.event(event, context));
    decision
}
