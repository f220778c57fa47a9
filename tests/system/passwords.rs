//! Forgotten and changed passwords, and changed addresses.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{LoggedIn, PASSWORD, World, company, logged_in, person};

const ANOTHER: &str = "staple battery horse";

impl World {
    async fn post_as(&self, who: &LoggedIn, path: &str, body: Value) -> crate::world::Answer {
        self.send(self.request(Method::POST, path).bearer_auth(&who.access_token).json(&body)).await
    }

    async fn forget_password(&self, email: &str) -> crate::world::Answer {
        let answer = self.post("/v1/password/forgot", json!({"email": email})).await;
        self.settle().await;
        answer
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_by_the_mailed_link_once_and_all_sessions_end() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    world.forget_password("ada@example.com").await.expect(202);
    let token = world.mailed_token("ada@example.com");
    let reset =
        |token: &str, password: &str| world.post("/v1/password/reset", json!({"token": token, "password": password}));
    for (wrong, code) in [
        ("short", "too-short"),
        ("password1", "common-password"),
        ("ada lovelace", "personal-password"),
        ("12.03.1985", "predictable-password"),
        ("zkvjhwpf", "simple-password"),
    ] {
        let refused = reset(&token, wrong).await.expect_problem(422, "invalid");
        assert_eq!(refused.field_codes(), [("password", code)]);
    }
    reset("made up", ANOTHER).await.expect_problem(422, "link-invalid");
    assert_eq!(reset(&token, ANOTHER).await.expect(200).text("next"), "log-in");
    reset(&token, "yet another password").await.expect_problem(410, "link-used");
    world.get("/v1/me", &who).await.expect_problem(401, "unauthenticated");
    world.post("/v1/sessions/refresh", json!({"refreshToken": who.refresh_token})).await.expect(401);
    world.log_in("ada@example.com", PASSWORD).await.expect_problem(401, "invalid-credentials");
    world.log_in("ada@example.com", ANOTHER).await.expect(201);
    world.settle().await;
    assert!(
        world.mails("ada@example.com")[0].subject.contains("changed"),
        "{}",
        world.mails("ada@example.com")[0].subject
    );

    world.forget_password("ada@example.com").await.expect(202);
    let first = world.mailed_token("ada@example.com");
    world.advance(SignedDuration::from_hours(1)).await;
    reset(&first, PASSWORD).await.expect_problem(410, "link-expired");
    world.advance(SignedDuration::from_hours(72)).await;
    reset(&first, PASSWORD).await.expect_problem(410, "link-expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_is_soon_guessed_is_refused_with_the_reason() {
    let world = World::start().await;
    let mut body = person("ada@example.com");
    for (password, language, reason) in [
        ("Password123!", "en", "is too easy to guess: it is a common password, or made of common words"),
        (
            "Lovelace1815",
            "de",
            "ist zu leicht zu erraten: Es besteht aus Ihrem Namen, Ihrer Adresse oder dem Namen des Unternehmens",
        ),
        (
            "Motdepasse123",
            "fr",
            "est trop facile à deviner : c’est un mot de passe courant, ou il se compose de mots courants",
        ),
    ] {
        body["password"] = json!(password);
        let request = world.request(Method::POST, "/v1/registrations").header("accept-language", language);
        let refused = world.send(request.json(&body)).await.expect_problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["message"], reason);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_the_business_is_no_password_under_which_name_it_goes() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let (who, _) = world.customer("ada@example.com").await;
    let change = |new: &str| {
        world.post_as(&who, "/v1/password/change", json!({"currentPassword": PASSWORD, "newPassword": new}))
    };
    let refused = change("Clientele2024").await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("newPassword", "personal-password")]);
    let request = world.request(Method::PUT, "/v1/settings/business").header("if-match", "\"0\"");
    let settings = json!({"name": "Nordlicht Reisen", "address": []});
    world.send(request.bearer_auth(&administrator.access_token).json(&settings)).await.expect(200);
    world.advance(SignedDuration::from_mins(7)).await;
    let refused = change("Nordlicht-Reisen!").await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("newPassword", "personal-password")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_a_link_tells_nobody_whether_the_address_has_an_account() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    world.register("waiting@example.com").await;
    // The function reads its keys beside its first request, and is done with that before the second.
    for _ in 0..2 {
        world.forget_password("anybody@example.com").await.expect(202);
        world.settle().await;
    }
    let mut answers = Vec::new();
    for email in ["ada@example.com", "waiting@example.com", "nobody@example.com"] {
        world.cloud.clear_calls();
        let answer = world.post("/v1/password/forgot", json!({"email": email})).await.expect(202);
        let work = world.work("ForgotPasswordFunction", &answer);
        let headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        answers.push((answer.body, headers, work));
        world.settle().await;
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:#?}");
    assert!(world.mails("nobody@example.com").is_empty());
    assert_eq!(world.mails("waiting@example.com").len(), 1, "the link that confirms, and no other");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_ends_every_other_session() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    let other = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    let change = |current: &str, new: &str| {
        world.post_as(&who, "/v1/password/change", json!({"currentPassword": current, "newPassword": new}))
    };
    change("wrong password", ANOTHER).await.expect_problem(401, "invalid-credentials");
    let refused = change(PASSWORD, "12345678").await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("newPassword", "common-password")]);
    let tokens = change(PASSWORD, ANOTHER).await.expect(200);
    for copied in [&who, &other] {
        world.get("/v1/me", copied).await.expect_problem(401, "unauthenticated");
    }
    world.get("/v1/me", &logged_in(&tokens)).await.expect(200);
    world.post("/v1/sessions/refresh", json!({"refreshToken": tokens.text("refreshToken")})).await.expect(200);
    world.log_in("ada@example.com", PASSWORD).await.expect_problem(401, "invalid-credentials");
    world.log_in("ada@example.com", ANOTHER).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_a_password_at_once_one_succeeds() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    let other = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    let change = |who, new: &str| {
        world.post_as(who, "/v1/password/change", json!({"currentPassword": PASSWORD, "newPassword": new}))
    };
    let passwords = [ANOTHER, "battery staple horse"];
    let (one, two) = tokio::join!(change(&who, passwords[0]), change(&other, passwords[1]));
    let (wins, loses) = if one.status == 200 { (passwords[0], two) } else { (passwords[1], one.expect(401)) };
    assert_eq!(loses.status, 401, "{}", loses.body);
    for password in [PASSWORD, passwords[0], passwords[1]] {
        let expected = if password == wins { 201 } else { 401 };
        world.log_in("ada@example.com", password).await.expect(expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_is_proven_first_and_the_old_one_is_told() {
    let world = World::start().await;
    let (who, id) = world.customer("ada@example.com").await;
    let ask = |email: &str, password: &str| {
        world.post_as(&who, "/v1/me/email", json!({"email": email, "password": password}))
    };
    ask("new@example.com", "wrong password").await.expect_problem(401, "invalid-credentials");
    assert_eq!(ask("nonsense", PASSWORD).await.expect(422).field_codes(), [("email", "not-an-email-address")]);
    let own = ask("ada@example.com", PASSWORD).await.expect_problem(422, "invalid");
    assert_eq!(own.field_codes(), [("email", "unchanged")]);
    ask("new@example.com", PASSWORD).await.expect(202);
    world.settle().await;
    world.log_in("ada@example.com", PASSWORD).await.expect(201);
    let token = world.mailed_token("new@example.com");
    let confirm = || world.post("/v1/me/email/confirm", json!({"token": token}));
    confirm().await.expect(204);
    confirm().await.expect_problem(410, "link-used");
    world.settle().await;
    world.log_in("ada@example.com", PASSWORD).await.expect_problem(401, "invalid-credentials");
    let now = logged_in(&world.log_in("new@example.com", PASSWORD).await.expect(201));
    assert_eq!(world.get(&format!("/v1/customers/{id}"), &now).await.expect(200).text("email"), "new@example.com");
    let told = &world.mails("ada@example.com")[0];
    assert!(told.text.contains("n…@example.com") && !told.text.contains("new@example.com"), "{}", told.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_is_not_given_away() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    world.customer("bob@example.com").await;
    let mails = world.mails("bob@example.com").len();
    world.post_as(&who, "/v1/me/email", json!({"email": "bob@example.com", "password": PASSWORD})).await.expect(202);
    world.settle().await;
    assert!(world.mails("bob@example.com")[0].text.lines().all(|line| !line.contains("token=")));
    assert_eq!(world.mails("bob@example.com").len(), mails + 1, "Bob is told");

    world.post_as(&who, "/v1/me/email", json!({"email": "cyd@example.com", "password": PASSWORD})).await.expect(202);
    world.settle().await;
    let token = world.mailed_token("cyd@example.com");
    world.post("/v1/registrations", person("cyd@example.com")).await.expect(202);
    world.settle().await;
    world.confirm("cyd@example.com").await.expect(200);
    world.post("/v1/me/email/confirm", json!({"token": token})).await.expect_problem(409, "address-taken");
    world.log_in("ada@example.com", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_does_not_tell_whether_an_address_that_was_asked_for_is_taken() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    world.customer("bob@example.com").await;
    let id = world.get("/v1/me", &who).await.expect(200).text("customerId").to_owned();
    let before = kinds(&world, &who, &id).await;
    for email in ["bob@example.com", "cyd@example.com"] {
        world.post_as(&who, "/v1/me/email", json!({"email": email, "password": PASSWORD})).await.expect(202);
        world.settle().await;
        assert!(!world.mails(email).is_empty());
    }
    let asked = "address.change-requested".to_owned();
    assert_eq!(kinds(&world, &who, &id).await, [vec![asked.clone(), asked], before].concat());
}

/// The kinds of events that somebody reads in a history, newest first.
async fn kinds(world: &World, who: &LoggedIn, customer: &str) -> Vec<String> {
    let history = world.get(&format!("/v1/customers/{customer}/history"), who).await.expect(200);
    let items = history.body["items"].as_array().unwrap();
    items.iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}

/// Otherwise whoever knew the password before it was changed could still take the account along.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_address_does_not_outlive_the_password_it_was_asked_with() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    world
        .post_as(&who, "/v1/me/email", json!({"email": "mallory@example.com", "password": PASSWORD}))
        .await
        .expect(202);
    world.settle().await;
    let token = world.mailed_token("mallory@example.com");
    let body = json!({"currentPassword": PASSWORD, "newPassword": ANOTHER});
    world.post_as(&who, "/v1/password/change", body).await.expect(200);
    world.post("/v1/me/email/confirm", json!({"token": token})).await.expect_problem(410, "link-used");
    world.log_in("ada@example.com", ANOTHER).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_companys_owner_who_sets_a_password_by_mail_is_told_to_look_at_who_has_access() {
    let world = World::start().await;
    let mut owner = company("owner@example.com");
    owner["language"] = json!("en");
    for registration in [owner, person("ada@example.com")] {
        let email = registration["email"].as_str().unwrap().to_owned();
        world.post("/v1/registrations", registration).await.expect(202);
        world.settle().await;
        world.confirm(&email).await.expect(200);
        world.post("/v1/password/forgot", json!({"email": email})).await.expect(202);
        world.settle().await;
        let body = json!({"token": world.mailed_token(&email), "password": "another good password"});
        world.post("/v1/password/reset", body).await.expect(200);
        world.settle().await;
        let told = world.mails(&email)[0].text.contains("“People of your company”");
        assert_eq!(told, email == "owner@example.com");
    }
}
