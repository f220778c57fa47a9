//! Someone registers.

use jiff::Timestamp;

use decision::{Context, Decision, Message, changes_between};
use domain_accounts::mails::AlreadyRegistered;
use domain_accounts::{Account, Credential, Holder, PasswordHash, Standing};
use domain_customers::{Customer, Profile, Stage};
use domain_settings::{AccountValidation, Terms};
use values::{AccountId, CustomerId, DeviceId, DeviceLabel, EmailAddress};

use crate::events::{OpenedBy, RegistrationReceived, RegistrationRepeated};
use crate::registration::{LIFETIME, LINK_LIFETIME, let_in};
use crate::{Registration, RegistrationState};

/// What someone sends to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The address.
    pub email: EmailAddress,
    /// What they say of themselves.
    pub profile: Profile,
    /// The hash of the password they chose.
    pub password_hash: PasswordHash,
    /// The device they use: a new one for each registration, which bears its UUID.
    pub device_id: DeviceId,
    /// What it calls itself.
    pub device_label: Option<DeviceLabel>,
    /// What they register under.
    pub terms: Terms,
}

/// An account that nobody has got into, and its record.
#[derive(Debug, Clone, PartialEq)]
pub struct Unopened {
    /// The account.
    pub account: Account,
    /// The record.
    pub customer: Customer,
}

/// Whether a registration lets in an account that earlier ones left waiting for a proof. Only then [`receive`] has to know account
/// and record.
pub fn opens_the_unopened(terms: Terms, known: Option<&Credential>) -> bool {
    let waiting = known.is_some_and(|credential| {
        credential.standing == Standing::Open && matches!(credential.holder, Holder::Customer { .. })
    });
    waiting && terms.validation != AccountValidation::Required
}

/// Takes a registration. `known` is what the address logs in with, if it has been registered or invited before, and `unopened` its
/// account, where [`opens_the_unopened`] asks for it.
pub fn receive(receipt: Receipt, known: Option<Credential>, unopened: Option<Unopened>, context: &Context) -> Decision {
    let Some(credential) = known else { return begin_record(receipt, context) };
    let Holder::Customer { customer_id } = credential.holder else { return tell_owner(receipt, &credential, context) };
    let proof_needed = receipt.terms.validation == AccountValidation::Required;
    let no_proof_offered = receipt.terms.validation == AccountValidation::None;
    match (credential.standing, unopened) {
        (Standing::Proven, _) => tell_owner(receipt, &credential, context),
        (Standing::Held, _) if no_proof_offered => tell_owner(receipt, &credential, context),
        (Standing::Open, Some(unopened)) if !proof_needed => open(receipt, credential, unopened, context),
        (Standing::Open | Standing::Held, _) => wait_for_proof(receipt, credential, customer_id, context),
    }
}

/// The first registration of an address.
fn begin_record(receipt: Receipt, context: &Context) -> Decision {
    let (account_id, customer_id) = (context.mint(), context.mint());
    let holder = Holder::Customer { customer_id };
    let Profile { name, language, .. } = receipt.profile.clone();
    let account = Account::new(account_id, holder, receipt.email.clone(), language, context.now);
    let account = Account { name: Some(name), ..account };
    let customer = Customer {
        id: customer_id,
        version: 0,
        account_id,
        email: receipt.email.clone(),
        email_confirmed_at: None,
        email_trouble: None,
        stage: Stage::Lead,
        profile: receipt.profile.clone(),
        created_at: context.now,
        updated_at: context.now,
    };
    let credential = Credential {
        email: receipt.email.clone(),
        account_id,
        holder: account.holder.clone(),
        password_hash: Some(receipt.password_hash.clone()),
        standing: Standing::Open,
        revision: 0,
        language: receipt.profile.language,
        latest_registration: None,
    };
    let mut decision = Decision::default();
    if receipt.terms.validation == AccountValidation::Required {
        let registration = Registration::new(receipt, account_id, customer_id, context);
        decision.create(&Credential { latest_registration: Some(registration.id), ..credential });
        add(&registration, &account, &mut decision, context);
        decision.create(&account);
    } else {
        let (registration, account) = stand_on(receipt, account, customer_id, &mut decision, context);
        let (standing, latest_registration) = (Standing::Held, Some(registration.id));
        decision.create(&Credential { standing, latest_registration, ..credential });
        add(&registration, &account, &mut decision, context);
        decision.create(&account);
    }
    decision.create(&customer);
    decision
}

/// A registration that counts once its address is proven. Where nobody has been let in yet, its password is the one that the
/// address's state is told to.
fn wait_for_proof(receipt: Receipt, known: Credential, customer_id: CustomerId, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let (password_hash, language) = match known.standing {
        Standing::Open => (Some(receipt.password_hash.clone()), receipt.profile.language),
        Standing::Held | Standing::Proven => (known.password_hash.clone(), known.language),
    };
    let registration = Registration::new(receipt, known.account_id, customer_id, context);
    Credential { password_hash, language, latest_registration: Some(registration.id), ..known }.claim(&mut decision);
    tell(&registration, &mut decision, context);
    decision.create(&registration);
    decision
}

/// A registration that needs no proof, of an address that others registered when proof was needed.
fn open(receipt: Receipt, known: Credential, unopened: Unopened, context: &Context) -> Decision {
    let Unopened { account, customer } = unopened;
    let mut decision = Decision::default();
    let credential = Credential {
        password_hash: Some(receipt.password_hash.clone()),
        language: receipt.profile.language,
        standing: Standing::Held,
        ..known
    };
    let updated = Customer { profile: receipt.profile.clone(), updated_at: context.now, ..customer.clone() };
    let (registration, opened) = stand_on(receipt, account.clone(), customer.id, &mut decision, context);
    Credential { latest_registration: Some(registration.id), ..credential }.claim(&mut decision);
    if !changes_between(&customer, &updated).is_empty() {
        decision.update(&customer, &updated);
    }
    add(&registration, &opened, &mut decision, context);
    decision.update(&account, &opened);
    decision
}

/// Lets the account stand on a registration that needs no proof.
fn stand_on(
    receipt: Receipt,
    account: Account,
    customer_id: CustomerId,
    decision: &mut Decision,
    context: &Context,
) -> (Registration, Account) {
    let mut registration = Registration::new(receipt, account.id, customer_id, context);
    let (account_state, state) = let_in(registration.terms, context.now);
    registration.state = state;
    registration.password_hash = None;
    let account = Account {
        state: account_state,
        name: Some(registration.profile.name.clone()),
        language: registration.profile.language,
        registration_id: Some(registration.id),
        ..account
    };
    registration.sighting(&account, context).note(decision);
    (registration, account)
}

/// Stores a registration, with what it sets off.
fn add(registration: &Registration, account: &Account, decision: &mut Decision, context: &Context) {
    tell(registration, decision, context);
    decision.events.extend(registration.let_in_event(account, OpenedBy::Registration, context));
    decision.create(registration);
}

fn tell(registration: &Registration, decision: &mut Decision, context: &Context) {
    let received = RegistrationReceived {
        registration_id: registration.id,
        customer_kind: registration.profile.kind,
        terms: registration.terms,
    };
    decision.events.push(context.event(registration.subject(), received));
    if let Some(message) = registration.link_mail(context) {
        decision.create(&message);
    }
}

/// A registration of an address that has an account. Its ids name nothing, so that nobody takes it for one of the account's.
fn tell_owner(receipt: Receipt, credential: &Credential, context: &Context) -> Decision {
    let subject = credential.subject();
    let mail = AlreadyRegistered { attempted_at: context.now };
    let mut decision = Decision::default();
    decision.create(&Message::new(context, subject.clone(), receipt.email.clone(), credential.language, &mail));
    decision.events.push(context.event(subject, RegistrationRepeated {}));
    let registration = Registration::new(receipt, context.mint(), context.mint(), context);
    decision.create(&Registration { state: RegistrationState::Taken, link_expires_at: None, ..registration });
    decision
}

impl Registration {
    /// A registration that waits for its proof.
    fn new(receipt: Receipt, account_id: AccountId, customer_id: CustomerId, context: &Context) -> Self {
        Self {
            id: receipt.device_id.into(),
            version: 0,
            account_id,
            customer_id,
            email: receipt.email,
            profile: receipt.profile,
            terms: receipt.terms,
            password_hash: Some(receipt.password_hash),
            device_id: receipt.device_id,
            device_label: receipt.device_label,
            state: RegistrationState::AwaitingConfirmation,
            decided_by: None,
            link_expires_at: link_expiry(receipt.terms, context.now),
            confirmed_at: None,
            received_at: context.now,
            waits_until: context.now + LIFETIME,
            cause: context.cause.clone(),
        }
    }
}

fn link_expiry(terms: Terms, now: Timestamp) -> Option<Timestamp> {
    (terms.validation != AccountValidation::None).then_some(now + LINK_LIFETIME)
}
