//! However people register, ask again, follow links late or twice, and time passes.

use domain::registrations::{self, Receipt};
use domain::{
    AccountState, ConfirmRefused, EmailAddress, Happening, Kind, Language, PasswordHash, Profile, Registration,
    RegistrationState, Text,
};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::memory::Memory;

const ADDRESS: &str = "ada@example.com";

#[derive(Debug, Clone)]
enum Step {
    Register { password: u8 },
    Resend,
    Confirm { registration: usize },
    Sweep,
    Pass { hours: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..4u8).prop_map(|password| Step::Register { password }),
        Just(Step::Resend),
        (0..6usize).prop_map(|registration| Step::Confirm { registration }),
        Just(Step::Sweep),
        (1..200i64).prop_map(|hours| Step::Pass { hours }),
    ]
}

fn address() -> EmailAddress {
    EmailAddress::parse(ADDRESS).unwrap()
}

fn take(memory: &mut Memory, step: &Step) {
    let context = memory.context();
    match *step {
        Step::Register { password } => {
            let receipt = Receipt {
                email: address(),
                profile: Profile {
                    kind: Kind::Person,
                    name: Text::parse(&format!("Ada {password}")).unwrap(),
                    language: Language::En,
                    phone: None,
                    promotional_mail: false,
                    company: None,
                },
                password_hash: PasswordHash(format!("hash of {password}")),
                device_id: context.mint(),
            };
            let known = memory.credentials.get(ADDRESS).cloned();
            assert!(memory.commit(registrations::receive(receipt, known, &context)));
        }
        Step::Resend => {
            let credential = memory.credentials.get(ADDRESS).cloned();
            let latest = credential.as_ref().and_then(|credential| credential.latest_registration);
            let registration = latest.map(|id| memory.registrations[&id.to_string()].clone());
            let account =
                credential.as_ref().map(|credential| memory.accounts[&credential.account_id.to_string()].clone());
            let decision = registrations::resend(
                address(),
                credential.as_ref(),
                registration.as_ref(),
                account.as_ref(),
                &context,
            );
            assert!(memory.commit(decision));
        }
        Step::Confirm { registration } => {
            let Some(registration) = memory.registrations.values().nth(registration).cloned() else { return };
            confirm(memory, &registration);
        }
        Step::Sweep => {
            for registration in memory.registrations.values().cloned().collect::<Vec<_>>() {
                let context = memory.context();
                let credential = memory.credentials.get(ADDRESS).cloned();
                assert!(memory.commit(registrations::expire(&registration, credential.as_ref(), &context)));
            }
        }
        Step::Pass { hours } => memory.pass(SignedDuration::from_hours(hours)),
    }
}

fn confirm(memory: &mut Memory, registration: &Registration) {
    let account = memory.accounts[&registration.account_id.to_string()].clone();
    let customer = memory.customers[&registration.customer_id.to_string()].clone();
    let context = memory.context();
    match registrations::confirm(registration, &account, &customer, &context) {
        Ok(decision) => {
            let RegistrationState::Pending { link_expires_at } = registration.state else {
                panic!("a registration that does not wait was confirmed")
            };
            assert!(account.state == AccountState::Unconfirmed && memory.now < link_expires_at);
            assert!(memory.commit(decision));
        }
        Err(ConfirmRefused::Used) => assert_eq!(account.state, AccountState::Active),
        Err(ConfirmRefused::Expired) => {}
    }
}

proptest! {
    #[test]
    fn one_proof_decides_and_everything_follows_from_it(steps in prop::collection::vec(step(), 1..40)) {
        let mut memory = Memory::default();
        for step in &steps {
            take(&mut memory, step);
            check(&memory);
        }
    }
}

fn check(memory: &Memory) {
    assert!(memory.accounts.len() <= 1 && memory.customers.len() <= 1, "strangers multiplied records");
    let confirmed: Vec<&Registration> = memory
        .registrations
        .values()
        .filter(|registration| matches!(registration.state, RegistrationState::Confirmed { .. }))
        .collect();
    assert!(confirmed.len() <= 1);
    for credential in memory.credentials.values() {
        let account = &memory.accounts[&credential.account_id.to_string()];
        assert_eq!(credential.proven, account.state == AccountState::Active);
        assert_eq!(credential.proven, confirmed.len() == 1);
        if let Some(registration) = confirmed.first() {
            let customer = memory.customers.values().next().unwrap();
            assert_eq!(credential.latest_registration, Some(registration.id));
            assert_eq!(customer.profile, registration.profile);
            let chosen = registration.profile.name.as_str().replace("Ada", "hash of");
            assert_eq!(
                credential.password_hash,
                Some(PasswordHash(chosen)),
                "another password than the proven one works"
            );
        }
    }
    for registration in memory.registrations.values() {
        let waits = matches!(registration.state, RegistrationState::Pending { .. });
        assert_eq!(registration.password_hash.is_some(), waits, "a password is kept without need");
        assert_eq!(registration.due_at().is_some(), waits, "a state without a way on");
    }
    let opened =
        memory.events.iter().filter(|event| matches!(event.happening, Happening::RegistrationConfirmed { .. }));
    assert_eq!(opened.count(), confirmed.len());
    assert!(memory.events.is_sorted_by(|earlier, later| earlier.id < later.id || earlier.at == later.at));
}
