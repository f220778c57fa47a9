//! A small town in which everything is stored that can be: a company with its people, somebody who waits, somebody who is refused,
//! and the staff.

use std::collections::BTreeMap;

use decision::{Attributes, Context, Decision, Event, Message, Outcome, Place, messages};
use domain_access::{address_changes, challenges, passwords};
use domain_accounts::{
    Account, CompanyRole, Credential, Joining, PasswordHash, Permission, Role, RoleName, Roles, sessions,
};
use domain_customers::{AddressTrouble, Company, Customer, Kind, Profile, note_trouble};
use domain_employees::Employee;
use domain_registration::{Proof, Receipt, Registration, Verdict};
use domain_settings::{
    AccountValidation, AdminApproval, Business, BusinessSettings, RegistrationPolicy, RegistrationSettings, Terms,
    businesses, policies,
};
use domain_staff::{Invitation, Known, Roster, Staff, invitations, roles};
use jiff::SignedDuration;
use serde_json::{Value, json};
use values::{Color, EmailAddress, Language, Lines, PhoneNumber, Text, WebAddress};

use crate::memory::Memory;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// One item under each name, as it was first stored under it.
pub(super) fn items(name: fn(&Place, &Attributes) -> String) -> BTreeMap<String, Value> {
    let mut town = Town { memory: Memory::default(), items: BTreeMap::new(), name };
    town.memory.now = "2026-11-22T06:00:00Z".parse().unwrap();
    town.set_up();
    town.a_company_comes_in();
    town.mails_go_out();
    town.somebody_waits();
    town.the_staff_comes_in();
    town.items
}

struct Town {
    memory: Memory,
    items: BTreeMap<String, Value>,
    name: fn(&Place, &Attributes) -> String,
}

impl Town {
    fn commit(&mut self, decide: impl FnOnce(&Memory, &Context) -> Decision) -> Vec<Event> {
        let context = self.memory.context();
        let decision = decide(&self.memory, &context);
        let events = decision.events.clone();
        assert!(self.memory.commit(decision));
        let stored = self.memory.items().map(|(place, item)| (place.clone(), item.clone()));
        let told = events.iter().map(Event::put).map(|put| (put.place, put.attributes));
        for (place, item) in stored.chain(told).collect::<Vec<_>>() {
            let name = (self.name)(&place, &item);
            self.items.entry(name).or_insert_with(|| {
                let mut item = Value::Object(item);
                (item["pk"], item["sk"]) = (place.pk.into(), place.sk.into());
                item
            });
        }
        self.memory.pass(SignedDuration::from_secs(90));
        events
    }

    fn account(&self, email: &str) -> Account {
        self.memory.all().into_iter().find(|account: &Account| account.email == address(email)).unwrap()
    }

    fn credential(&self, email: &str) -> Credential {
        self.memory.all().into_iter().find(|credential: &Credential| credential.email == address(email)).unwrap()
    }

    fn customer(&self, email: &str) -> Customer {
        self.memory.all().into_iter().find(|customer: &Customer| customer.email == address(email)).unwrap()
    }

    fn registration(&self, email: &str) -> Registration {
        self.memory.all().into_iter().find(|known: &Registration| known.email == address(email)).unwrap()
    }

    fn set_up(&mut self) {
        let policy = RegistrationPolicy {
            notify_after_registration: true,
            admin_approval: AdminApproval::Companies,
            confirm_device_change: true,
            account_validation: AccountValidation::Required,
        };
        self.commit(|_, context| policies::change(&RegistrationSettings::default(), policy, context));
        let business = |name: &str| Business {
            name: text(name),
            address: vec![text("Hafenstraße 12"), text("20457 Hamburg")],
            logo_url: WebAddress::parse("https://nordlicht.example.com/logo.png").ok(),
            email: EmailAddress::parse("service@nordlicht.example.com").ok(),
            phone: PhoneNumber::parse("+49 40 1234567").ok(),
            website: WebAddress::parse("https://nordlicht.example.com/").ok(),
            terms_url: WebAddress::parse("https://nordlicht.example.com/terms").ok(),
            privacy_url: WebAddress::parse("https://nordlicht.example.com/privacy").ok(),
            color: Color::parse("#0a6e5c").ok(),
        };
        let before = BusinessSettings { version: 0, business: business("Clientele"), changed_at: None };
        self.commit(|_, context| businesses::change(&before, business("Nordlicht Reisen"), context));
    }

    fn register(&mut self, email: &str, profile: Profile, terms: Terms) {
        self.commit(|_, context| {
            let receipt = Receipt {
                email: address(email),
                profile,
                password_hash: hash(),
                device_id: context.mint(),
                device_label: Text::parse("Firefox on Linux").ok(),
                terms,
            };
            domain_registration::receive(receipt, None, None, context)
        });
    }

    fn confirm(&mut self, email: &str) -> Vec<Event> {
        let (registration, account, customer) = (self.registration(email), self.account(email), self.customer(email));
        self.commit(|_, context| {
            domain_registration::confirm(&registration, &account, &customer, None, &Proof::Device, context).unwrap().1
        })
    }

    fn a_company_comes_in(&mut self) {
        let email = "ada@engines.example";
        let terms = Terms { validation: AccountValidation::Required, approval: false, notify: true };
        self.register(email, company(), terms);
        let events = self.confirm(email);
        let customer = self.customer(email);
        let opened = events.into_iter().find(|event| event.kind == "account.opened").unwrap();
        self.commit(|_, context| domain_automation::welcome(&opened, &customer, context));
        let (account, credential) = (self.account(email), self.credential(email));
        let label = || Text::parse("Firefox on Linux").ok();
        self.commit(|_, context| sessions::start(&account, context.mint(), label(), context).1);
        self.commit(|_, context| challenges::pose(&credential, &account, context.mint(), label(), context).1);
        self.commit(|_, context| passwords::forgot(address(email), Some(&credential), context));
        self.commit(|_, context| address_changes::ask(&account, address("lovelace@engines.example"), None, context));
        self.employees_join(&customer);
    }

    fn employees_join(&mut self, company: &Customer) {
        for email in ["charles@engines.example", "luigi@engines.example"] {
            self.commit(|memory, context| {
                let employees: Vec<Employee> = memory.all();
                let role = CompanyRole::Manager;
                domain_employees::invite(company, &employees, address(email), role, Language::En, context).1
            });
        }
        let charles: Employee = self.memory.first().unwrap();
        self.commit(|_, context| domain_employees::join(&charles, None, joining("Charles Babbage"), context).unwrap());
    }

    fn somebody_waits(&mut self) {
        let terms = Terms { validation: AccountValidation::Required, approval: true, notify: true };
        for name in ["bob", "cyd"] {
            let email = format!("{name}@example.com");
            self.register(&email, person(), terms);
            self.confirm(&email);
        }
        let (registration, account) = (self.registration("bob@example.com"), self.account("bob@example.com"));
        let verdict = Verdict::Reject { reason: Lines::parse("We serve companies only.").ok() };
        self.commit(|_, context| domain_registration::decide(&registration, &account, verdict, context).unwrap());
        let (registration, account) = (self.registration("cyd@example.com"), self.account("cyd@example.com"));
        let verdict = Verdict::Approve { reason: Lines::parse("Welcome!\nYour discount is set up.").ok() };
        self.commit(|_, context| domain_registration::decide(&registration, &account, verdict, context).unwrap());
        self.register("dan@example.com", person(), terms);
        let (registration, credential) = (self.registration("dan@example.com"), self.credential("dan@example.com"));
        self.memory.pass(domain_registration::LIFETIME);
        self.commit(|_, context| domain_registration::expire(&registration, Some(&credential), context));
    }

    fn the_staff_comes_in(&mut self) {
        let (grace, administrator) = ("grace@example.com", RoleName::administrator());
        for email in [grace, "hedy@example.com"] {
            self.commit(|memory, context| {
                let staff = Staff { roles: &Roles::default(), roster: &memory.first().unwrap_or_default() };
                let role = administrator.clone();
                invitations::invite(address(email), role, Language::De, Known::default(), staff, context).unwrap()
            });
        }
        let account = self.account(grace);
        let invitation = self.memory.all().into_iter().find(|known: &Invitation| known.account_id == account.id);
        let (invitation, roster) = (invitation.unwrap(), self.roster());
        let staff = Staff { roles: &Roles::default(), roster: &roster };
        self.commit(|_, context| {
            invitations::accept(&invitation, &account, joining("Grace Hopper"), None, staff, context).unwrap()
        });
        let role = Role { name: RoleName::parse("auditor").unwrap(), permissions: [Permission::SeeCustomers].into() };
        let roster = self.roster();
        self.commit(|_, context| roles::create(&Roles::default(), &roster, role, context).unwrap());
    }

    fn roster(&self) -> Roster {
        self.memory.first().unwrap()
    }

    fn mails_go_out(&mut self) {
        let now = self.memory.now;
        let messages: Vec<Message> = self.memory.all();
        let in_time = messages.into_iter().filter(|message| message.useless_from.is_none_or(|from| from > now + HOUR));
        let outcomes = [Outcome::Accepted, Outcome::Refused(String::new()), Outcome::Rejected("No such host.".into())];
        for (message, outcome) in in_time.collect::<Vec<_>>().into_iter().zip(outcomes) {
            self.commit(|_, context| messages::claim(&message, context).1);
            let claimed: Message =
                self.memory.all().into_iter().find(|known: &Message| known.id == message.id).unwrap();
            self.commit(|_, context| messages::settle(&claimed, outcome, context));
        }
        let customer = self.customer("ada@engines.example");
        let message = self.memory.all().into_iter().find(|message: &Message| message.to == customer.email).unwrap();
        self.commit(|_, context| note_trouble(&message, Some(&customer), AddressTrouble::Bounced, context));
    }
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn text<const MAX: usize>(words: &str) -> Text<MAX> {
    Text::parse(words).unwrap()
}

fn hash() -> PasswordHash {
    PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA".into())
}

fn joining(name: &str) -> Joining {
    Joining { name: text(name), password_hash: hash() }
}

fn person() -> Profile {
    Profile {
        kind: Kind::Person,
        name: text("Bob Kahn"),
        language: Language::Fr,
        phone: PhoneNumber::parse("+33 1 23 45 67 89").ok(),
        promotional_mail: false,
        company: None,
    }
}

fn company() -> Profile {
    let company = json!({
        "legalName": "Analytical Engines GmbH", "registrationNumber": "HRB 1815", "vatNumber": "DE123456789",
        "contactName": "Ada Lovelace",
    });
    let company: Company = serde_json::from_value(company).unwrap();
    Profile {
        kind: Kind::Company,
        name: text("Analytical Engines"),
        language: Language::En,
        phone: PhoneNumber::parse("+44 20 7946 0000").ok(),
        promotional_mail: true,
        company: Some(company),
    }
}
