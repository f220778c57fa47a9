//! However refresh tokens are used, copied and delayed.

use domain::sessions::{self, Refreshed};
use domain::{
    Account, AccountState, Credential, EmailAddress, Happening, Holder, Language, RefreshRefused, Role, Session,
};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::memory::Memory;

#[derive(Debug, Clone)]
enum Step {
    /// Presents the token of a generation.
    Refresh {
        generation: u32,
    },
    Pass {
        seconds: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..8u32).prop_map(|generation| Step::Refresh { generation }),
        (1..30i64).prop_map(|seconds| Step::Pass { seconds }),
        (1..60i64).prop_map(|days| Step::Pass { seconds: days * 24 * 60 * 60 }),
    ]
}

fn logged_in(memory: &mut Memory) -> (Account, Session) {
    let context = memory.context();
    let email = EmailAddress::parse("ada@example.com").unwrap();
    let holder = Holder::Staff { role: Role::Administrator };
    let account = Account {
        id: context.mint(),
        version: 0,
        holder,
        state: AccountState::Active,
        email: email.clone(),
        name: None,
        language: Language::En,
        created_at: context.now,
        confirmed_at: Some(context.now),
    };
    let credential = Credential {
        email,
        account_id: account.id,
        holder,
        password_hash: None,
        proven: true,
        language: Language::En,
        latest_registration: None,
    };
    let mut decision = domain::Decision::default();
    decision.create(account.clone());
    assert!(memory.commit(decision));
    let (session, mut decision) = sessions::start(&credential, context.mint(), &context);
    decision.sightings.clear();
    assert!(memory.commit(decision));
    (account, session)
}

proptest! {
    #[test]
    fn an_old_token_ends_the_session_and_the_latest_one_never_does(steps in prop::collection::vec(step(), 1..60)) {
        let mut memory = Memory::default();
        let (account, started) = logged_in(&mut memory);
        for step in steps {
            let generation = match step {
                Step::Refresh { generation } => generation,
                Step::Pass { seconds } => {
                    memory.pass(SignedDuration::from_secs(seconds));
                    continue;
                }
            };
            let Some(session) = memory.sessions.get(&started.id.to_string()).cloned() else { break };
            let context = memory.context();
            let age = memory.now.duration_since(session.refreshed_at);
            match sessions::refresh(&session, &account, generation, &context) {
                Ok(Refreshed::Anew(refreshed, decision)) => {
                    prop_assert_eq!(generation, session.generation);
                    prop_assert_eq!(refreshed.generation, generation + 1);
                    prop_assert!(age < sessions::IDLE_LIFETIME);
                    prop_assert!(memory.now.duration_since(started.started_at) < sessions::LIFETIME);
                    prop_assert!(memory.commit(decision));
                }
                Ok(Refreshed::Again(again)) => {
                    prop_assert_eq!(generation + 1, session.generation);
                    prop_assert_eq!(again, session);
                    prop_assert!(age <= SignedDuration::from_secs(10));
                }
                Err(RefreshRefused::Reused(decision)) => {
                    prop_assert!(generation < session.generation);
                    prop_assert!(memory.commit(*decision));
                    let last = memory.events.last().map(|event| event.happening.clone());
                    let told = matches!(last, Some(Happening::SessionReuseDetected { .. }));
                    prop_assert!(told && memory.sessions.is_empty());
                }
                Err(RefreshRefused::Over) => prop_assert!(generation > session.generation || !session.is_live(memory.now)),
            }
        }
    }
}
