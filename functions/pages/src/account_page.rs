//! `/account`: who one is here, and what can be changed about it.

use domain::Language;
use runtime::{Function, Problem, ProblemKind};
use serde::Deserialize;
use serde_json::{Value, json};
use service::Need;

use crate::account::{HolderKind, Me, me};
use crate::cookie::{Cookie, Step};
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::{Reply, Visit, read};
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "account_page",
    build: |environment| site::page(environment, &[Need::TokenKeys], account_page),
};

/// What can be changed.
struct Profile {
    name: String,
    language: Language,
    /// What only customers say of themselves.
    customer: Option<OfCustomer>,
    /// The name of the company that an employee works at, where it was read.
    company: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfCustomer {
    #[serde(default)]
    phone: String,
    promotional_mail: bool,
}

#[derive(Deserialize)]
struct Company {
    name: String,
}

async fn account_page(visit: Visit) -> Result<Reply, Problem> {
    let me = me(&visit).await?;
    if !visit.is_sent() {
        let profile = stored(&visit, &me).await?;
        return visit.show(page(&visit, &me, &profile));
    }
    let profile = typed(&visit, &me);
    let request = visit.asks_as_account()?.with_json(&asked(&profile)).with_version(visit.typed("version"));
    match access::change_profile(visit.service.clone(), request).await {
        Ok(_) => {
            let reply = Reply::go("/account").telling(&Step { done: "profile-saved".into(), ..Step::default() })?;
            let is_other = profile.language != me.language;
            Ok(if is_other { reply.with_cookie(Cookie::Language.set(profile.language.code())?) } else { reply })
        }
        Err(problem) if problem.kind() == ProblemKind::StaleVersion => {
            let profile = stored(&visit, &me).await?;
            Ok(visit.show_mistakes(page(&visit, &me, &profile), &problem))
        }
        Err(problem) => visit.again(page(&visit, &me, &profile), problem),
    }
}

async fn stored(visit: &Visit, me: &Me) -> Result<Profile, Problem> {
    let name = me.name.clone().unwrap_or_default();
    let mut profile = Profile { name, language: me.language, customer: None, company: None };
    if let Some(id) = &me.customer_id {
        let request = visit.asks_as_account()?.with_path("id", id);
        let record = customers::get_customer(visit.service.clone(), request).await?;
        match me.kind {
            HolderKind::Employee => profile.company = Some(read::<Company>(&record)?.name),
            HolderKind::Customer | HolderKind::Staff => profile.customer = Some(read(&record)?),
        }
    }
    Ok(profile)
}

fn typed(visit: &Visit, me: &Me) -> Profile {
    let customer = (me.kind == HolderKind::Customer).then(|| OfCustomer {
        phone: visit.typed("phone").to_owned(),
        promotional_mail: visit.is_ticked("promotionalMail"),
    });
    let language = Language::from_code(visit.typed("language")).unwrap_or(me.language);
    Profile { name: visit.typed("name").to_owned(), language, customer, company: None }
}

fn asked(profile: &Profile) -> Value {
    let mut body = json!({"name": profile.name, "language": profile.language});
    if let Some(OfCustomer { phone, promotional_mail }) = &profile.customer {
        body["phone"] = Some(phone.trim()).filter(|phone| !phone.is_empty()).into();
        body["promotionalMail"] = (*promotional_mail).into();
    }
    body
}

fn page(visit: &Visit, me: &Me, profile: &Profile) -> Page {
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
    let state = if me.email_confirmed { "email" } else { "email-unconfirmed-yet" };
    let company = profile.company.iter().map(|name| (say(language, "company-of-employee"), name.clone()));
    let facts = std::iter::once((say(language, state), me.email.clone())).chain(company).collect();
    Page::new(language, "account")
        .of_account()
        .block(Block::Facts(facts))
        .block(Block::Form(form))
        .heading("security")
        .quiet_links(&[
            ("to-devices", "/account/devices"),
            ("to-change-password", "/account/password"),
            ("to-change-address", "/account/address"),
        ])
}
