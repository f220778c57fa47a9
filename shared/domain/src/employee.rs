//! A company customer's own people: invited by mail, they join with a login of their own and see the company's record.
//!
//! The company's first login is the one that registered it, its owner. What the others may do there is their role. They are never
//! staff: whatever staff may do, they may not.
//!
//! One address logs in to one account, so somebody who has one already joins with another address. The invitation says so, and
//! whoever invites is not told: they are strangers to that address.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Account, AccountId, AccountState, Context, Credential, Customer, CustomerId, Decision, EmailAddress, EmployeeId,
    Event, Happening, Holder, Joining, Language, LinkTarget, Mail, Message, Standing, Subject,
};

/// How long an invitation can be accepted.
pub const INVITATION_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What an employee may do inside the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CompanyRole {
    /// See the company's record, and look after its employees.
    Manager,
    /// See the company's record.
    Member,
}

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

impl Employee {
    /// Whether an invitation is open, and to this address.
    fn is_invited_as(&self, address: &EmailAddress) -> bool {
        matches!(&self.state, EmployeeState::Invited { email, .. } if email == address)
    }

    fn event(&self, happening: Happening, context: &Context) -> Event {
        context.event(Subject::Customer { customer_id: self.customer_id }, happening)
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
            decision.update(again.clone(), known.version);
            again
        }
        None => {
            let (customer_id, invited_at) = (company.id, context.now);
            let new = Employee { id: context.mint(), version: 0, customer_id, role, state, invited_at };
            decision.create(new.clone());
            new
        }
    };
    let link = LinkTarget::JoinCompany { customer_id: company.id, employee_id: employee.id };
    let mail = Mail::EmployeeInvitation { link, company: company.profile.name.clone(), role, expires_at: open_until };
    let subject = Subject::Customer { customer_id: company.id };
    decision.create(Message::new(context, subject, email.clone(), language, mail));
    let happening = Happening::EmployeeInvited { employee_id: employee.id, email, role };
    decision.events.push(employee.event(happening, context));
    (employee, decision)
}

/// Opens the account of an employee who followed the mailed link. `known` is what the address logs in with, if anything: only what
/// somebody registered under it and nobody proved gives way.
///
/// # Errors
/// [`JoinRefused`]
pub fn join(
    employee: &Employee,
    known: Option<&Credential>,
    joining: Joining,
    context: &Context,
) -> Result<Decision, JoinRefused> {
    let EmployeeState::Invited { email, language, open_until } = &employee.state else {
        return Err(JoinRefused::Used);
    };
    if context.now >= *open_until {
        return Err(JoinRefused::Expired);
    }
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
    match known {
        None => decision.create(credential),
        Some(unproven) if gives_way(unproven) => decision.displace(credential, unproven),
        Some(_) => return Err(JoinRefused::Taken),
    }
    let account = Account {
        state: AccountState::Active,
        name: Some(joining.name),
        confirmed_at: Some(context.now),
        ..Account::new(account_id, holder, email.clone(), *language, context.now)
    };
    let happening = Happening::EmployeeJoined { employee_id, account_id, role };
    decision.events.push(Event { actor: account.actor(), ..employee.event(happening, context) });
    decision.create(account);
    let state = EmployeeState::Joined { account_id, joined_at: context.now };
    decision.update(Employee { state, ..employee.clone() }, employee.version);
    Ok(decision)
}

/// Whether nobody got in with it yet: registered, and never proven.
fn gives_way(credential: &Credential) -> bool {
    credential.standing == Standing::Open && matches!(credential.holder, Holder::Customer { .. })
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
        decision.update(Account { holder, ..account.clone() }, account.version);
    }
    decision.update(Employee { role, ..employee.clone() }, employee.version);
    let happening = Happening::EmployeeRoleChanged { employee_id, before, after: role };
    decision.events.push(employee.event(happening, context));
    decision
}

/// Removes an employee, with their `account` if they joined: their sessions are over with the next request, and the address is free.
/// An invitation does not work any more. The address of an account that an administrator of the business shut out
/// is not: otherwise another invitation would let it in again.
pub fn remove(employee: &Employee, account: Option<&Account>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if let Some(account) = account {
        if account.blocked_at.is_none() {
            decision.release(account);
        }
        decision.remove(account.clone(), account.version);
    }
    decision.remove(employee.clone(), employee.version);
    let happening = Happening::EmployeeRemoved { employee_id: employee.id };
    decision.events.push(employee.event(happening, context));
    decision
}
