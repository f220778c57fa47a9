//! The pages, as a browser without scripts sees them.

use crate::browser::{Browser, Shown};
use crate::world::{PASSWORD, World};

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
    for address in ["/register", "/check-mail", "/confirm?token=none", "/log-in", "/log-out"] {
        let page = browser.look(address).await;
        assert_eq!(page.status, 200, "{address}");
        let header = |name: &str| page.headers[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        for part in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{address}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("script"), "{policy}");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert!(!page.says("<script") && !page.says(" style=") && !page.says(" onclick"), "{address}");
        assert!(page.says("<html lang=\"en\"") && page.says("<main id=\"content\""), "{address}");
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
