//! The page on which staff decide about registrations that wait.

use reqwest::Method;
use serde_json::json;

use crate::browser::{Browser, Shown};
use crate::world::{ADMINISTRATOR, LoggedIn, PASSWORD, World, company, person};

const PAGE: &str = "/staff/registrations";
const TITLE: &str = "Pending registrations";

/// A world in which everybody who registers waits for a decision, with its administrator.
async fn with_approval() -> (World, LoggedIn) {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let policy = json!({"notifyAfterRegistration": false, "adminApproval": "all", "confirmDeviceChange": false,
        "accountValidation": "optional"});
    world.set_policy(&administrator, &policy).await.expect(200);
    (world, administrator)
}

async fn register(world: &World, name: &str, email: &str) {
    let mut body = person(email);
    body["name"] = json!(name);
    world.post("/v1/registrations", body).await.expect(202);
    world.settle().await;
}

async fn log_in(browser: &mut Browser<'_>, email: &str, address: &str) -> Shown {
    let page = browser.look(address).await.expect(200, "Log in");
    browser.fill_in(&page, &[("email", email), ("password", PASSWORD)]).await
}

/// The ids of those who can be ticked, in their order.
fn listed(page: &Shown) -> Vec<String> {
    let boxes = page.html.split("name=\"ids\" value=\"").skip(1);
    boxes.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// What stands in the box of one kind, `done` or `mistakes`.
fn told<'page>(page: &'page Shown, kind: &str) -> &'page str {
    let told = page.html.split_once(&format!("<div class=\"{kind}\"")).map_or("", |(_, rest)| rest);
    told.split("</div>").next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_shown_with_all_that_was_said_and_the_longest_waiting_first() {
    let (world, _) = with_approval().await;
    register(&world, "Ada <Lovelace>", "ada@example.com").await;
    world.advance(jiff::SignedDuration::from_hours(26)).await;
    world.post("/v1/registrations", company("engines@example.com")).await.expect(202);
    world.settle().await;
    world.confirm("engines@example.com").await.expect(200);
    let mut browser = Browser::new(&world, 1);
    let page = log_in(&mut browser, ADMINISTRATOR, PAGE).await.expect(200, TITLE);
    let (ada, engines) =
        (page.html.find("Ada &#60;Lovelace&#62;").unwrap(), page.html.find(">Analytical Engines<").unwrap());
    assert!(ada < engines, "the longest waiting come first");
    for words in [
        "ada@example.com",
        "Address not confirmed",
        "+442079460000",
        "for one day",
        "Analytical Engines GmbH",
        "DE136695976",
        "Ada Lovelace",
        "engines@example.com",
        "Address confirmed",
        "Deutsch",
        "for less than an hour",
    ] {
        assert!(page.says(words), "{words} is missing in {}", page.html);
    }
    page.assert_protected();
    let buttons: Vec<&str> = page.html.split_once("<main").unwrap().1.split("<button").skip(1).collect();
    assert!(buttons[0].starts_with(" hidden disabled>") && buttons.len() == 3, "Enter decides: {buttons:?}");
    let companies = browser.look(&format!("{PAGE}?kind=company")).await.expect(200, TITLE);
    assert_eq!(listed(&companies), listed(&page)[1..]);
    assert!(companies.says("href=\"/staff/registrations?kind=company\" aria-current=\"page\""));
    let people = browser.look(&format!("{PAGE}?kind=person")).await.expect(200, TITLE);
    assert_eq!(listed(&people), listed(&page)[..1]);
    browser.look(&format!("{PAGE}?kind=dog")).await.expect(404, "There is nothing here");
    browser.look(&format!("{PAGE}?cursor=nonsense")).await.expect(404, "There is nothing here");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_decided_at_once_and_each_outcome_is_told() {
    let (world, administrator) = with_approval().await;
    for (name, email) in [("Ada", "ada@example.com"), ("Bob", "bob@example.com"), ("Cyd", "cyd@example.com")] {
        register(&world, name, email).await;
    }
    let mut browser = Browser::new(&world, 1);
    let page = log_in(&mut browser, ADMINISTRATOR, PAGE).await.expect(200, TITLE);
    let ids = listed(&page);
    world.decide(&administrator, json!({"decision": "reject", "ids": [ids[1]]})).await.expect(200);
    let note = "Welcome!\r\nYour discount is set up.";
    let choice = [("ids", ids[0].as_str()), ("ids", ids[1].as_str()), ("reason", note), ("decision", "reject")];
    let page = browser.fill_in(&page, &choice).await.expect(200, TITLE);
    assert!(told(&page, "done").contains("Ada: rejected.") && told(&page, "done").contains("Bob: rejected."));
    assert_eq!(listed(&page), ids[2..]);
    let approve = [("ids", ids[0].as_str()), ("ids", ids[2].as_str()), ("reason", note), ("decision", "approve")];
    let page = browser.fill_in(&page, &approve).await.expect(200, TITLE);
    assert!(told(&page, "done").contains("Cyd: approved.") && !told(&page, "done").contains("Ada"));
    assert!(told(&page, "mistakes").contains("Ada: no longer waiting."), "a rejection is taken back unseen");
    assert!(page.says("Nobody is waiting for a decision.") && listed(&page).is_empty());
    assert!(!browser.look(PAGE).await.says("approved."), "what was done is told twice");
    world.settle().await;
    world.log_in("cyd@example.com", PASSWORD).await.expect(201);
    world.log_in("ada@example.com", PASSWORD).await.expect_problem(401, "invalid-credentials");
    for email in ["ada@example.com", "cyd@example.com"] {
        assert!(world.mails(email)[0].text.contains("\n    Welcome!\n    Your discount is set up.\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_decided_meanwhile_is_told() {
    let (world, administrator) = with_approval().await;
    let (colleague, _) = world.member(&administrator, "colleague@example.com", "manager").await;
    for (name, email) in [("Ada", "ada@example.com"), ("Bob", "bob@example.com"), ("Cyd", "cyd@example.com")] {
        register(&world, name, email).await;
    }
    let mut browser = Browser::new(&world, 1);
    let page = log_in(&mut browser, ADMINISTRATOR, PAGE).await.expect(200, TITLE);
    let ids = listed(&page);
    world.decide(&colleague, json!({"decision": "approve", "ids": [ids[0]]})).await.expect(200);
    world.decide(&colleague, json!({"decision": "reject", "ids": [ids[1]]})).await.expect(200);
    let gone = "reg_0193a0b0c0d07e2f8a1b2c3d4e5f6071";
    let all = [&ids[0], &ids[2], gone].map(|id| ("ids", id));
    let page = browser.fill_in(&page, &[&all[..], &[("decision", "reject")]].concat()).await.expect(200, TITLE);
    assert!(told(&page, "done").contains("Cyd: rejected.") && !told(&page, "done").contains("Ada"));
    assert!(told(&page, "mistakes").contains("Ada: no longer waiting."), "{}", page.html);
    assert!(told(&page, "mistakes").contains("this registration no longer exists"), "{}", page.html);
    let page = browser.fill_in(&page, &[("ids", &ids[1]), ("decision", "reject")]).await.expect(200, TITLE);
    assert!(told(&page, "mistakes").contains("Bob: a colleague had already rejected."), "{}", page.html);
    world.settle().await;
    assert!(world.mails("bob@example.com").iter().filter(|mail| mail.subject.contains("not approved")).count() == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_and_what_was_entered_is_kept() {
    let (world, _) = with_approval().await;
    register(&world, "Ada", "ada@example.com").await;
    let mut browser = Browser::new(&world, 1);
    let page = log_in(&mut browser, ADMINISTRATOR, PAGE).await.expect(200, TITLE);
    let id = listed(&page).remove(0);
    let none = browser.fill_in(&page, &[("reason", "Sorry."), ("decision", "reject")]).await.expect(422, TITLE);
    assert!(none.says("<a href=\"#ids\">Selection is empty. Tick at least one registration.</a>"), "{}", none.html);
    assert!(none.says("Sorry.</textarea>"));
    let long = "a\r\n".repeat(251);
    let choice = [("ids", id.as_str()), ("reason", long.as_str()), ("decision", "approve")];
    let long = browser.fill_in(&page, &choice).await.expect(422, TITLE);
    assert_eq!(long.mistake_at("reason").as_deref(), Some("Reason or note must have at most 500 characters"));
    assert!(long.says(&format!("value=\"{id}\" checked")) && long.says("a\r\na\r\n"));
    browser.fill_in(&page, &[("ids", &id), ("decision", "postpone")]).await.expect(404, "There is nothing here");
    let unguarded = browser.send(PAGE, &[("ids", &id), ("decision", "approve")]).await;
    unguarded.expect(403, "This form is out of date");
    assert_eq!(listed(&browser.look(PAGE).await), [id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_shown_in_pages() {
    let (world, _) = with_approval().await;
    for number in 0..21 {
        register(&world, &format!("Number {number}"), &format!("number-{number}@example.com")).await;
    }
    let mut browser = Browser::new(&world, 1);
    let first = log_in(&mut browser, ADMINISTRATOR, PAGE).await.expect(200, TITLE);
    assert_eq!(listed(&first).len(), 20);
    let next = first.html.split("<a href=\"").find(|link| link.contains("Show the next ones")).unwrap();
    let next = next.split('"').next().unwrap().replace("&#38;", "&");
    let second = browser.look(&next).await.expect(200, TITLE);
    assert!(second.says("Number 20") && listed(&second).len() == 1 && second.says("Back to the oldest"));
    let id = listed(&second).remove(0);
    let second = browser.fill_in(&second, &[("ids", &id), ("decision", "approve")]).await.expect(200, TITLE);
    assert!(told(&second, "done").contains("Number 20: approved."));
    assert!(second.says("Nobody else is waiting for a decision here."));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_there_for_those_who_decide_and_for_nobody_else() {
    let (world, administrator) = with_approval().await;
    world.member(&administrator, "manager@example.com", "manager").await;
    world.member(&administrator, "agent@example.com", "agent").await;
    register(&world, "Ada", "ada@example.com").await;
    let id = world.waiting(&administrator, "").await.expect(200).body["items"][0]["id"].as_str().unwrap().to_owned();
    let mut manager = Browser::new(&world, 1);
    manager.language = "en";
    manager.look("/log-in?language=en").await;
    let account = log_in(&mut manager, "manager@example.com", "/log-in").await.expect(200, "My account");
    assert!(account.says("href=\"/staff/registrations\""));
    manager.look(PAGE).await.expect(200, TITLE);

    let mut agent = Browser::new(&world, 2);
    agent.look("/log-in?language=en").await;
    let account = log_in(&mut agent, "agent@example.com", "/log-in").await.expect(200, "My account");
    assert!(!account.says("/staff/registrations"));
    world.decide(&administrator, json!({"decision": "approve", "ids": [id]})).await.expect(200);
    let mut customer = Browser::new(&world, 3);
    let account = log_in(&mut customer, "ada@example.com", "/log-in").await.expect(200, "My account");
    assert!(!account.says("/staff/registrations"));
    for browser in [&mut agent, &mut customer] {
        browser.look(PAGE).await.expect(404, "There is nothing here");
        let guard = browser.look("/account").await.guard().to_owned();
        let sent = [("guard", guard.as_str()), ("ids", id.as_str()), ("decision", "reject")];
        browser.send(PAGE, &sent).await.expect(404, "There is nothing here");
    }
    let mut nobody = Browser::new(&world, 4);
    let page = nobody.look(PAGE).await.expect(200, "Log in");
    let sent = [("guard", page.guard()), ("ids", id.as_str()), ("decision", "reject")];
    nobody.send(PAGE, &sent).await.expect(200, "Log in");
    world.log_in("ada@example.com", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_in_leads_back_and_never_elsewhere() {
    let (world, administrator) = with_approval().await;
    let policy = json!({"notifyAfterRegistration": false, "adminApproval": "all", "confirmDeviceChange": true,
        "accountValidation": "optional"});
    world.set_policy(&administrator, &policy).await.expect(200);
    let mut browser = Browser::new(&world, 1);
    let page = log_in(&mut browser, ADMINISTRATOR, PAGE).await.expect(200, "Enter the code from our mail");
    world.settle().await;
    let code = world.mailed_code(ADMINISTRATOR);
    browser.fill_in(&page, &[("code", &code)]).await.expect(200, TITLE);
    browser.look("/log-in?to=/staff/registrations").await.expect(200, TITLE);
    for elsewhere in ["https://evil.example", "//evil.example", "/staff/registrations@evil.example", "/log-out", ""] {
        let request = browser.request(Method::GET, &format!("/log-in?to={elsewhere}"));
        let shown = browser.once("/log-in", request).await;
        assert_eq!(shown.headers["location"], "/account", "{elsewhere}");
    }
}
