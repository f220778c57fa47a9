//! However often a message is claimed, however its attempts end, whatever SES reports and whenever it is swept.

use domain::{
    AccountId, EmailAddress, Happening, Language, Mail, Message, MessageState, Outcome, Subject, UniqueId, messages,
};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::memory::Memory;

#[derive(Debug, Clone)]
enum Step {
    Claim,
    Settle(Outcome),
    Notice,
    Sweep,
    Pass { minutes: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Claim),
        Just(Step::Settle(Outcome::Accepted)),
        Just(Step::Settle(Outcome::Refused("not now".into()))),
        Just(Step::Settle(Outcome::Rejected("never".into()))),
        Just(Step::Notice),
        Just(Step::Sweep),
        (1..1000i64).prop_map(|minutes| Step::Pass { minutes }),
    ]
}

fn take(memory: &mut Memory, step: &Step) {
    let context = memory.context();
    let message = memory.messages.values().next().unwrap().clone();
    let decision = match step {
        Step::Claim => match messages::claim(&message, &context) {
            Some((claimed, decision)) => {
                assert!(matches!(claimed.state, MessageState::Sending { .. }));
                decision
            }
            None => return,
        },
        Step::Settle(outcome) => messages::settle(&message, outcome.clone(), &context),
        Step::Notice => messages::note_sent(&message, &context),
        Step::Sweep => messages::revive(&message, &context),
        Step::Pass { minutes } => return memory.pass(SignedDuration::from_mins(*minutes)),
    };
    assert!(memory.commit(decision));
}

proptest! {
    #[test]
    fn a_message_ends_once_and_until_then_something_will_happen_to_it(steps in prop::collection::vec(step(), 1..80)) {
        let mut memory = Memory::default();
        let context = memory.context();
        let subject = Subject::Staff { account_id: AccountId::from_uuid(uuid::Uuid::nil()) };
        let to = EmailAddress::parse("ada@example.com").unwrap();
        let mail = Mail::AlreadyRegistered { attempted_at: context.now };
        let mut decision = domain::Decision::default();
        decision.create(Message::new(&context, subject, to, Language::En, mail));
        prop_assert!(memory.commit(decision));
        for step in &steps {
            take(&mut memory, step);
            let message = memory.messages.values().next().unwrap();
            let ended = matches!(message.state, MessageState::Sent { .. } | MessageState::Failed { .. });
            prop_assert_eq!(message.due_at().is_none(), ended);
            let sent = memory.events.iter().filter(|event| matches!(event.happening, Happening::MessageSent { .. })).count();
            let failed = memory.events.iter().filter(|event| matches!(event.happening, Happening::MessageFailed { .. })).count();
            prop_assert!(sent <= 1 && failed <= 1);
            prop_assert_eq!(sent == 1, matches!(message.state, MessageState::Sent { .. }));
        }
    }
}
