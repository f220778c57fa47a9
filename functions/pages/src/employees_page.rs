//! `/account/employees`: who sees a company's record. Its owner and managers invite further people here, and remove them.

use access::MeView;
use domain_accounts::{CompanyRole, Holder};
use employees::{
    ChangeEmployeeRole, ChangeEmployeeRoleRequest, EmployeeStanding, EmployeeView, InviteEmployee,
    InviteEmployeeRequest, ListEmployees, OwnerView, RemoveEmployee,
};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, IdempotencyKey, Need, PageRequest};
use values::{CustomerId, EmailAddress, Invalid, Language, Text};

use crate::account::{customer_of, me};
use crate::cookie::Step;
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Choice, Field, Form, Item, Page};
use crate::visit::Visit;
use crate::words::{moment, say, say_of};

pub(crate) const FUNCTION: Function = Function {
    handler: "employees_page",
    routes: &[Route::any("/account/employees")],
    build: |environment| site::page(environment, &[Need::TokenKeys], employees_page),
};

const INVITE: &str = "invite-employee";
const MAKE_MANAGER: &str = "make-manager";
const MAKE_MEMBER: &str = "make-member";
const REMOVE: &str = "remove-employee";

fn role_name(role: CompanyRole) -> &'static str {
    match role {
        CompanyRole::Manager => "manager",
        CompanyRole::Member => "member",
    }
}

fn role_words(language: Language, role: CompanyRole) -> String {
    say(language, &format!("company-{}", role_name(role)))
}

/// What makes somebody who has the role the other.
fn role_change(role: CompanyRole) -> &'static str {
    match role {
        CompanyRole::Manager => MAKE_MEMBER,
        CompanyRole::Member => MAKE_MANAGER,
    }
}

async fn employees_page(visit: Visit) -> Result<Reply, Problem> {
    let me = me(&visit).await?;
    let company = customer_of(&me).ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    if !visit.is_sent() {
        return visit.show(page(&visit, &me, company).await?);
    }
    let action = visit.typed("action");
    match change(&visit, &me, company, action).await {
        Ok(()) => {
            let done = format!("{action}-done");
            Reply::go("/account/employees").telling(&Step { done, ..Step::default() })
        }
        Err(problem) if action == INVITE && problem.kind() == ProblemKind::AddressTaken => {
            Ok(visit.show_mistakes(page(&visit, &me, company).await?, &problem))
        }
        Err(problem) if action == INVITE => visit.again(page(&visit, &me, company).await?, problem),
        Err(problem) if matches!(problem.kind(), ProblemKind::NotFound | ProblemKind::Invalid) => {
            Ok(visit.dead_end(&problem, &[("to-employees", "/account/employees")]))
        }
        Err(problem) => Err(problem),
    }
}

async fn change(visit: &Visit, me: &MeView, company: CustomerId, action: &str) -> Result<(), Problem> {
    match action {
        INVITE => {
            let language = Language::from_code(visit.typed("language")).unwrap_or(me.language);
            let email = visit.typed("email").to_owned();
            let invitee = Body::new(InviteEmployeeRequest { email, role: chosen_role(visit), language })?;
            visit.ask::<InviteEmployee>(company, (invitee, IdempotencyKey::default())).await?;
        }
        MAKE_MANAGER | MAKE_MEMBER => {
            let role = if action == MAKE_MANAGER { CompanyRole::Manager } else { CompanyRole::Member };
            let change = Body::new(ChangeEmployeeRoleRequest { role })?;
            visit.ask::<ChangeEmployeeRole>((company, visit.typed_id("id")?), change).await?;
        }
        REMOVE => {
            visit.ask::<RemoveEmployee>((company, visit.typed_id("id")?), ()).await?;
        }
        _ => return Err(Problem::new(ProblemKind::NotFound)),
    }
    Ok(())
}

fn chosen_role(visit: &Visit) -> CompanyRole {
    let is_manager = visit.typed("role") == role_name(CompanyRole::Manager);
    if is_manager { CompanyRole::Manager } else { CompanyRole::Member }
}

fn looks_after_employees(me: &MeView) -> bool {
    matches!(me.holder, Holder::Customer { .. } | Holder::Employee { role: CompanyRole::Manager, .. })
}

async fn page(visit: &Visit, me: &MeView, company: CustomerId) -> Result<Page, Problem> {
    let cursor = visit.parameter("cursor").map(|cursor| cursor.parse()).transpose();
    let cursor = cursor.map_err(|_| Problem::field("cursor", Invalid::Unknown))?;
    let found = visit.ask::<ListEmployees>(company, PageRequest::after(cursor)).await?;
    let language = visit.language_for(me.language);
    let looks_after = looks_after_employees(me);
    let mut items: Vec<Item> = cursor.is_none().then(|| owner_item(language, found.owner)).into_iter().collect();
    items.extend(found.items.into_iter().map(|employee| employee_item(language, employee, looks_after)));
    let page = Page::new(language, "employees").of_account().text("employees-text").block(Block::Items(items));
    let page = match found.next_cursor {
        Some(next) => page.quiet_links(&[("more-employees", &format!("/account/employees?cursor={next}"))]),
        None => page,
    };
    let page = match (looks_after, me.email_confirmed) {
        (true, true) => {
            page.heading(INVITE).text("invite-employee-text").block(Block::Form(invitation(visit, language)))
        }
        (true, false) => page.heading(INVITE).text("invite-once-confirmed"),
        (false, _) => page,
    };
    Ok(page.quiet_links(&[("to-account", "/account")]))
}

fn owner_item(language: Language, owner: OwnerView) -> Item {
    let (title, lines) = named(owner.name, &owner.email);
    Item { title, mark: Some(say(language, "company-owner")), lines, forms: Vec::new() }
}

fn employee_item(language: Language, employee: EmployeeView, looks_after: bool) -> Item {
    let EmployeeView { id, name, email, role, state, open_until, .. } = employee;
    let (title, mut lines) = named(name, &email);
    lines.push(role_words(language, role));
    let mark = match state {
        EmployeeStanding::Invited => Some("employee-invited"),
        EmployeeStanding::Active => None,
        EmployeeStanding::Blocked => Some("employee-blocked"),
    };
    lines.extend(
        open_until.map(|until| say_of(language, "invited-until", &[("moment", moment(language, until).into())])),
    );
    let forms = if looks_after {
        let id = id.to_string();
        vec![Form::action(language, role_change(role), &id, &title), Form::action(language, REMOVE, &id, &title)]
    } else {
        Vec::new()
    };
    Item { mark: mark.map(|mark| say(language, mark)), lines, forms, title }
}

/// What to call somebody, and the address where that is not it.
fn named(name: Option<Text<200>>, email: &EmailAddress) -> (String, Vec<String>) {
    match name {
        Some(name) => (name.as_str().to_owned(), vec![email.to_string()]),
        None => (email.to_string(), Vec::new()),
    }
}

fn invitation(visit: &Visit, language: Language) -> Form {
    let chosen = chosen_role(visit);
    let role = |role: CompanyRole| Choice {
        value: role_name(role),
        words: role_words(language, role),
        is_chosen: role == chosen,
        language: None,
    };
    let roles = vec![role(CompanyRole::Member), role(CompanyRole::Manager)];
    let spoken = Language::from_code(visit.typed("language")).unwrap_or(language);
    Form {
        fields: vec![
            Field::email(language, visit.typed("email")),
            Field::choice(language, "role", "company-role", roles),
            Field::languages(language, spoken).labelled(language, "language-for-invitation"),
        ],
        hidden: vec![("action", INVITE.to_owned())],
        button: say(language, "invite-employee-button"),
        ..Form::default()
    }
}
