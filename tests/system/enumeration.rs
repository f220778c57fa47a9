//! Whether an address has an account: a stranger who registers it and logs in learns it neither from an answer nor from the work
//! behind it.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::policy::policy;
use crate::world::{ADMINISTRATOR, Answer, PASSWORD, Work, World, person};

/// What the stranger chooses when registering.
const CHOSEN: &str = "the password of a stranger";

/// What a stranger sees of a login.
#[derive(Debug, PartialEq)]
struct Seen {
    status: u16,
    body: Value,
    headers: Vec<String>,
    work: Work,
}

impl World {
    async fn register_as_a_stranger(&self, email: &str) -> Answer {
        let mut body = person(email);
        body["password"] = json!(CHOSEN);
        let answer = self.post("/v1/registrations", body).await.expect(202);
        self.settle().await;
        answer
    }

    async fn see(&self, device: Option<&Answer>, email: &str, password: &str) -> Seen {
        self.cloud.clear_calls();
        let answer = match device {
            Some(device) => self.log_in_from(device, email, password).await,
            None => self.log_in(email, password).await,
        };
        let work = self.work("LogInFunction", &answer);
        let headers = answer.headers.keys().map(ToString::to_string).collect();
        let mut body = answer.body;
        body["requestId"].take();
        Seen { status: answer.status, body, headers, work }
    }
}

/// The answer to the password that was chosen, on the device that registered, where that is the same for every address.
fn told(validation: &str, approval: &str) -> Option<&'static str> {
    match (validation, approval) {
        ("required", _) => Some("email-unconfirmed"),
        (_, "all") => Some("approval-pending"),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_an_address_and_logging_in_does_not_tell_whether_it_is_taken() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let policies =
        ["required", "optional", "none"].map(|validation| ["none", "all"].map(|approval| (validation, approval)));
    for (validation, approval) in policies.into_iter().flatten() {
        world.set_policy(&administrator, &policy("required", "none", false)).await.expect(200);
        let taken = format!("taken-{validation}-{approval}@example.com");
        world.customer(&taken).await;
        world.set_policy(&administrator, &policy(validation, approval, false)).await.expect(200);
        let another = world.register(&format!("another-{validation}-{approval}@example.com")).await;
        let new = format!("new-{validation}-{approval}@example.com");
        let told = told(validation, approval);
        let emails = [new.as_str(), &taken, ADMINISTRATOR];
        let mut seen = Vec::new();
        for email in &emails[..if told.is_some() { 3 } else { 2 }] {
            let registered = world.register_as_a_stranger(email).await;
            let mut of_email = Vec::new();
            for device in [Some(&registered), Some(&another), None] {
                of_email.push(world.see(device, email, "wrong password").await);
                if told.is_some() {
                    of_email.push(world.see(device, email, CHOSEN).await);
                }
            }
            if let Some(code) = told {
                let codes: Vec<_> = of_email.iter().map(|seen| seen.body["code"].as_str().unwrap()).collect();
                let wrong = "invalid-credentials";
                assert_eq!(codes, [wrong, code, wrong, wrong, wrong, wrong], "{email} under {validation}, {approval}");
            }
            if *email != new {
                world.log_in_from(&registered, email, PASSWORD).await.expect(201);
            }
            seen.push((*email, of_email));
        }
        for (email, of_email) in &seen[1..] {
            assert_eq!(of_email, &seen[0].1, "{email} under {validation}, {approval}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_accounts_open_at_once_only_logging_in_tells() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    world.customer("taken@example.com").await;
    world.set_policy(&administrator, &policy("optional", "none", false)).await.expect(200);
    for (email, status) in [("new@example.com", 201), ("taken@example.com", 401)] {
        let registered = world.register_as_a_stranger(email).await;
        assert_eq!(registered.text("next"), "log-in");
        world.log_in_from(&registered, email, CHOSEN).await.expect(status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_of_a_taken_address_ends_like_any_other() {
    let world = World::start().await;
    world.customer("taken@example.com").await;
    let mut seen = Vec::new();
    for email in ["new@example.com", "taken@example.com"] {
        seen.push((email, world.register_as_a_stranger(email).await));
    }
    for (days, status) in [(13, 403), (2, 401)] {
        world.advance(SignedDuration::from_hours(days * 24)).await;
        // Keys that are old by now are read again with the first login.
        world.log_in("new@example.com", "wrong password").await.expect(401);
        let mut answers = Vec::new();
        for (email, registered) in &seen {
            answers.push(world.see(Some(registered), email, CHOSEN).await);
        }
        assert_eq!(answers[0].status, status);
        assert_eq!(answers[0], answers[1]);
    }
}
