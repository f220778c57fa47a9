//! However refresh tokens are used, copied and delayed.

use decision::Decision;
use domain_accounts::events::SessionReuseDetected;
use domain_accounts::{Account, AccountState, Holder, RefreshRefused, Refreshed, RoleName, Session, sessions};
use jiff::SignedDuration;
use proptest::prelude::*;
use values::{EmailAddress, Language};

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
    let (holder, email) = (Holder::Staff { role: RoleName::administrator() }, EmailAddress::parse("ada@example.com"));
    let account = Account {
        state: AccountState::Active,
        confirmed_at: Some(context.now),
        ..Account::new(context.mint(), holder, email.unwrap(), Language::En, context.now)
    };
    let mut decision = Decision::default();
    decision.create(&account);
    assert!(memory.commit(decision));
    let (session, decision) = sessions::start(&account, context.mint(), None, &context);
    assert!(memory.commit(decision));
    (memory.first().unwrap(), session)
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
            let Some(session) = memory.first::<Session>() else { break };
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
                    let told = memory.events.last().is_some_and(decision::Event::is::<SessionReuseDetected>);
                    prop_assert!(told && memory.first::<Session>().is_none());
                    let after: Account = memory.first().unwrap();
                    prop_assert!(after.session_revision > account.session_revision);
                }
                Err(RefreshRefused::Over) => {
                    prop_assert!(generation > session.generation || !session.is_live(&account, memory.now));
                }
            }
        }
    }
}
