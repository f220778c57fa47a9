//! The README's first five minutes, pasted.

use std::process::Command;

use crate::world::World;

const README: &str = include_str!("../../README.md");

#[tokio::test(flavor = "multi_thread")]
async fn the_first_five_minutes_work_when_pasted() {
    let world = World::start().await;
    let section = README.split("## The first five minutes").nth(1).unwrap();
    let block = section.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let block = block.replace("http://127.0.0.1:3000", world.cloud.url());
    let pasted =
        tokio::task::spawn_blocking(move || Command::new("bash").args(["-euo", "pipefail", "-c", &block]).output());
    let output = pasted.await.unwrap().unwrap();
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{complained}");
    for expected in [
        r#"{"next":"confirm-email","deviceToken":""#,
        r#"{"next":"log-in"}"#,
        r#""customerId":"cus_"#,
        r#""name":"Ada Lovelace""#,
        r#""type":"registration.confirmed""#,
        r#"{"now":""#,
    ] {
        assert!(said.contains(expected), "{expected} is missing in:\n{said}");
    }
}
