//! What the pages cost: looked at, and the forms that most people send.

use std::time::Duration;

use local::Options;
use serde_json::json;

use super::{Measured, begin, end};
use crate::browser::Browser;
use crate::world::{ADMINISTRATOR, PASSWORD, World, token_in};

const EMAIL: &str = "ada@example.com";

const OF_STRANGERS: &[(&str, &str)] = &[
    ("home_page", "/"),
    ("register_page", "/register"),
    ("check_mail_page", "/check-mail"),
    ("confirm_page", "/confirm?token=none"),
    ("log_in_page", "/log-in"),
    ("confirm_device_page", "/log-in/confirm-device"),
    ("forgot_password_page", "/forgot-password"),
    ("reset_password_page", "/reset-password?token=none"),
    ("accept_invitation_page", "/staff/accept-invitation?token=none"),
    ("join_page", "/join?token=none"),
    ("confirm_address_page", "/account/confirm-address?token=none"),
];

const OF_ACCOUNTS: &[(&str, &str)] = &[
    ("account_page", "/account"),
    ("devices_page", "/account/devices"),
    ("employees_page", "/account/employees"),
    ("password_page", "/account/password"),
    ("address_page", "/account/address"),
];

const REGISTRATION: &[(&str, &str)] =
    &[("kind", "person"), ("name", "Ada Lovelace"), ("email", EMAIL), ("password", PASSWORD), ("language", "en")];

pub(super) async fn measure(measured: &mut Vec<Measured>) {
    let world = World::start_with(Options { latency: Duration::from_millis(100), ..Options::default() }).await;
    let mut browser = Browser::new(&world, 1);
    look_at(&world, &mut browser, OF_STRANGERS, measured).await;
    let page = browser.look("/register").await;
    begin(&world).await;
    browser.fill_in(&page, REGISTRATION).await.expect(200, "Check your mail");
    measured.push(end(&world, "register_page", "sent, a new address"));
    world.settle().await;
    let page = browser.look(&format!("/confirm?token={}", token_in(&world.mails(EMAIL)[0]))).await;
    begin(&world).await;
    let page = browser.fill_in(&page, &[]).await.expect(200, "Log in");
    measured.push(end(&world, "confirm_page", "sent, a link"));
    begin(&world).await;
    browser.fill_in(&page, &[("email", EMAIL), ("password", PASSWORD)]).await.expect(200, "My account");
    measured.push(end(&world, "log_in_page", "sent, a known device"));
    look_at(&world, &mut browser, OF_ACCOUNTS, measured).await;
    let page = browser.look("/account").await;
    begin(&world).await;
    browser.send("/log-out", &[("guard", page.guard())]).await.expect(200, "Log in");
    measured.push(end(&world, "log_out_page", "sent"));
    measure_registrations(&world, measured).await;
}

async fn measure_registrations(world: &World, measured: &mut Vec<Measured>) {
    let administrator = world.administrator().await;
    let policy = json!({"notifyAfterRegistration": false, "adminApproval": "all", "confirmDeviceChange": false,
        "accountValidation": "none"});
    world.set_policy(&administrator, &policy).await.expect(200);
    world.register("waits@example.com").await;
    let mut browser = Browser::new(world, 2);
    let page = browser.look("/staff/registrations").await;
    browser.fill_in(&page, &[("email", ADMINISTRATOR), ("password", PASSWORD)]).await;
    look_at(world, &mut browser, &[("registrations_page", "/staff/registrations")], measured).await;
    let waiting = world.waiting(&administrator, "").await.expect(200);
    let page = browser.look("/staff/registrations").await;
    begin(world).await;
    let choice = [("ids", waiting.body["items"][0]["id"].as_str().unwrap()), ("decision", "approve")];
    browser.fill_in(&page, &choice).await.expect(200, "Pending registrations");
    measured.push(end(world, "registrations_page", "sent, one registration"));
}

/// Each twice: at first the functions are cold.
async fn look_at(
    world: &World,
    browser: &mut Browser<'_>,
    pages: &[(&'static str, &'static str)],
    measured: &mut Vec<Measured>,
) {
    for (function, address) in pages {
        browser.look(address).await;
        begin(world).await;
        browser.look(address).await;
        measured.push(end(world, function, "looked at"));
    }
}
