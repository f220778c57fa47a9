//! `/account`: who one is here, and what can be changed about it.

use customers::{CustomerView, GetCustomer};
use domain_customers::Kind;
use runtime::{Function, Problem, ProblemKind, Route};
use serde_json::{Value, json};
use service::Need;
use values::Language;

use crate::account::{HolderKind, Me, me};
use crate::cookie::{Cookie, Step};
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::{Reply, Visit};
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "account_page",
    routes: &[Route::any("/account")],
    build: |environment| site::page(environment, &[Need::TokenKeys], account_page),
};

/// What can be changed.
struct Profile {
    name: String,
    language: Language,
    /// What only customers say of themselves.
    customer: Option<OfCustomer>,
}

struct OfCustomer {
    phone: String,
    promotional_mail: bool,
}

async fn account_page(visit: Visit) -> Result<Reply, Problem> {
    let me = me(&visit).await?;
    let record = record(&visit, &me).await?;
    if !visit.is_sent() {
        return visit.show(page(&visit, &me, &stored(&me, record.as_ref()), record.as_ref()));
    }
    let profile = typed(&visit, &me);
    let request = visit.account_request()?.with_json(&asked(&profile)).with_version(visit.typed("version"));
    match access::change_profile(visit.service.clone(), request).await {
        Ok(_) => {
            let reply = Reply::go("/account").telling(&Step { done: "profile-saved".into(), ..Step::default() })?;
            let is_other = profile.language != me.language;
            Ok(if is_other { reply.with_cookie(Cookie::Language.set(profile.language.code())?) } else { reply })
        }
        Err(problem) if problem.kind() == ProblemKind::StaleVersion => {
            let page = page(&visit, &me, &stored(&me, record.as_ref()), record.as_ref());
            Ok(visit.show_mistakes(page, &problem))
        }
        Err(problem) => visit.again(page(&visit, &me, &profile, record.as_ref()), problem),
    }
}

async fn record(visit: &Visit, me: &Me) -> Result<Option<CustomerView>, Problem> {
    let Some(id) = &me.customer_id else { return Ok(None) };
    let id = id.parse().map_err(Problem::internal)?;
    let found = service::ask::<GetCustomer>(visit.service.clone(), visit.account_request()?, id, ()).await?;
    Ok(Some(found.body))
}

fn stored(me: &Me, record: Option<&CustomerView>) -> Profile {
    let customer = record.filter(|_| me.kind == HolderKind::Customer);
    Profile {
        name: me.name.clone().unwrap_or_default(),
        language: me.language,
        customer: customer.map(|record| OfCustomer {
            phone: record.phone.as_ref().map_or_else(String::new, |phone| phone.as_str().to_owned()),
            promotional_mail: record.promotional_mail,
        }),
    }
}

fn typed(visit: &Visit, me: &Me) -> Profile {
    let customer = (me.kind == HolderKind::Customer).then(|| OfCustomer {
        phone: visit.typed("phone").to_owned(),
        promotional_mail: visit.is_ticked("promotionalMail"),
    });
    let language = Language::from_code(visit.typed("language")).unwrap_or(me.language);
    Profile { name: visit.typed("name").to_owned(), language, customer }
}

fn asked(profile: &Profile) -> Value {
    let mut body = json!({"name": profile.name, "language": profile.language});
    if let Some(OfCustomer { phone, promotional_mail }) = &profile.customer {
        body["phone"] = Some(phone.trim()).filter(|phone| !phone.is_empty()).into();
        body["promotionalMail"] = (*promotional_mail).into();
    }
    body
}

fn page(visit: &Visit, me: &Me, profile: &Profile, record: Option<&CustomerView>) -> Page {
    let language = visit.language_for(me.language);
    let mut fields = vec![Field::line(language, "name", "name", "name").value(&profile.name)];
    if let Some(OfCustomer { phone, .. }) = &profile.customer {
        let line = Field::line(language, "phone", "phone", "tel").typed("tel", "tel");
        fields.push(line.optional().hint(language, "phone-hint").value(phone));
    }
    fields.push(Field::languages(language, profile.language));
    if let Some(OfCustomer { promotional_mail, .. }) = &profile.customer {
        fields.push(Field::tick(language, "promotionalMail", "promotional-mail", *promotional_mail));
    }
    let hidden = vec![("version", me.version.clone())];
    let form = Form { fields, hidden, button: say(language, "save"), ..Form::default() };
    let page = Page::new(language, "account")
        .of_account()
        .block(Block::Facts(facts(language, me, record)))
        .block(Block::Form(form));
    let page = match record {
        Some(CustomerView { kind: Kind::Company, .. }) => {
            page.heading("company-heading").quiet_links(&[("to-employees", "/account/employees")])
        }
        _ => page,
    };
    let page = if me.permissions.iter().any(|permission| permission == "decide-registrations") {
        page.heading("staff-heading").quiet_links(&[("to-registrations", "/staff/registrations")])
    } else {
        page
    };
    page.heading("security").quiet_links(&[
        ("to-devices", "/account/devices"),
        ("to-change-password", "/account/password"),
        ("to-change-address", "/account/address"),
    ])
}

fn facts(language: Language, me: &Me, record: Option<&CustomerView>) -> Vec<(String, String)> {
    let email = if me.email_confirmed { "email" } else { "email-unconfirmed-yet" };
    let company = record.filter(|_| me.kind == HolderKind::Employee);
    let company = company.map(|record| (say(language, "company-heading"), record.name.as_str().to_owned()));
    [Some((say(language, email), me.email.clone())), company].into_iter().flatten().collect()
}
