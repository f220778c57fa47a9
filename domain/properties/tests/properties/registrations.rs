//! However people register, ask again, follow links late or twice, however administrators decide, block and change the policy in
//! between, and however much time passes.
//!
//! Each step is taken as a function would take it, on a store that keeps to the same conditions. After each, everything is held
//! against what must always be true; the walker remembers who chose which password under which terms, and whose devices and sessions
//! are whose, which the state machine itself does not. There are two people: the owner of the mailbox, who alone reads mails, and a
//! stranger who registers the same address.

use std::collections::BTreeMap;

use decision::{Actor, Cause, Context, Decision, Event, EventKind};
use domain_access::{Admission, KeptOut, PasswordReset, Presented, accounts, logins, passwords};
use domain_accounts::{
    Account, AccountState, CompanyRole, Credential, Device, Holder, PasswordHash, Session, Standing,
};
use domain_customers::{Customer, Kind, Profile};
use domain_employees::Employee;
use domain_registration::events::{ApprovalRequested, RegistrationApproved};
use domain_registration::{
    ConfirmRefused, DecideRefused, Proof, Receipt, Registration, RegistrationState, Unopened, Verdict,
};
use domain_settings::{AccountValidation, AdminApproval, RegistrationPolicy, RegistrationSettings, Terms};
use jiff::SignedDuration;
use proptest::prelude::*;
use values::{DeviceId, EmailAddress, Language, RegistrationId, SessionId, Text};

use crate::memory::Memory;

const ADDRESS: &str = "ada@example.com";

#[derive(Debug, Clone)]
enum Step {
    SetPolicy(RegistrationPolicy),
    Register { kind: Kind, by: Who },
    Resend { device_of: Option<usize> },
    Confirm { registration: usize, device_of: Option<usize>, typed: Typed },
    Decide { registration: usize, approve: bool },
    Block,
    Unblock,
    LogIn { password: usize, new_device: bool },
    Invite { session: usize },
    ForgetPassword,
    ResetPassword,
    Sweep,
    Pass { hours: i64 },
}

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Owner,
    Stranger,
}

/// What the owner types beside following a link.
#[derive(Debug, Clone, Copy)]
enum Typed {
    Nothing,
    /// The password of one of their own registrations, or one that nobody chose.
    Password(usize),
    NewPassword,
}

/// What the walker knows and the state machine does not: what is whose.
#[derive(Default)]
struct Walk {
    memory: Memory,
    policy: Option<RegistrationPolicy>,
    /// The terms of each registration, by the password chosen in it.
    terms: BTreeMap<String, Terms>,
    /// All passwords that somebody chose, in their order. Those without terms were chosen by a mailed link.
    passwords: Vec<(String, Who)>,
    /// All devices, in the order in which they were first used.
    devices: Vec<(DeviceId, Who)>,
    sessions: BTreeMap<SessionId, Who>,
}

fn policy() -> impl Strategy<Value = RegistrationPolicy> {
    let approval = prop_oneof![Just(AdminApproval::None), Just(AdminApproval::All), Just(AdminApproval::Companies)];
    let validation = prop_oneof![
        Just(AccountValidation::Optional),
        Just(AccountValidation::Required),
        Just(AccountValidation::None)
    ];
    (any::<bool>(), approval, any::<bool>(), validation).prop_map(
        |(notify_after_registration, admin_approval, confirm_device_change, account_validation)| RegistrationPolicy {
            notify_after_registration,
            admin_approval,
            confirm_device_change,
            account_validation,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => policy().prop_map(Step::SetPolicy),
        3 => (prop_oneof![Just(Kind::Person), Just(Kind::Company)], who()).prop_map(|(kind, by)| Step::Register { kind, by }),
        1 => prop::option::of(0..6usize).prop_map(|device_of| Step::Resend { device_of }),
        4 => (0..6usize, prop::option::of(0..6usize), typed())
            .prop_map(|(registration, device_of, typed)| Step::Confirm { registration, device_of, typed }),
        3 => (0..6usize, any::<bool>()).prop_map(|(registration, approve)| Step::Decide { registration, approve }),
        1 => Just(Step::Block),
        1 => Just(Step::Unblock),
        3 => (0..6usize, any::<bool>()).prop_map(|(password, new_device)| Step::LogIn { password, new_device }),
        1 => (0..6usize).prop_map(|session| Step::Invite { session }),
        1 => Just(Step::ForgetPassword),
        1 => Just(Step::ResetPassword),
        1 => Just(Step::Sweep),
        1 => (1..200i64).prop_map(|hours| Step::Pass { hours }),
    ]
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![Just(Who::Owner), Just(Who::Stranger)]
}

fn typed() -> impl Strategy<Value = Typed> {
    prop_oneof![Just(Typed::Nothing), (0..6usize).prop_map(Typed::Password), Just(Typed::NewPassword)]
}

fn one_of<T: Clone>(all: &[T], number: usize) -> Option<T> {
    all.get(number.checked_rem(all.len())?).cloned()
}

fn address() -> EmailAddress {
    EmailAddress::parse(ADDRESS).unwrap()
}

impl Walk {
    fn credential(&self) -> Option<Credential> {
        self.memory.first()
    }

    fn account(&self) -> Option<Account> {
        self.memory.first()
    }

    fn customer(&self) -> Option<Customer> {
        self.memory.first()
    }

    /// One of the registrations there are, whatever the number.
    fn registration(&self, number: usize) -> Option<Registration> {
        one_of(&self.memory.all::<Registration>(), number)
    }

    fn registration_of(&self, id: RegistrationId) -> Registration {
        self.memory.all::<Registration>().into_iter().find(|registration| registration.id == id).unwrap()
    }

    fn policy(&self) -> RegistrationPolicy {
        self.policy.unwrap_or_else(|| RegistrationSettings::default().policy)
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::SetPolicy(policy) => self.policy = Some(policy),
            Step::Register { kind, by } => self.register(kind, by),
            Step::Resend { device_of } => self.resend(device_of),
            Step::Confirm { registration, device_of, typed } => self.confirm(registration, device_of, typed),
            Step::Decide { registration, approve } => self.decide(registration, approve),
            Step::Block => self.on_account(|account, context| accounts::block(account, None, context)),
            Step::Unblock => self.on_account(accounts::unblock),
            Step::LogIn { password, new_device } => self.log_in(password, new_device),
            Step::Invite { session } => self.invite(session),
            Step::ForgetPassword => {
                let context = self.memory.context();
                let decision = passwords::forgot(address(), self.credential().as_ref(), &context);
                assert!(self.memory.commit(decision));
            }
            Step::ResetPassword => self.reset_password(),
            Step::Sweep => self.sweep(),
            Step::Pass { hours } => self.memory.pass(SignedDuration::from_hours(hours)),
        }
    }

    fn choose_password(&mut self, who: Who) -> String {
        let password = format!("password {}", self.passwords.len());
        self.passwords.push((password.clone(), who));
        password
    }

    fn passwords_of(&self, who: Who) -> Vec<String> {
        self.passwords.iter().filter(|(_, whose)| *whose == who).map(|(password, _)| password.clone()).collect()
    }

    /// The device of the registration `number`, if the owner sent that one.
    fn owners_device(&self, number: Option<usize>) -> Option<DeviceId> {
        let device = self.registration(number?)?.device_id;
        (self.whose(device) == Who::Owner).then_some(device)
    }

    fn whose(&self, device: DeviceId) -> Who {
        self.devices.iter().find(|(id, _)| *id == device).unwrap().1
    }

    fn register(&mut self, kind: Kind, by: Who) {
        let context = self.memory.context();
        let terms = self.policy().terms(kind);
        let password = self.choose_password(by);
        let known = self.credential();
        let unopened = domain_registration::opens_the_unopened(terms, known.as_ref())
            .then(|| Unopened { account: self.account().unwrap(), customer: self.customer().unwrap() });
        let receipt = Receipt {
            email: address(),
            profile: Profile {
                kind,
                name: Text::parse(&password).unwrap(),
                language: Language::En,
                phone: None,
                promotional_mail: false,
                company: None,
            },
            password_hash: PasswordHash(password.clone()),
            device_id: context.mint(),
            device_label: None,
            terms,
        };
        self.devices.push((receipt.device_id, by));
        self.terms.insert(password, terms);
        assert!(self.memory.commit(domain_registration::receive(receipt, known, unopened, &context)));
    }

    fn resend(&mut self, device_of: Option<usize>) {
        let context = self.memory.context();
        let credential = self.credential();
        let latest = credential.as_ref().and_then(|credential| credential.latest_registration);
        let latest = latest.map(|id| self.registration_of(id));
        let own = device_of.and_then(|number| self.registration(number));
        let account = credential.is_some().then(|| self.account().unwrap());
        let decision = domain_registration::resend(
            &address(),
            credential.as_ref(),
            own.as_ref(),
            latest.as_ref(),
            account.as_ref(),
            &context,
        );
        assert!(self.memory.commit(decision));
    }

    fn confirm(&mut self, number: usize, device_of: Option<usize>, typed: Typed) {
        let Some(registration) = self.registration(number) else { return };
        let (account, customer) = (self.account().unwrap(), self.customer().unwrap());
        let context = self.memory.context();
        match domain_registration::check_link(&registration, &account, &context) {
            Ok(()) => {
                assert!(account.confirmed_at.is_none(), "an address was proven twice");
                assert!(registration.link_expires_at.is_some_and(|expiry| self.memory.now < expiry));
                let Some(proof) = self.proof(&registration, &account, device_of, typed) else { return };
                let replaced = account.registration_id.filter(|id| *id != registration.id);
                let replaced = replaced.map(|id| self.registration_of(id));
                let confirmed = domain_registration::confirm(
                    &registration,
                    &account,
                    &customer,
                    replaced.as_ref(),
                    &proof,
                    &context,
                );
                assert!(self.memory.commit(confirmed.unwrap().1));
            }
            Err(ConfirmRefused::Used) => {
                let no_link = registration.link_expires_at.is_none();
                let superseded = matches!(registration.state, RegistrationState::Superseded { .. });
                assert!(account.confirmed_at.is_some() || no_link || superseded);
            }
            Err(ConfirmRefused::Expired) => {}
            Err(ConfirmRefused::Rejected) => {
                assert!(matches!(registration.state, RegistrationState::Rejected { .. }));
            }
        }
    }

    fn proof(
        &mut self,
        registration: &Registration,
        account: &Account,
        device_of: Option<usize>,
        typed: Typed,
    ) -> Option<Proof> {
        let stands = account.registration_id == Some(registration.id);
        let known = if stands { self.credential().unwrap().password_hash } else { registration.password_hash.clone() };
        match typed {
            Typed::NewPassword => Some(Proof::NewPassword(PasswordHash(self.choose_password(Who::Owner)))),
            _ if self.owners_device(device_of) == Some(registration.device_id) => Some(Proof::Device),
            Typed::Password(number) => {
                let password = one_of(&self.passwords_of(Who::Owner), number).map(PasswordHash);
                (password.is_some() && password == known).then_some(Proof::Password)
            }
            Typed::Nothing => None,
        }
    }

    fn decide(&mut self, number: usize, approve: bool) {
        let Some(registration) = self.registration(number) else { return };
        let account = self.account().unwrap();
        let verdict = if approve { Verdict::Approve { reason: None } } else { Verdict::Reject { reason: None } };
        let context = self.memory.context();
        match domain_registration::decide(&registration, &account, verdict, &context) {
            Ok(decision) => assert!(self.memory.commit(decision)),
            Err(DecideRefused::Already) => {}
            Err(DecideRefused::NotWaiting) => {
                let stands = account.registration_id == Some(registration.id);
                assert!(!stands || !matches!(registration.state, RegistrationState::AwaitingApproval { .. }));
            }
        }
    }

    fn on_account(&mut self, change: impl Fn(&Account, &Context) -> Decision) {
        let Some(account) = self.account() else { return };
        let context = self.memory.context();
        assert!(self.memory.commit(change(&account, &context)));
    }

    fn log_in(&mut self, number: usize, new_device: bool) {
        let Some(credential) = self.credential() else { return };
        let Some((password, who)) = one_of(&self.passwords, number) else { return };
        if credential.password_hash != Some(PasswordHash(password)) {
            return;
        }
        let context = self.memory.context();
        let of_theirs = |record: &Device| self.whose(record.id) == who;
        let record = self.memory.all::<Device>().into_iter().find(of_theirs).filter(|_| !new_device);
        let id = record.as_ref().map_or_else(|| context.mint(), |record| record.id);
        let is_known = record.as_ref().is_some_and(|record| record.is_known_to(&self.account().unwrap()));
        let device = Presented { id, label: None, record, has_registered: !new_device };
        let account = self.account().unwrap();
        match logins::log_in(&credential, &account, device, self.policy(), &context) {
            Ok((admission, decision)) => {
                assert!(self.memory.commit(decision));
                if let Admission::Session(session) = admission {
                    assert!(!self.policy().confirm_device_change || is_known, "an unknown device got in");
                    assert!(session.is_live(&account, self.memory.now));
                    self.devices.push((id, who));
                    self.sessions.insert(session.id, who);
                }
            }
            Err(reason) => {
                let may_be_told = account.confirmed_at.is_some() || !new_device;
                assert_eq!(reason == KeptOut::Untold, !may_be_told, "{reason}");
            }
        }
    }

    /// Whoever is logged in invites somebody to the company, which takes a proven address.
    fn invite(&mut self, number: usize) {
        let (Some(account), Some(customer)) = (self.account(), self.customer()) else { return };
        let live =
            self.memory.all::<Session>().into_iter().filter(|session| session.is_live(&account, self.memory.now));
        let is_in = live.count() > number;
        if !is_in || customer.profile.kind != Kind::Company || customer.email_confirmed_at.is_none() {
            return;
        }
        let context = self.memory.context();
        let email = EmailAddress::parse("charles@example.com").unwrap();
        let employees = self.memory.all::<Employee>();
        let (_, decision) =
            domain_employees::invite(&customer, &employees, email, CompanyRole::Member, Language::En, &context);
        assert!(self.memory.commit(decision));
    }

    fn reset_password(&mut self) {
        let Some(reset) = self.memory.all::<PasswordReset>().pop() else { return };
        let (account, customer) = (self.account().unwrap(), self.customer().unwrap());
        let context = self.memory.context();
        let password = PasswordHash(self.choose_password(Who::Owner));
        let decision = passwords::reset(&reset, &account, Some(&customer), password, &context);
        if let Ok(decision) = decision {
            assert!(self.memory.commit(decision));
            let account = self.account().unwrap();
            assert!(self.memory.all::<Session>().iter().all(|session| !session.is_live(&account, self.memory.now)));
        }
    }

    fn sweep(&mut self) {
        for registration in self.memory.all::<Registration>() {
            let context = self.memory.context();
            let decision = domain_registration::expire(&registration, self.credential().as_ref(), &context);
            assert!(self.memory.commit(decision));
        }
    }

    /// What holds after whatever happened.
    fn check(&self) {
        assert!(
            self.memory.all::<Account>().len() <= 1 && self.memory.all::<Customer>().len() <= 1,
            "strangers multiplied records"
        );
        let (Some(account), Some(credential)) = (self.account(), self.credential()) else { return };
        assert_eq!(credential.revision, account.credential_revision);
        assert_eq!(credential.standing == Standing::Proven, account.confirmed_at.is_some());
        assert_eq!(credential.standing == Standing::Open, account.registration_id.is_none());
        self.check_who_gets_in(&account, &credential);
        self.check_that_nobody_else_is_in(&account, &credential);
        self.check_the_registration_it_stands_on(&account, &credential);
        self.check_ways_on(&account);
        self.check_requests_for_approval();
    }

    /// Nobody gets in whom the policy in force when they registered keeps out.
    fn check_who_gets_in(&self, account: &Account, credential: &Credential) {
        if !account.is_open() {
            return;
        }
        let PasswordHash(password) = credential.password_hash.clone().unwrap();
        let stands_on = account.registration_id.unwrap();
        let registration = self.registration_of(stands_on);
        if let Some(terms) = self.terms.get(&password) {
            assert_eq!(*terms, registration.terms, "another's terms let this password in");
            if terms.validation == AccountValidation::Required {
                assert!(registration.confirmed_at.is_some(), "the address was not proven by this registration");
            }
        } else {
            assert!(account.confirmed_at.is_some(), "a password came from nowhere");
        }
        if registration.terms.approval {
            assert!(self.told(|event: &RegistrationApproved| event.registration_id == stands_on) > 0);
        }
    }

    /// Once the owner of the mailbox has followed a link, the password that opens the account is one that they chose, sessions and known
    /// devices are theirs; and before, nobody has been invited.
    fn check_that_nobody_else_is_in(&self, account: &Account, credential: &Credential) {
        if account.confirmed_at.is_none() {
            assert!(self.memory.all::<Employee>().is_empty(), "somebody was invited before the proof");
            return;
        }
        let PasswordHash(password) = credential.password_hash.as_ref().unwrap();
        assert!(self.passwords_of(Who::Owner).contains(password), "a stranger's password opens the account");
        for session in self.memory.all::<Session>().iter().filter(|session| session.is_live(account, self.memory.now)) {
            assert_eq!(self.sessions[&session.id], Who::Owner, "a stranger's session goes on");
        }
        for device in self.memory.all::<Device>().iter().filter(|device| device.is_known_to(account)) {
            assert_eq!(self.whose(device.id), Who::Owner, "a stranger's device is known");
        }
    }

    fn check_the_registration_it_stands_on(&self, account: &Account, credential: &Credential) {
        for registration in self.memory.all::<Registration>() {
            let stands = account.registration_id == Some(registration.id);
            match registration.state {
                RegistrationState::AwaitingApproval { .. } => {
                    assert!(stands, "administrators are asked about a registration that does not count");
                    assert_eq!(account.state, AccountState::AwaitingApproval);
                    let proof_needed = registration.terms.validation == AccountValidation::Required;
                    assert!(!proof_needed || registration.confirmed_at.is_some(), "asked before the proof");
                }
                RegistrationState::Completed { .. } if stands => assert_eq!(account.state, AccountState::Active),
                RegistrationState::Rejected { .. } if stands => assert_eq!(account.state, AccountState::Rejected),
                _ => assert!(!stands, "an account stands on a registration that ended"),
            }
            let counts_later = registration.waits_for(registration.received_at).is_some();
            assert_eq!(registration.password_hash.is_some(), counts_later, "a password is kept without need");
        }
        if credential.standing == Standing::Open {
            assert_eq!(account.state, AccountState::Unconfirmed);
        }
        assert!(matches!(account.holder, Holder::Customer { .. }));
    }

    /// No state without a way on: everything that waits is swept or in front of an administrator, and the address can always be
    /// proven, registered again, or its password reset.
    fn check_ways_on(&self, account: &Account) {
        for registration in self.memory.all::<Registration>() {
            match registration.state {
                RegistrationState::AwaitingConfirmation => assert!(registration.due_at().is_some()),
                RegistrationState::Taken => {
                    assert!(registration.account_id != account.id && registration.link_expires_at.is_none());
                    assert!(
                        registration.expires_at() > Some(registration.waits_until),
                        "it is gone sooner than others"
                    );
                }
                RegistrationState::AwaitingApproval { .. } | RegistrationState::Rejected { .. } => {
                    assert!(registration.expires_at().is_none(), "what can still be decided is forgotten");
                }
                _ => assert!(registration.expires_at().is_some()),
            }
        }
        if account.state == AccountState::Rejected {
            let registration = self.registration_of(account.registration_id.unwrap());
            let context = Context::new(self.memory.now, Actor::System, Cause::default(), [255; 10]);
            assert!(
                domain_registration::decide(&registration, account, Verdict::Approve { reason: None }, &context)
                    .is_ok()
            );
        }
    }

    /// Administrators are asked once about a registration.
    fn check_requests_for_approval(&self) {
        for registration in self.memory.all::<Registration>() {
            let asked = self.told(|event: &ApprovalRequested| event.registration_id == registration.id);
            assert!(asked <= 1, "administrators are asked twice");
            assert!(asked == 0 || registration.terms.approval);
        }
    }

    fn told<K: EventKind>(&self, which: impl Fn(&K) -> bool) -> usize {
        self.memory.events.iter().filter_map(Event::read).filter(|kind| which(kind)).count()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_happens_in_whatever_order(steps in prop::collection::vec(step(), 1..40)) {
        let mut walk = Walk::default();
        for step in &steps {
            let before = walk.account();
            let live: Vec<Session> = walk.memory.all();
            walk.take(step);
            walk.check();
            no_policy_locks_out(step, before.as_ref(), &walk);
            a_proof_ends_what_was_before(before.as_ref(), &live, &walk);
        }
    }
}

/// Nobody active is locked out by a policy change.
fn no_policy_locks_out(step: &Step, before: Option<&Account>, walk: &Walk) {
    if let (Step::SetPolicy(_), Some(before)) = (step, before) {
        assert_eq!(Some(before), walk.account().as_ref());
    }
}

/// A mailbox proven by someone other than who was in ends their sessions, and makes their devices unknown.
fn a_proof_ends_what_was_before(before: Option<&Account>, live: &[Session], walk: &Walk) {
    let (Some(before), Some(after)) = (before, walk.account()) else { return };
    let proven = before.confirmed_at.is_none() && after.confirmed_at.is_some();
    if proven && before.registration_id.is_some() && before.registration_id != after.registration_id {
        assert!(live.iter().all(|session| !session.is_live(&after, walk.memory.now)));
        let known = walk.memory.all::<Device>().iter().filter(|device| device.is_known_to(&after)).count();
        assert!(known <= 1, "a device from before is known");
    }
}
