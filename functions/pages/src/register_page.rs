//! `/register`: a person or a company registers.

use domain_customers::Kind;
use domain_settings::NextStep;
use registration::{CompanyRequest, Register, RegisterRequest};
use runtime::{Function, Problem, Route};
use service::{Accepted, Body, IdempotencyKey, Need};
use values::Language;

use crate::cookie::{Cookie, Step};
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Choice, Field, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "register_page",
    routes: &[Route::any("/register")],
    build: |environment| site::page(environment, &[Need::TokenKeys, Need::BusinessName], register_page),
};

async fn register_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        return visit.show(form(&visit));
    }
    let input = (Body::new(asked(&visit))?, IdempotencyKey::default());
    let answer = visit.ask_as_anyone::<Register>(input).await;
    let registered = match answer {
        Ok(Accepted(registered)) => registered,
        Err(problem) => return visit.again(form(&visit), problem),
    };
    let email = visit.typed("email").trim().to_owned();
    let (next, awaits, done) = match registered.next {
        NextStep::LogIn => ("/log-in", "", "registered"),
        NextStep::AwaitApproval => ("/check-mail", "approval", ""),
        NextStep::ConfirmEmail => ("/check-mail", "link", ""),
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

fn asked(visit: &Visit) -> RegisterRequest {
    let typed = |name| visit.typed(name).to_owned();
    let optional = |name| visit.typed_optional(name).map(ToOwned::to_owned);
    let is_company = is_company(visit);
    RegisterRequest {
        kind: if is_company { Kind::Company } else { Kind::Person },
        name: typed("name"),
        email: typed("email"),
        password: typed("password"),
        language: language(visit),
        phone: optional("phone"),
        promotional_mail: visit.is_ticked("promotionalMail"),
        company: is_company.then(|| CompanyRequest {
            legal_name: typed("company.legalName"),
            registration_number: optional("company.registrationNumber"),
            vat_number: optional("company.vatNumber"),
            contact_name: typed("company.contactName"),
        }),
    }
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
