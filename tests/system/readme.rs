//! The README's first five minutes, pasted.

use std::process::Command;

use serde_json::json;

use crate::world::{ADMINISTRATOR, PASSWORD, World};

const README: &str = include_str!("../../README.md");

#[tokio::test(flavor = "multi_thread")]
async fn the_first_five_minutes_work_when_pasted() {
    let world = World::start().await;
    // As `cargo run` does before it prints the link.
    world.cloud.invoke("invite_administrator", &json!({"email": ADMINISTRATOR})).await.unwrap();
    world.settle().await;
    let section = README.split("## The first five minutes").nth(1).unwrap().split("\n## ").next().unwrap();
    let blocks: Vec<&str> = section.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let [walk, two_weeks] = blocks[..] else { panic!("{} blocks", blocks.len()) };

    let said = pasted(&world, walk).await;
    for expected in [
        r#"{"next":"confirm-email","deviceToken":""#,
        r#"{"next":"log-in"}"#,
        r#""customerId":"cus_"#,
        r#""name":"Ada Lovelace""#,
        r#""type":"registration.confirmed""#,
    ] {
        assert!(said.contains(expected), "{expected} is missing in:\n{said}");
    }

    let token = world.mailed_token(ADMINISTRATOR);
    let acceptance = json!({"token": token, "name": "Grace Hopper", "password": PASSWORD});
    world.post("/v1/staff/invitations/accept", acceptance).await.expect(200);

    let said = pasted(&world, two_weeks).await;
    assert!(said.starts_with(r#"{"now":""#), "{said}");
    for email in [ADMINISTRATOR, "ada@example.com"] {
        world.log_in(email, PASSWORD).await.expect(201);
    }
}

/// What a block of commands prints.
async fn pasted(world: &World, block: &str) -> String {
    let block = block.replace("http://127.0.0.1:3000", world.cloud.url());
    let shell = move || Command::new("bash").args(["-euo", "pipefail", "-c", &block]).output();
    let output = tokio::task::spawn_blocking(shell).await.unwrap().unwrap();
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{complained}");
    said.into_owned()
}
