//! `/account`: who one is here, and what can be changed about it.

use access::{ChangeProfile, MeView, ProfileRequest};
use customers::{CustomerView, GetCustomer};
use domain_accounts::{Holder, Permission};
use domain_customers::Kind;
use runtime::{Function, IfMatch, Patch, Problem, ProblemKind, Route};
use service::{Body, Need, Versioned};
use values::Language;

use crate::account::{customer_of, versioned_me};
use crate::cookie::{Cookie, Step};
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
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
    let me = versioned_me(&visit).await?;
    let record = record(&visit, &me.body).await?;
    let stored = stored(&me.body, record.as_ref());
    if !visit.is_sent() {
        return visit.show(page(&visit, &me, &stored, record.as_ref()));
    }
    let profile = typed(&visit, &me.body);
    match change(&visit, &profile).await {
        Ok(()) => {
            let reply = Reply::go("/account").telling(&Step { done: "profile-saved".into(), ..Step::default() })?;
            let is_other = profile.language != me.body.language;
            Ok(if is_other { reply.with_cookie(Cookie::Language.set(profile.language.code())?) } else { reply })
        }
        Err(problem) if problem.kind() == ProblemKind::StaleVersion => {
            Ok(visit.show_mistakes(page(&visit, &me, &stored, record.as_ref()), &problem))
        }
        Err(problem) => visit.again(page(&visit, &me, &profile, record.as_ref()), problem),
    }
}

async fn record(visit: &Visit, me: &MeView) -> Result<Option<CustomerView>, Problem> {
    match customer_of(me) {
        Some(id) => Ok(Some(visit.ask::<GetCustomer>(id, ()).await?.body)),
        None => Ok(None),
    }
}

async fn change(visit: &Visit, profile: &Profile) -> Result<(), Problem> {
    let version = IfMatch::parse(visit.typed("version")).ok_or_else(|| Problem::new(ProblemKind::VersionRequired))?;
    visit.ask::<ChangeProfile>((), (Body::new(asked(profile))?, version)).await?;
    Ok(())
}

fn stored(me: &MeView, record: Option<&CustomerView>) -> Profile {
    let customer = record.filter(|_| is_customer(me));
    Profile {
        name: me.name.as_ref().map_or_else(String::new, |name| name.as_str().to_owned()),
        language: me.language,
        customer: customer.map(|record| OfCustomer {
            phone: record.phone.as_ref().map_or_else(String::new, |phone| phone.as_str().to_owned()),
            promotional_mail: record.promotional_mail,
        }),
    }
}

fn typed(visit: &Visit, me: &MeView) -> Profile {
    let customer = is_customer(me).then(|| OfCustomer {
        phone: visit.typed("phone").to_owned(),
        promotional_mail: visit.is_ticked("promotionalMail"),
    });
    let language = Language::from_code(visit.typed("language")).unwrap_or(me.language);
    Profile { name: visit.typed("name").to_owned(), language, customer }
}

fn asked(Profile { name, language, customer }: &Profile) -> ProfileRequest {
    let request = ProfileRequest { name: Some(name.clone()), language: Some(*language), ..ProfileRequest::default() };
    match customer {
        Some(OfCustomer { phone, promotional_mail }) => {
            let phone = match phone.trim() {
                "" => Patch::Remove,
                phone => Patch::Set(phone.to_owned()),
            };
            ProfileRequest { phone, promotional_mail: Some(*promotional_mail), ..request }
        }
        None => request,
    }
}

fn is_customer(me: &MeView) -> bool {
    matches!(me.holder, Holder::Customer { .. })
}

fn page(visit: &Visit, me: &Versioned<MeView>, profile: &Profile, record: Option<&CustomerView>) -> Page {
    let Versioned { version, body: me } = me;
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
    let hidden = vec![("version", format!("\"{version}\""))];
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
    let page = if me.permissions.contains(&Permission::DecideRegistrations) {
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

fn facts(language: Language, me: &MeView, record: Option<&CustomerView>) -> Vec<(String, String)> {
    let email = if me.email_confirmed { "email" } else { "email-unconfirmed-yet" };
    let company = record.filter(|_| !is_customer(me));
    let company = company.map(|record| (say(language, "company-heading"), record.name.as_str().to_owned()));
    [Some((say(language, email), me.email.to_string())), company].into_iter().flatten().collect()
}
