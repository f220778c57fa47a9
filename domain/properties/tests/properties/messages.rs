//! However often a message is claimed, however its attempts end, whatever SES reports and whenever it is swept.

use decision::events::{MessageFailed, MessageSent};
use decision::{Decision, Message, MessageState, Outcome, Subject, messages};
use domain_access::mails::PasswordReset;
use jiff::SignedDuration;
use proptest::prelude::*;
use values::{AccountId, EmailAddress, Language, UniqueId};

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

/// More attempts than ever follow a message.
const MOST_ATTEMPTS: u32 = 20;

/// How long what the mail brings is of use.
const USEFUL_FOR: SignedDuration = SignedDuration::from_hours(72);

fn message(memory: &Memory) -> Message {
    memory.first().unwrap()
}

fn take(memory: &mut Memory, step: &Step) {
    let context = memory.context();
    let message = message(memory);
    let decision = match step {
        Step::Claim => {
            let (claimed, decision) = messages::claim(&message, &context);
            if let Some(claimed) = claimed {
                assert!(matches!(claimed.state, MessageState::Sending { .. }));
                assert!(message.useless_from.is_some_and(|useless_from| context.now < useless_from), "sent too late");
            }
            decision
        }
        Step::Settle(outcome) => messages::settle(&message, outcome.clone(), &context),
        Step::Notice => messages::note_sent(&message, &context),
        Step::Sweep => messages::revive(&message, &context),
        Step::Pass { minutes } => return memory.pass(SignedDuration::from_mins(*minutes)),
    };
    assert!(memory.commit(decision));
}

fn ask_for_a_mail(memory: &mut Memory) {
    let context = memory.context();
    let account_id = AccountId::from_uuid(uuid::Uuid::nil());
    let to = EmailAddress::parse("ada@example.com").unwrap();
    let link = decision::LinkTarget::ResetPassword { account_id, reset_id: context.mint() };
    let mail = PasswordReset { link, asked_at: context.now, expires_at: context.now + USEFUL_FOR };
    let mut decision = Decision::default();
    decision.create(&Message::new(&context, Subject::Staff { account_id }, to, Language::En, &mail));
    assert!(memory.commit(decision));
}

proptest! {
    #[test]
    fn a_message_ends_once_and_until_then_something_will_happen_to_it(steps in prop::collection::vec(step(), 1..80)) {
        let mut memory = Memory::default();
        ask_for_a_mail(&mut memory);
        for step in &steps {
            take(&mut memory, step);
            let message = message(&memory);
            let ended = matches!(message.state, MessageState::Sent { .. } | MessageState::Failed { .. });
            prop_assert_eq!(message.due_at().is_none(), ended);
            let (sent, failed) = (memory.told::<MessageSent>(), memory.told::<MessageFailed>());
            prop_assert!(sent <= 1 && failed <= 1);
            prop_assert_eq!(sent == 1, matches!(message.state, MessageState::Sent { .. }));
            prop_assert!(message.attempts <= MOST_ATTEMPTS);
        }
    }

    #[test]
    fn a_message_that_nothing_is_heard_of_is_given_up(silence in prop::collection::vec(1..600i64, 200)) {
        let mut memory = Memory::default();
        ask_for_a_mail(&mut memory);
        for minutes in silence {
            take(&mut memory, &Step::Claim);
            memory.pass(SignedDuration::from_mins(minutes));
            take(&mut memory, &Step::Sweep);
        }
        let given_up = matches!(message(&memory).state, MessageState::Failed { .. });
        prop_assert!(given_up);
    }
}
