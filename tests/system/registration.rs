//! How customers come in.

use insta::{assert_json_snapshot, assert_snapshot};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Answer, PASSWORD, World, company, logged_in, person, token_in};

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test(flavor = "multi_thread")]
async fn a_person_registers_confirms_logs_in_and_reads_their_record_and_history() {
    let world = World::start().await;
    let registered = world.register("ada@example.com").await;
    assert_eq!(registered.text("next"), "confirm-email");
    assert!(!registered.text("deviceToken").is_empty());

    let confirmed = world.confirm("ada@example.com").await.expect(200);
    assert_eq!(confirmed.body, json!({"next": "log-in"}));

    let session = world.log_in("ada@example.com", PASSWORD).await.expect(201);
    assert_eq!((session.text("tokenType"), session.body["expiresIn"].as_i64()), ("Bearer", Some(600)));
    let who = logged_in(&session);
    let me = world.get("/v1/me", &who).await.expect(200);
    let id = me.text("customerId").to_owned();

    let record = world.get(&format!("/v1/customers/{id}"), &who).await.expect(200);
    assert_eq!(record.headers["etag"], "\"2\"");
    assert_json_snapshot!("a_persons_record", record.body, {".accountId" => "[account]", ".id" => "[id]", ".createdAt" => "[time]", ".updatedAt" => "[time]"});
    world.settle().await;
    assert_eq!(
        world.history(&id, &who).await,
        [
            "registration.received",
            "message.sent",
            "registration.confirmed",
            "account.opened",
            "automation.ran",
            "message.sent",
            "session.started"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_registers_with_what_companies_have() {
    let world = World::start().await;
    world.post("/v1/registrations", company("office@example.com")).await.expect(202);
    world.settle().await;
    world.confirm("office@example.com").await.expect(200);
    let who = logged_in(&world.log_in("office@example.com", PASSWORD).await.expect(201));
    let id = world.get("/v1/me", &who).await.expect(200).text("customerId").to_owned();
    let record = world.get(&format!("/v1/customers/{id}"), &who).await.expect(200);
    assert_json_snapshot!("a_companys_record", record.body, {".accountId" => "[account]", ".id" => "[id]", ".createdAt" => "[time]", ".updatedAt" => "[time]"});
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_come_in_the_readers_language() {
    let world = World::start().await;
    for language in ["en", "de", "fr"] {
        let email = format!("{language}@example.com");
        let mut body = person(&email);
        body["language"] = json!(language);
        world.post("/v1/registrations", body).await.expect(202);
        world.settle().await;
        world.confirm(&email).await.expect(200);
        let [welcome, confirm] = &world.mails(&email)[..] else { panic!("expected two mails to {email}") };
        assert!(welcome.text.contains("Ada Lovelace") && welcome.html.contains("Ada Lovelace"));
        assert!(!confirm.text.contains("Ada"), "a mail to an unproven address repeats what a stranger typed");
        assert!(confirm.html.contains(&format!("lang=\"{language}\"")) && confirm.html.contains(&token_in(confirm)));
        assert_snapshot!(format!("subjects_{language}"), format!("{}\n{}", confirm.subject, welcome.subject));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_that_is_wrong_is_named() {
    let world = World::start().await;
    let with = |field: &str, value: Value| {
        let mut body = company("ada@example.com");
        match field.split_once('.') {
            Some((outer, inner)) => body[outer][inner] = value,
            None => body[field] = value,
        }
        body
    };
    for (field, value, code) in [
        ("kind", json!("alien"), "malformed"),
        ("name", json!("   "), "required"),
        ("name", json!("x".repeat(201)), "too-long"),
        ("name", json!("a\nb"), "control-character"),
        ("name", json!("\u{202e}adA"), "control-character"),
        ("name", json!("\u{200b}\u{3164}"), "invisible"),
        ("email", json!("ada"), "not-an-email-address"),
        ("email", json!("ada@example.123"), "not-an-email-address"),
        ("email", json!("ada@exam|ple.com"), "not-an-email-address"),
        ("password", json!("short"), "too-short"),
        ("password", json!("           "), "invisible"),
        ("password", json!("Summer2024!"), "common-password"),
        ("password", json!("Clientele1!"), "personal-password"),
        ("language", json!("es"), "malformed"),
        ("phone", json!("030 1234"), "not-a-phone-number"),
        ("promotionalMail", json!("yes"), "malformed"),
        ("company", Value::Null, "required"),
        ("company.legalName", json!(""), "required"),
        ("company.registrationNumber", json!("none"), "not-a-registration-number"),
        ("company.vatNumber", json!("9".repeat(51)), "too-long"),
        ("company.vatNumber", json!("not a vat"), "not-a-vat-number"),
        ("company.vatNumber", json!("DE136695977"), "not-a-vat-number"),
        ("surprise", json!(1), "malformed"),
    ] {
        let answer = world.post("/v1/registrations", with(field, value)).await.expect_problem(422, "invalid");
        assert_eq!(answer.field_codes(), [(field, code)]);
    }
    let answer = world.post("/v1/registrations", json!({"kind": "person"})).await.expect_problem(422, "invalid");
    assert_eq!(answer.field_codes(), [("name", "required")]);
    let mut body = person("ada@example");
    body["password"] = json!("short");
    body["company"] = company("ada@example.com")["company"].clone();
    let answer = world.post("/v1/registrations", body).await.expect_problem(422, "invalid");
    let codes = [("email", "not-an-email-address"), ("password", "too-short"), ("company", "only-for-companies")];
    assert_eq!(answer.field_codes(), codes);
    world.settle().await;
    assert!(world.cloud.mailbox().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_international_address_is_one_account_however_it_is_typed() {
    let world = World::start().await;
    world.post("/v1/registrations", person("Ada@bu\u{308}cher.example")).await.expect(202);
    world.settle().await;
    let token = world.mailed_token("ada@xn--bcher-kva.example");
    let confirmation = json!({"token": token, "password": PASSWORD});
    world.post("/v1/registrations/confirm", confirmation).await.expect(200);
    for same in ["ada@bücher.example", "ADA@BÜCHER.EXAMPLE", "ada@xn--bcher-kva.example"] {
        world.log_in(same, PASSWORD).await.expect(201);
    }
    world.post("/v1/registrations", person("ada@bücher.example")).await.expect(202);
    world.settle().await;
    assert!(
        world.mails("ada@xn--bcher-kva.example")[0].text.lines().all(|line| !line.contains("token=")),
        "it is known"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_are_told_in_the_readers_language() {
    let world = World::start().await;
    let request = world.request(Method::POST, "/v1/registrations").header("accept-language", "de-AT, en;q=0.5");
    let mut body = person("ada@example.com");
    body["password"] = json!("kurz");
    let answer = world.send(request.json(&body)).await.expect_problem(422, "invalid");
    assert_json_snapshot!("a_problem_in_german", answer.body, {".requestId" => "[id]"});
    assert_eq!(answer.headers["content-language"], "de");
    assert_eq!(answer.headers["x-request-id"], answer.text("requestId"));
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_not_json_are_refused() {
    let world = World::start().await;
    let post = |kind: &'static str, body: String| {
        world.send(world.request(Method::POST, "/v1/registrations").header("content-type", kind).body(body))
    };
    post("application/json", "{".into()).await.expect_problem(400, "not-json");
    post("text/plain", "{}".into()).await.expect_problem(415, "unsupported-media-type");
    post("application/json", format!("\"{}\"", "x".repeat(70_000))).await.expect_problem(413, "too-large");
}

#[tokio::test(flavor = "multi_thread")]
async fn new_waiting_and_taken_addresses_get_the_same_answer_for_the_same_work() {
    let world = World::start().await;
    world.customer("taken@example.com").await;
    world.register("waiting@example.com").await;
    world.post("/v1/registrations/resend", json!({"email": "first@example.com"})).await.expect(202);
    let mut answers = Vec::new();
    for email in ["new@example.com", "waiting@example.com", "taken@example.com"] {
        for (path, body) in
            [("/v1/registrations", person(email)), ("/v1/registrations/resend", json!({"email": email}))]
        {
            world.settle().await;
            world.cloud.clear_calls();
            let answer = world.post(path, body).await.expect(202);
            let function = if path.ends_with("resend") { "ResendFunction" } else { "RegisterFunction" };
            let work = world.work(function, &answer);
            assert_eq!(work.hashes, if path.ends_with("resend") { 0 } else { 1 });
            let token_length = answer.body["deviceToken"].as_str().map(str::len);
            let headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
            answers.push((email, path, answer.body["next"].clone(), token_length, headers, work));
        }
    }
    let of = |email: &str| -> Vec<_> {
        let of_email = answers.iter().filter(|answer| answer.0 == email);
        of_email.map(|(_, path, next, length, headers, work)| (path, next, length, headers, work)).collect()
    };
    // Asking for a link again is for those who registered: what is "new" there is an address nobody has registered.
    assert_eq!(of("new@example.com"), of("waiting@example.com"));
    assert_eq!(of("new@example.com"), of("taken@example.com"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_nobody_registered_is_asked_for_again_like_any_other() {
    let world = World::start().await;
    world.register("waiting@example.com").await;
    // A token has to be read, so the answer waits for the keys, which are read when a function starts.
    let first = json!({"email": "first@example.com", "deviceToken": "none"});
    world.post("/v1/registrations/resend", first).await.expect(202);
    let mut work = Vec::new();
    for email in ["nobody@example.com", "waiting@example.com"] {
        world.cloud.clear_calls();
        let answer = world.post("/v1/registrations/resend", json!({"email": email})).await.expect(202);
        work.push(world.work("ResendFunction", &answer));
        world.settle().await;
    }
    assert_eq!(work[0], work[1]);
    assert!(world.mails("nobody@example.com").is_empty());
    assert_eq!(world.mails("waiting@example.com").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_a_taken_address_is_told_and_nothing_changes() {
    let world = World::start().await;
    let (who, id) = world.customer("ada@example.com").await;
    let before = world.get(&format!("/v1/customers/{id}"), &who).await.expect(200).body;
    let mut body = person("ada@example.com");
    body["name"] = json!("Mallory");
    body["password"] = json!("a second password of hers");
    body["language"] = json!("fr");
    world.post("/v1/registrations", body).await.expect(202);
    world.settle().await;
    let mail = &world.mails("ada@example.com")[0];
    assert!(!mail.text.contains("token=") && mail.html.contains("lang=\"en\""), "{}", mail.text);
    assert_eq!(world.get(&format!("/v1/customers/{id}"), &who).await.expect(200).body, before);
    assert!(world.history(&id, &who).await.contains(&"registration.repeated".to_owned()));
    world.log_in("ada@example.com", "a second password of hers").await.expect_problem(401, "invalid-credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_registrations_of_an_address_the_confirmed_one_counts() {
    let world = World::start().await;
    let mut strangers = person("ada@example.com");
    strangers["name"] = json!("Mallory");
    strangers["password"] = json!("the password of a stranger");
    world.post("/v1/registrations", strangers).await.expect(202);
    world.settle().await;
    let strangers_link = world.mailed_token("ada@example.com");
    world.register("ada@example.com").await;
    world.confirm("ada@example.com").await.expect(200);

    world.log_in("ada@example.com", "the password of a stranger").await.expect_problem(401, "invalid-credentials");
    let who = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    assert_eq!(world.get("/v1/me", &who).await.expect(200).text("name"), "Ada Lovelace");
    let late = world.post("/v1/registrations/confirm", json!({"token": strangers_link})).await;
    late.expect_problem(410, "link-used");
    let id = world.get("/v1/me", &who).await.expect(200).text("customerId").to_owned();
    let administrator = world.administrator().await;
    for (reader, before) in [(administrator, json!("Mallory")), (who, json!(null))] {
        let page = world.get(&format!("/v1/customers/{id}/history"), &reader).await.expect(200);
        let items = page.body["items"].as_array().unwrap();
        let confirmed = items.iter().find(|item| item["type"] == "registration.confirmed").unwrap();
        let changes = confirmed["data"]["changes"].as_array().unwrap();
        assert!(changes.contains(&json!({"field": "name", "before": before, "after": "Ada Lovelace"})), "{changes:?}");
        assert_eq!(page.body.to_string().contains("Mallory"), before == "Mallory", "a stranger's words are for staff");
    }
}

const STRANGERS_PASSWORD: &str = "the password of a stranger";

/// The owner of the mailbox registers, and then a stranger with the same address. Both answers.
async fn registered_twice(world: &World, email: &str) -> (Answer, Answer) {
    let owners = world.register(email).await;
    let mut body = person(email);
    body["name"] = json!("Mallory");
    body["password"] = json!(STRANGERS_PASSWORD);
    let strangers = world.post("/v1/registrations", body).await.expect(202);
    world.settle().await;
    (owners, strangers)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_that_is_asked_for_again_is_that_of_the_device_that_asks() {
    let world = World::start().await;
    let (owners, _) = registered_twice(&world, "ada@example.com").await;
    let device = owners.text("deviceToken");
    let body = json!({"email": "ada@example.com", "deviceToken": device});
    world.post("/v1/registrations/resend", body).await.expect(202);
    world.settle().await;
    let confirmation = json!({"token": world.mailed_token("ada@example.com"), "deviceToken": device});
    world.post("/v1/registrations/confirm", confirmation).await.expect(200);
    world.log_in("ada@example.com", STRANGERS_PASSWORD).await.expect_problem(401, "invalid-credentials");
    let who = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    assert_eq!(world.get("/v1/me", &who).await.expect(200).text("name"), "Ada Lovelace");
}

#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_a_link_takes_the_password_of_its_registration_or_a_new_one() {
    let world = World::start().await;
    let (owners, strangers) = registered_twice(&world, "ada@example.com").await;
    world.post("/v1/registrations/resend", json!({"email": "ada@example.com"})).await.expect(202);
    world.settle().await;
    let mail = &world.mails("ada@example.com")[0];
    assert!(mail.text.contains("If you did not register"), "it takes its reader for who registered: {}", mail.text);
    let token = token_in(mail);
    let confirm = |mut body: Value| {
        body["token"] = json!(token);
        world.post("/v1/registrations/confirm", body)
    };
    confirm(json!({})).await.expect_problem(403, "password-required");
    let others = json!({"deviceToken": owners.text("deviceToken")});
    confirm(others).await.expect_problem(403, "password-required");
    for (body, field, code) in [
        (json!({"password": PASSWORD}), "password", "wrong-password"),
        (json!({"password": "x".repeat(129)}), "password", "too-long"),
        (json!({"newPassword": "12345678"}), "newPassword", "common-password"),
        (json!({"password": PASSWORD, "newPassword": "a third good one"}), "newPassword", "not-together"),
    ] {
        let refused = confirm(body).await.expect_problem(422, "invalid");
        assert_eq!(refused.field_codes(), [(field, code)]);
    }
    world.log_in("ada@example.com", STRANGERS_PASSWORD).await.expect_problem(401, "invalid-credentials");

    confirm(json!({"newPassword": "a third good one"})).await.expect(200);
    for password in [STRANGERS_PASSWORD, PASSWORD] {
        world.log_in("ada@example.com", password).await.expect_problem(401, "invalid-credentials");
    }
    let who = logged_in(&world.log_in("ada@example.com", "a third good one").await.expect(201));
    let devices = world.get("/v1/devices", &who).await.expect(200);
    assert_eq!(devices.body["items"].as_array().unwrap().len(), 1, "the stranger's is known: {:#}", devices.body);
    let late = confirm(json!({"newPassword": "a fourth good one"})).await;
    assert_eq!(world.work("ConfirmFunction", &late).hashes, 0, "hashed for a link that is dead");
    late.expect_problem(410, "link-used");
    let late = confirm(json!({"deviceToken": strangers.text("deviceToken")})).await;
    late.expect_problem(410, "link-used");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_knows_the_password_confirms_from_anywhere_and_guesses_are_counted() {
    let world = World::start().await;
    for email in ["ada@example.com", "bob@example.com"] {
        world.register(email).await;
    }
    let confirm = |email: &str, password: &str| {
        world.post("/v1/registrations/confirm", json!({"token": world.mailed_token(email), "password": password}))
    };
    confirm("ada@example.com", PASSWORD).await.expect(200);
    world.log_in("ada@example.com", PASSWORD).await.expect(201);
    for _ in 0..10 {
        confirm("bob@example.com", "a wrong guess").await.expect_problem(422, "invalid");
    }
    confirm("bob@example.com", "a wrong guess").await.expect_problem(429, "too-many-requests");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_what_a_stranger_began_where_no_proof_was_asked_for() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let policy = json!({"notifyAfterRegistration": false, "adminApproval": "none", "confirmDeviceChange": false,
        "accountValidation": "optional"});
    world.set_policy(&administrator, &policy).await.expect(200);
    world.register("ada@example.com").await;
    let stranger = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    let token = world.mailed_token("ada@example.com");
    let confirm = |body: Value| world.post("/v1/registrations/confirm", body);
    confirm(json!({"token": token})).await.expect_problem(403, "password-required");
    world.get("/v1/me", &stranger).await.expect(200);
    confirm(json!({"token": token, "newPassword": "a password of the owner"})).await.expect(200);
    world.get("/v1/me", &stranger).await.expect_problem(401, "unauthenticated");
    world.log_in("ada@example.com", PASSWORD).await.expect_problem(401, "invalid-credentials");
    let who = logged_in(&world.log_in("ada@example.com", "a password of the owner").await.expect(201));
    assert_eq!(world.get("/v1/me", &who).await.expect(200).body["emailConfirmed"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once() {
    let world = World::start().await;
    world.register("ada@example.com").await;
    let confirmation = world.confirmation("ada@example.com");
    let token = confirmation["token"].as_str().unwrap().to_owned();
    world.post("/v1/registrations/confirm", confirmation.clone()).await.expect(200);
    let again = world.post("/v1/registrations/confirm", confirmation).await;
    again.expect_problem(410, "link-used");
    let forged = world.post("/v1/registrations/confirm", json!({"token": format!("{token}x")})).await;
    forged.expect_problem(422, "link-invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_expires_and_can_be_asked_for_again_until_the_registration_does() {
    let world = World::start().await;
    world.register("ada@example.com").await;
    let first = world.mailed_token("ada@example.com");
    world.advance(3 * DAY).await;
    let late = world.post("/v1/registrations/confirm", json!({"token": first})).await;
    late.expect_problem(410, "link-expired");
    world.post("/v1/registrations/resend", json!({"email": "ADA@example.com"})).await.expect(202);
    world.settle().await;
    world.confirm("ada@example.com").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_that_nobody_confirms_expires_and_the_address_can_be_registered_again() {
    let world = World::start().await;
    let registered = world.register("ada@example.com").await;
    let log_in = || world.log_in_from(&registered, "ada@example.com", PASSWORD);
    log_in().await.expect_problem(403, "email-unconfirmed");
    world.advance(14 * DAY).await;
    log_in().await.expect_problem(401, "invalid-credentials");
    world.post("/v1/registrations/resend", json!({"email": "ada@example.com"})).await.expect(202);
    world.settle().await;
    assert_eq!(world.mails("ada@example.com").len(), 1, "an expired registration was mailed a link");

    world.register("ada@example.com").await;
    world.confirm("ada@example.com").await.expect(200);
    let who = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    let id = world.get("/v1/me", &who).await.expect(200).text("customerId").to_owned();
    let history = world.history(&id, &who).await;
    assert_eq!(history.iter().filter(|name| *name == "registration.expired").count(), 1, "{history:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_an_idempotency_key_a_registration_happens_once() {
    let world = World::start().await;
    let send = |key: &'static str, body: Value| {
        let request = world.request_from("192.0.2.1", Method::POST, "/v1/registrations");
        world.send(request.header("idempotency-key", key).json(&body))
    };
    let first = send("a key of the client", person("ada@example.com")).await.expect(202);
    let again = send("a key of the client", person("ada@example.com")).await.expect(202);
    assert_eq!(first.body, again.body);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    send("a key of the client", person("eve@example.com")).await.expect_problem(422, "idempotency-key-reused");
    let other = send("another key", person("ada@example.com")).await.expect(202);
    assert_ne!(first.body, other.body);
    world.settle().await;
    assert_eq!(world.mails("ada@example.com").len(), 2);
    assert!(world.mails("eve@example.com").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_that_is_no_text_is_refused_and_not_ignored() {
    let world = World::start().await;
    for key in ["ä", "", "\u{fffd}"] {
        let request = world.request(Method::POST, "/v1/registrations").header("idempotency-key", key.as_bytes());
        let answer = world.send(request.json(&person("ada@example.com"))).await.expect_problem(422, "invalid");
        let code = if key.is_empty() { "required" } else { "malformed" };
        assert_eq!(answer.field_codes(), [("Idempotency-Key", code)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn registrations_of_one_address_at_the_same_time_share_a_record() {
    let world = World::start().await;
    let register = || world.post("/v1/registrations", person("ada@example.com"));
    let (first, second, third) = tokio::join!(register(), register(), register());
    for answer in [first, second, third] {
        answer.expect(202);
    }
    world.settle().await;
    assert_eq!(world.mails("ada@example.com").len(), 3);
    let confirmation = json!({"token": world.mailed_token("ada@example.com"), "password": PASSWORD});
    world.post("/v1/registrations/confirm", confirmation).await.expect(200);
    let who = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    let id = world.get("/v1/me", &who).await.expect(200).text("customerId").to_owned();
    let history = world.history(&id, &who).await;
    assert_eq!(history.iter().filter(|name| *name == "registration.received").count(), 3, "{history:?}");
}
