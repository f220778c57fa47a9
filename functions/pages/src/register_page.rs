//! `/register`: a person or a company registers.

use runtime::{Function, Problem, Route};
use serde::Deserialize;
use serde_json::{Value, json};
use service::Need;
use values::Language;

use crate::cookie::{Cookie, Step};
use crate::site;
use crate::view::{Block, Choice, Field, Form, Page};
use crate::visit::{Reply, Visit, read};
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "register_page",
    routes: &[Route::any("/register")],
    build: |environment| site::page(environment, &[Need::TokenKeys, Need::BusinessName], register_page),
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Registered {
    next: String,
    device_token: String,
}

async fn register_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        return visit.show(form(&visit));
    }
    let request = visit.anonymous_request().with_json(&asked(&visit));
    let registered = match registration::register(visit.service.clone(), request).await {
        Ok(answer) => read::<Registered>(&answer)?,
        Err(problem) => return visit.again(form(&visit), problem),
    };
    let email = visit.typed("email").trim().to_owned();
    let (next, awaits, done) = match registered.next.as_str() {
        "log-in" => ("/log-in", "", "registered"),
        "await-approval" => ("/check-mail", "approval", ""),
        _ => ("/check-mail", "link", ""),
    };
    let step = Step { email, awaits: awaits.into(), done: done.into(), ..Step::default() };
    // Whoever is logged in here is somebody else.
    Reply::go(next)
        .with_cookie(Cookie::Session.clear()?)
        .with_cookie(Cookie::Device.set(&registered.device_token)?)
        .telling(&step)
}

fn is_company(visit: &Visit) -> bool {
    visit.typed("kind") == "company"
}

fn asked(visit: &Visit) -> Value {
    let mut body = json!({
        "kind": if is_company(visit) { "company" } else { "person" },
        "name": visit.typed("name"),
        "email": visit.typed("email"),
        "password": visit.typed("password"),
        "language": language(visit).code(),
        "phone": visit.typed_optional("phone"),
        "promotionalMail": visit.is_ticked("promotionalMail"),
    });
    if is_company(visit) {
        body["company"] = json!({
            "legalName": visit.typed("company.legalName"),
            "registrationNumber": visit.typed_optional("company.registrationNumber"),
            "vatNumber": visit.typed_optional("company.vatNumber"),
            "contactName": visit.typed("company.contactName"),
        });
    }
    body
}

fn language(visit: &Visit) -> Language {
    Language::from_code(visit.typed("language")).unwrap_or(visit.language)
}

fn form(visit: &Visit) -> Page {
    let language = visit.language;
    let line = |name, label, autocomplete| Field::line(language, name, label, autocomplete).value(visit.typed(name));
    let company = |name, label, autocomplete| line(name, label, autocomplete).of_company();
    let fields = vec![
        Field::choice(language, "kind", "kind", kinds(visit)),
        company("company.legalName", "legal-name", "organization"),
        company("company.registrationNumber", "registration-number", "off").optional(),
        company("company.vatNumber", "vat-number", "off").optional().hint(language, "vat-number-hint"),
        company("company.contactName", "contact-name", "name"),
        line("name", "name", "name").hint(language, "name-hint"),
        Field::email(language, visit.typed("email")),
        Field::password(language, "password", "password", "new-password").hint(language, "password-hint"),
        line("phone", "phone", "tel").typed("tel", "tel").optional().hint(language, "phone-hint"),
        Field::languages(language, self::language(visit)),
        Field::tick(language, "promotionalMail", "promotional-mail", visit.is_ticked("promotionalMail")),
    ];
    let form = Form { fields, button: say(language, "register-button"), ..Form::default() };
    Page::new(language, "register")
        .block(Block::Form(form))
        .text("registered-before")
        .quiet_links(&[("to-log-in", "/log-in")])
}

fn kinds(visit: &Visit) -> Vec<Choice> {
    let choice = |value, is_chosen| Choice { value, words: say(visit.language, value), is_chosen, language: None };
    vec![choice("person", !is_company(visit)), choice("company", is_company(visit))]
}
