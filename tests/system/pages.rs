//! The pages, as a browser without scripts sees them.

use reqwest::Method;
use serde_json::json;

use crate::browser::{Browser, Shown};
use crate::world::{ADMINISTRATOR, PASSWORD, World, company, logged_in as tokens};

const EMAIL: &str = "ada@example.com";

const ADA: &[(&str, &str)] = &[
    ("kind", "person"),
    ("name", "Ada Lovelace"),
    ("email", EMAIL),
    ("password", PASSWORD),
    ("phone", "+44 20 7946 0000"),
    ("language", "en"),
];

fn link_in_mail(world: &World, to: &str) -> String {
    let mail = world.mails(to).into_iter().next().unwrap_or_else(|| panic!("no mail to {to}"));
    let link = mail.text.lines().find(|line| line.contains("token=")).unwrap().to_owned();
    link.strip_prefix(world.cloud.url()).unwrap().to_owned()
}

/// The version that a form says it changes.
fn version_on(page: &Shown) -> String {
    let version = page.html.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    version.replace("&#34;", "\"")
}

async fn registered(world: &World, browser: &mut Browser<'_>) -> Shown {
    let page = browser.look("/register").await.expect(200, "Register");
    let page = browser.fill_in(&page, ADA).await;
    world.settle().await;
    page
}

async fn logged_in(world: &World, browser: &mut Browser<'_>) -> Shown {
    registered(world, browser).await;
    let page = browser.look(&link_in_mail(world, EMAIL)).await;
    let page = browser.fill_in(&page, &[]).await.expect(200, "Log in");
    browser.fill_in(&page, &[("email", EMAIL), ("password", PASSWORD)]).await.expect(200, "My account")
}

#[tokio::test(flavor = "multi_thread")]
async fn from_registering_to_the_account_and_out_again() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    let page = registered(&world, &mut browser).await.expect(200, "Check your mail");
    assert!(page.says(EMAIL));
    let link = link_in_mail(&world, EMAIL);
    for _ in 0..3 {
        browser.look(&link).await.expect(200, "Confirm your e-mail address");
    }
    let page = browser.look(&link).await;
    let page = browser.fill_in(&page, &[]).await.expect(200, "Log in");
    assert!(page.says("Your e-mail address is confirmed"));
    assert_eq!(page.value_of("email"), EMAIL);
    assert!(!browser.look("/log-in").await.says("is confirmed"), "what was done is told twice");
    let page = browser.fill_in(&page, &[("email", EMAIL), ("password", PASSWORD)]).await.expect(200, "My account");
    assert!(page.says("Ada Lovelace") && page.says(EMAIL));
    browser.look("/").await.expect(200, "My account");
    let page = browser.send("/log-out", &[("guard", page.guard())]).await.expect(200, "Log in");
    assert!(page.says("You are logged out"));
    browser.look("/account").await.expect(200, "Log in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_was_ended_elsewhere_is_over_on_the_pages() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    let page = logged_in(&world, &mut browser).await;
    let kept = browser.cookies.clone();
    browser.send("/log-out", &[("guard", page.guard())]).await.expect(200, "Log in");
    browser.cookies = kept;
    browser.look("/account").await.expect(200, "Log in");
    assert!(!browser.cookies.contains_key("__Host-session"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_at_the_fields_and_what_was_typed_is_kept() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    browser.language = "de";
    let page = browser.look("/register").await.expect(200, "Registrieren");
    let typed = [
        ("kind", "company"),
        ("name", "Zoë \"<b>"),
        ("email", "nobody"),
        ("password", "short"),
        ("company.vatNumber", "DE1"),
        ("promotionalMail", "yes"),
        ("language", "fr"),
    ];
    let page = browser.fill_in(&page, &typed).await.expect(422, "Registrieren");
    assert_eq!(page.mistake_at("password").unwrap(), "„Passwort“ muss mindestens 8 Zeichen haben");
    assert!(page.mistake_at("email").is_some() && page.mistake_at("company-legalName").is_some());
    assert_eq!(page.mistake_at("name"), None);
    assert_eq!((page.value_of("name").as_str(), page.value_of("email").as_str()), ("Zoë &#34;&#60;b&#62;", "nobody"));
    assert_eq!((page.value_of("password").as_str(), page.value_of("company-vatNumber").as_str()), ("", "DE1"));
    assert!(page.says("id=\"kind-company\" name=\"kind\" value=\"company\" checked"));
    assert!(page.says("id=\"language-fr\" name=\"language\" value=\"fr\" checked"));
    assert!(page.says("name=\"promotionalMail\" value=\"yes\" checked") && !page.says("short"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_protected() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    logged_in(&world, &mut browser).await;
    for address in [
        "/register",
        "/check-mail",
        "/confirm?token=none",
        "/log-out",
        "/forgot-password",
        "/reset-password?token=none",
        "/account",
        "/account/devices",
        "/account/password",
        "/account/address",
        "/account/confirm-address?token=none",
        "/join?token=none",
        "/staff/accept-invitation?token=none",
    ] {
        let page = browser.look(address).await;
        assert_eq!(page.status, 200, "{address}");
        page.assert_protected();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_others_are_refused() {
    let world = World::start().await;
    let (mut browser, mut stranger) = (Browser::new(&world, 1), Browser::new(&world, 2));
    let page = browser.look("/register").await;
    let guard = page.guard().to_owned();
    stranger.look("/register").await;
    let foreign = stranger.send("/register", &[ADA, &[("guard", guard.as_str())]].concat()).await;
    foreign.expect(403, "This form is out of date");
    browser.send("/register", ADA).await.expect(403, "This form is out of date");
    let own = [ADA, &[("guard", guard.as_str())]].concat();
    for (header, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
    {
        let request = browser.sending("/register", &own).header(header, value);
        browser.follow("/register", request).await.expect(403, "This form is out of date");
    }
    world.settle().await;
    assert!(world.mails(EMAIL).is_empty());
    let request = browser.sending("/register", &own).header("origin", "null").header("sec-fetch-site", "same-origin");
    browser.follow("/register", request).await.expect(200, "Check your mail");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_the_one_chosen_then_the_browsers() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    browser.language = "fr-CH, en;q=0.5";
    browser.look("/confirm?token=a%2Bb").await.expect(200, "Confirmez votre adresse e-mail");
    let page = browser.look("/confirm?token=a%2Bb&language=de").await.expect(200, "Bestätigen Sie Ihre E-Mail-Adresse");
    assert_eq!(page.address, "/confirm?token=a%2Bb");
    assert_eq!(page.headers["content-language"], "de");
    browser.look("/log-in").await.expect(200, "Anmelden");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_dead_end_says_how_to_go_on() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    registered(&world, &mut browser).await;
    let link = link_in_mail(&world, EMAIL);
    let page = browser.look("/log-in").await;
    let page = browser.fill_in(&page, &[("email", EMAIL), ("password", PASSWORD)]).await;
    let page = page.expect(403, "The e-mail address is not confirmed");
    assert!(page.says("href=\"/check-mail\""));
    let page = browser.look("/check-mail").await;
    assert_eq!(page.value_of("email"), EMAIL);
    let page = browser.look(&link).await;
    browser.fill_in(&page, &[]).await.expect(200, "Log in");
    let page = browser.fill_in(&page, &[]).await.expect(410, "The link has been used or replaced");
    assert!(page.says("href=\"/log-in\""));
    let page = browser.look("/confirm?token=none").await;
    let page = browser.fill_in(&page, &[]).await.expect(422, "The link is not valid");
    assert!(page.says("href=\"/check-mail\""));
    let page = browser.look("/log-in").await;
    let page = browser.fill_in(&page, &[("email", EMAIL), ("password", "wrong")]).await.expect(401, "Log in");
    assert!(page.says("Address or password is wrong"));
    assert_eq!((page.value_of("email").as_str(), page.value_of("password").as_str()), (EMAIL, ""));
    let mut many = page;
    for _ in 0..12 {
        if many.status == 429 {
            break;
        }
        many = browser.fill_in(&many, &[("email", "eve@example.com"), ("password", "wrong")]).await;
    }
    assert_eq!(many.status, 429);
    assert!(many.says("we take a break"), "{}", many.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    logged_in(&world, &mut browser).await;
    let mut stranger = Browser::new(&world, 2);
    let page = stranger.look("/forgot-password").await.expect(200, "Forgot password");
    let unknown = stranger.fill_in(&page, &[("email", "nobody@example.com")]).await.expect(200, "Check your mail");
    let known = stranger.fill_in(&page, &[("email", EMAIL)]).await.expect(200, "Check your mail");
    assert_eq!(known.html.replace(EMAIL, ""), unknown.html.replace("nobody@example.com", ""));
    world.settle().await;
    let link = link_in_mail(&world, EMAIL);
    let page = stranger.look(&link).await.expect(200, "Choose a new password");
    let page = stranger.fill_in(&page, &[("password", "12345678")]).await.expect(422, "Choose a new password");
    assert!(page.mistake_at("password").is_some());
    let page = stranger.fill_in(&page, &[("password", "another good password")]).await.expect(200, "Log in");
    assert!(page.says("Your new password is set"));
    let again = stranger.look(&link).await;
    let again = stranger.fill_in(&again, &[("password", "a third good password")]).await;
    assert!(again.expect(410, "The link has been used or replaced").says("href=\"/forgot-password\""));
    browser.look("/account").await.expect(200, "Log in");
    stranger.fill_in(&page, &[("email", EMAIL), ("password", "another good password")]).await.expect(200, "My account");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_device_is_asked_for_the_code() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let policy = json!({"notifyAfterRegistration": false, "adminApproval": "none", "confirmDeviceChange": true,
        "accountValidation": "required"});
    world.set_policy(&administrator, &policy).await.expect(200);
    let mut browser = Browser::new(&world, 1);
    logged_in(&world, &mut browser).await;
    let mut other = Browser::new(&world, 2);
    other.look("/log-in/confirm-device").await.expect(200, "Log in");
    let page = other.look("/log-in").await;
    let page = other.fill_in(&page, &[("email", EMAIL), ("password", PASSWORD)]).await;
    let page = page.expect(200, "Enter the code from our mail");
    assert!(page.says("autocomplete=\"one-time-code\""));
    world.settle().await;
    let code = world.mailed_code(EMAIL);
    let wrong = format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000);
    let page = other.fill_in(&page, &[("code", "")]).await.expect(422, "Enter the code from our mail");
    assert_eq!(page.mistake_at("code").as_deref(), Some("Code is required"));
    let page = other.fill_in(&page, &[("code", &wrong)]).await.expect(401, "Enter the code from our mail");
    assert_eq!(page.mistake_at("code").as_deref(), Some("Code is not right"));
    other.fill_in(&page, &[("code", &code)]).await.expect(200, "My account");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_can_be_changed() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    let page = logged_in(&world, &mut browser).await;
    assert_eq!(page.value_of("phone"), "+442079460000");
    let version = version_on(&page);
    let changes = [("name", "Ada King"), ("phone", ""), ("language", "de"), ("promotionalMail", "yes")];
    let old = [&changes[..], &[("version", "\"0\"")]].concat();
    browser.fill_in(&page, &old).await.expect(412, "My account");
    let new = [&changes[..], &[("version", version.as_str())]].concat();
    let page = browser.fill_in(&page, &new).await.expect(200, "Mein Konto");
    assert!(page.says("Ihre Änderungen sind gespeichert"));
    assert_eq!((page.value_of("name").as_str(), page.value_of("phone").as_str()), ("Ada King", ""));
    let who = tokens(&world.log_in(EMAIL, PASSWORD).await.expect(201));
    let id = world.get("/v1/me", &who).await.expect(200).text("customerId").to_owned();
    let customer = world.get(&format!("/v1/customers/{id}"), &who).await.expect(200);
    assert_eq!((&customer.body["promotionalMail"], &customer.body["phone"]), (&json!(true), &json!(null)));
    assert!(world.history(&id, &who).await.contains(&"profile.changed".to_owned()));
    world.post("/v1/password/forgot", json!({"email": EMAIL})).await.expect(202);
    world.settle().await;
    assert!(world.mails(EMAIL)[0].subject.contains("Passwort"), "mail is written in the language from before");
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_and_devices_are_listed_and_ended() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    logged_in(&world, &mut browser).await;
    world.log_in(EMAIL, PASSWORD).await.expect(201);
    let page = browser.look("/account/devices").await.expect(200, "Devices and sessions");
    assert!(page.says("Firefox on Linux") && page.says("You are here") && page.says("This device"));
    let ids = |page: &Shown, prefix: &str| -> Vec<String> {
        page.html
            .split("name=\"id\" value=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .filter(|id| id.starts_with(prefix))
            .collect()
    };
    let sessions = ids(&page, "ses_");
    assert_eq!(sessions.len(), 2);
    let page = browser.fill_in(&page, &[("action", "end-session"), ("id", &sessions[0])]).await;
    let page = page.expect(200, "Devices and sessions");
    assert!(page.says("That session is over"));
    assert_eq!(ids(&page, "ses_").len(), 1);
    let devices = ids(&page, "dev_");
    let name = [("action", "name-device"), ("id", devices[0].as_str()), ("name", "Kitchen")];
    assert!(browser.fill_in(&page, &name).await.expect(200, "Devices and sessions").says("Kitchen"));
    for device in &devices {
        browser.fill_in(&page, &[("action", "forget-device"), ("id", device)]).await;
    }
    browser.look("/account/devices").await.expect(200, "Log in");
}

#[tokio::test(flavor = "multi_thread")]
async fn password_and_address_are_changed() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    logged_in(&world, &mut browser).await;
    let page = browser.look("/account/password").await.expect(200, "Change password");
    let wrong = [("currentPassword", "wrong"), ("newPassword", "another good password")];
    browser.fill_in(&page, &wrong).await.expect(401, "Change password");
    let mut copy = Browser::new(&world, 2);
    copy.cookies = browser.cookies.clone();
    let right = [("currentPassword", PASSWORD), ("newPassword", "another good password")];
    assert!(browser.fill_in(&page, &right).await.expect(200, "My account").says("Your password is changed"));
    copy.look("/account").await.expect(200, "Log in");
    let page = browser.look("/account/address").await.expect(200, "Change e-mail address");
    let asked = [("email", "king@example.com"), ("password", "another good password")];
    assert!(browser.fill_in(&page, &asked).await.expect(200, "My account").says("a mail to the new address"));
    world.settle().await;
    let link = link_in_mail(&world, "king@example.com");
    let page = browser.look(&link).await.expect(200, "Confirm your new e-mail address");
    let page = browser.fill_in(&page, &[]).await.expect(200, "My account");
    assert!(page.says("king@example.com") && page.says("Your e-mail address is changed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_to_the_staff_is_accepted() {
    let world = World::start().await;
    world.cloud.invoke("invite_administrator", &json!({"email": ADMINISTRATOR})).await.unwrap();
    world.settle().await;
    let mut browser = Browser::new(&world, 1);
    let link = link_in_mail(&world, ADMINISTRATOR);
    let page = browser.look(&link).await.expect(200, "Join the team");
    let page = browser.fill_in(&page, &[("name", ""), ("password", PASSWORD)]).await.expect(422, "Join the team");
    assert!(page.mistake_at("name").is_some());
    let page = browser.fill_in(&page, &[("name", "Grace Hopper"), ("password", PASSWORD)]).await.expect(200, "Log in");
    let page = browser.fill_in(&page, &[("email", ADMINISTRATOR), ("password", PASSWORD)]).await;
    let page = page.expect(200, "My account");
    assert!(page.says("Grace Hopper") && !page.says("promotionalMail"));
    let page = browser.look("/staff/accept-invitation?token=none").await;
    let page = browser.fill_in(&page, &[("name", "Eve"), ("password", PASSWORD)]).await;
    assert!(page.expect(422, "The link is not valid").says("Ask whoever invited you"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_to_a_company_is_accepted() {
    let world = World::start().await;
    world.post("/v1/registrations", company("owner@example.com")).await.expect(202);
    world.settle().await;
    world.confirm("owner@example.com").await.expect(200);
    let owner = world.log_in("owner@example.com", PASSWORD).await.expect(201);
    let me = world.get("/v1/me", &tokens(&owner)).await.expect(200);
    let path = format!("/v1/customers/{}/employees", me.text("customerId"));
    let invite = world.request(Method::POST, &path).bearer_auth(owner.text("accessToken"));
    let body = json!({"email": EMAIL, "role": "member", "language": "en"});
    world.send(invite.json(&body)).await.expect(202);
    world.settle().await;
    let mut browser = Browser::new(&world, 1);
    let page = browser.look(&link_in_mail(&world, EMAIL)).await.expect(200, "Join your company");
    let page = browser.fill_in(&page, &[("name", "Charles Babbage"), ("password", PASSWORD)]).await;
    let page = browser.fill_in(&page.expect(200, "Log in"), &[("email", EMAIL), ("password", PASSWORD)]).await;
    let page = page.expect(200, "My account");
    assert!(browser.look("/account/employees").await.says("Charles Babbage"));
    assert!(page.says("Analytical Engines") && !page.says("promotionalMail"), "{}", page.html);
    let version = version_on(&page);
    let changed = [("name", "C. Babbage"), ("language", "fr"), ("version", version.as_str())];
    assert!(browser.fill_in(&page, &changed).await.expect(200, "Mon compte").says("C. Babbage"));
    let page = browser.look(&link_in_mail(&world, EMAIL)).await;
    let page = browser.fill_in(&page, &[("name", "Eve"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 410, "{}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_looks_after_the_people_of_the_company() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    let page = browser.look("/register").await;
    let fields = [
        ("kind", "company"),
        ("name", "Analytical Engines"),
        ("email", "owner@example.com"),
        ("password", PASSWORD),
        ("language", "en"),
        ("company.legalName", "Analytical Engines Ltd"),
        ("company.contactName", "Ada Lovelace"),
    ];
    browser.fill_in(&page, &fields).await.expect(200, "Check your mail");
    world.settle().await;
    let page = browser.look(&link_in_mail(&world, "owner@example.com")).await;
    let page = browser.fill_in(&page, &[]).await.expect(200, "Log in");
    let page = browser.fill_in(&page, &[("email", "owner@example.com"), ("password", PASSWORD)]).await;
    assert!(page.expect(200, "My account").says("/account/employees"));

    let page = browser.look("/account/employees").await.expect(200, "People of your company");
    let invitation =
        |email: &'static str| [("action", "invite-employee"), ("email", email), ("role", "member"), ("language", "fr")];
    let page = browser.fill_in(&page, &invitation("nonsense")).await.expect(422, "People of your company");
    assert_eq!((page.mistake_at("email").is_some(), page.value_of("email").as_str()), (true, "nonsense"));
    let page = browser.fill_in(&page, &invitation(EMAIL)).await.expect(200, "People of your company");
    assert!(page.says("The invitation is on its way") && page.says(EMAIL) && page.says("Invited"));
    world.settle().await;
    assert!(world.mails(EMAIL)[0].subject.contains("entreprise"));

    let id = page.html.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = browser.fill_in(&page, &[("action", "make-manager"), ("id", &id)]).await;
    assert!(page.expect(200, "People of your company").says("They are a manager now"));
    let page = browser.look("/account/employees").await;
    let page = browser.fill_in(&page, &[("action", "remove-employee"), ("id", &id)]).await;
    assert!(page.expect(200, "People of your company").says("Removed") && world.mails(EMAIL).len() == 1);
    let page = browser.look("/account/employees").await;
    assert!(!page.says(EMAIL), "{}", page.html);
    browser.fill_in(&page, &[("action", "remove-employee"), ("id", &id)]).await.expect(404, "There is nothing here");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_in_takes_the_place_of_who_was_logged_in() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    logged_in(&world, &mut browser).await;
    let page = browser.look("/register").await;
    let other = [("kind", "person"), ("name", "Bob"), ("email", "bob@example.com"), ("password", PASSWORD)];
    browser.fill_in(&page, &[&other[..], &[("language", "en")]].concat()).await.expect(200, "Check your mail");
    browser.look("/account").await.expect(200, "Log in");
    let mut first = Browser::new(&world, 2);
    let page = first.look("/log-in").await;
    first.fill_in(&page, &[("email", EMAIL), ("password", PASSWORD)]).await.expect(200, "My account");
    world.settle().await;
    let page = first.look(&link_in_mail(&world, "bob@example.com")).await;
    let page = first.fill_in(&page, &[]).await.expect(403, "Confirm your e-mail address");
    let page = first.fill_in(&page, &[("form", "known"), ("password", PASSWORD)]).await.expect(200, "Log in");
    assert!(page.says("Your e-mail address is confirmed"));
    assert!(browser.look("/account").await.expect(200, "Log in").mistake_at("email").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_browser_gets_its_own_link_and_any_other_asks_for_a_password() {
    let world = World::start().await;
    let (mut owner, mut stranger) = (Browser::new(&world, 1), Browser::new(&world, 2));
    registered(&world, &mut owner).await;
    let page = stranger.look("/register").await;
    let strangers = [("kind", "company"), ("name", "Mallory"), ("email", EMAIL), ("language", "en")];
    let company = [("company.legalName", "Mallory Ltd"), ("company.contactName", "Mallory")];
    let fields = [&strangers[..], &company[..], &[("password", "the password of a stranger")]].concat();
    stranger.fill_in(&page, &fields).await.expect(200, "Check your mail");
    world.settle().await;
    let strangers = link_in_mail(&world, EMAIL);

    let page = owner.look(&strangers).await.expect(200, "Confirm your e-mail address");
    let page = owner.fill_in(&page, &[]).await.expect(403, "Confirm your e-mail address");
    assert!(page.says("I registered") && page.says("I did not register, or have forgotten the password"));
    let known = [("form", "known"), ("password", PASSWORD)];
    let page = owner.fill_in(&page, &known).await.expect(422, "Confirm your e-mail address");
    assert_eq!(page.mistake_at("password").unwrap(), "Password is not right");
    let page = owner.fill_in(&page, &[("form", "new"), ("newPassword", "12345678")]).await;
    assert!(page.mistake_at("newPassword").is_some() && page.mistake_at("password").is_none(), "{}", page.html);

    let again = owner.look("/check-mail").await;
    owner.fill_in(&again, &[("email", EMAIL)]).await.expect(200, "Check your mail");
    world.settle().await;
    let own = link_in_mail(&world, EMAIL);
    assert_ne!(own, strangers);
    let mut phone = Browser::new(&world, 3);
    let asked = phone.look(&own).await;
    phone.fill_in(&asked, &[]).await.expect(403, "Confirm your e-mail address");

    let new = [("form", "new"), ("newPassword", "a password of the owner")];
    let page = owner.fill_in(&page, &new).await.expect(200, "Log in");
    assert!(page.says("your new password is set") && page.says("People of your company"), "{}", page.html);
    let typed = [("email", EMAIL), ("password", "a password of the owner")];
    owner.fill_in(&page, &typed).await.expect(200, "My account");
    let asked = owner.look(&own).await;
    owner.fill_in(&asked, &[]).await.expect(410, "The link has been used or replaced");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_over_is_told() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    logged_in(&world, &mut browser).await;
    let mut other = Browser::new(&world, 2);
    other.cookies = browser.cookies.clone();
    let page = browser.look("/account/devices").await;
    let session = page.html.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    browser.fill_in(&page, &[("action", "end-session"), ("id", &session)]).await.expect(200, "Log in");
    assert!(other.look("/account").await.expect(200, "Log in").says("You are not logged in any more"));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_language_was_chosen_the_profile_says_it() {
    let world = World::start().await;
    let mut browser = Browser::new(&world, 1);
    let page = browser.look("/register").await;
    let fields = [("kind", "person"), ("name", "Ada"), ("email", EMAIL), ("password", PASSWORD), ("language", "de")];
    browser.fill_in(&page, &fields).await.expect(200, "Check your mail");
    world.settle().await;
    let page = browser.look(&link_in_mail(&world, EMAIL)).await;
    let page = browser.fill_in(&page, &[]).await.expect(200, "Log in");
    browser.fill_in(&page, &[("email", EMAIL), ("password", PASSWORD)]).await.expect(200, "Mein Konto");
    browser.look("/log-out").await.expect(200, "Abmelden");
    browser.look("/account?language=fr").await.expect(200, "Mon compte");
}
