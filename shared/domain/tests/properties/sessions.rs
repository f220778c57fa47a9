//! However refresh tokens are used, copied and delayed.

use domain::sessions::{self, Refreshed};
use domain::{
    Account, AccountState, EmailAddress, Happening, Holder, Language, Notifications, RefreshRefused, RoleName, Session,
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
    let account = Account {
        id: context.mint(),
        version: 0,
        holder: Holder::Staff { role: RoleName::administrator() },
        state: AccountState::Active,
        email: EmailAddress::parse("ada@example.com").unwrap(),
        name: None,
        language: Language::En,
        created_at: context.now,
        confirmed_at: Some(context.now),
        registration_id: None,
        blocked_at: None,
        credential_revision: 0,
        session_revision: 0,
        owner_revision: 0,
        permissions: std::collections::BTreeSet::new(),
        notifications: Notifications::default(),
    };
    let mut decision = domain::Decision::default();
    decision.create(account.clone());
    assert!(memory.commit(decision));
    let (session, decision) = sessions::start(&account, context.mint(), None, &context);
    assert!(memory.commit(decision));
    (memory.accounts[&account.id.to_string()].clone(), session)
}

proptest! {
    #[test]
    fn an_old_token_ends_all_sessions_and_the_latest_one_never_does(steps in prop::collection::vec(step(), 1..60)) {
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
                    prop_assert!(memory.commit(*decision));
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
                    prop_assert!(memory.accounts.values().all(|after| after.session_revision > account.session_revision));
                }
                Err(RefreshRefused::Over) => {
                    prop_assert!(generation > session.generation || !session.is_live(&account, memory.now));
                }
            }
        }
    }
}
