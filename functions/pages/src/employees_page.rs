//! `/account/employees`: who sees a company's record. Its owner and managers invite further people here, and remove them.

use jiff::Timestamp;
use runtime::{Answer, Function, Problem, ProblemKind, Route};
use serde::Deserialize;
use serde_json::json;
use service::Need;
use values::Language;

use crate::account::{HolderKind, Me, me};
use crate::cookie::Step;
use crate::site;
use crate::view::{Block, Choice, Field, Form, Item, Page};
use crate::visit::{Reply, Visit, read};
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Employees {
    owner: Owner,
    items: Vec<Employee>,
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
struct Owner {
    name: Option<String>,
    email: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Employee {
    id: String,
    name: Option<String>,
    email: String,
    role: Role,
    state: State,
    open_until: Option<Timestamp>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    Manager,
    Member,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Invited,
    Active,
    Blocked,
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Member => "member",
        }
    }

    /// What makes somebody who has it the other.
    fn change(self) -> &'static str {
        match self {
            Self::Manager => MAKE_MEMBER,
            Self::Member => MAKE_MANAGER,
        }
    }

    fn words(self, language: Language) -> String {
        say(language, &format!("company-{}", self.name()))
    }
}

async fn employees_page(visit: Visit) -> Result<Reply, Problem> {
    let me = me(&visit).await?;
    let company = me.customer_id.clone().ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    if !visit.is_sent() {
        return visit.show(page(&visit, &me, &company).await?);
    }
    let action = visit.typed("action");
    match change(&visit, &me, &company, action).await {
        Ok(_) => {
            let done = format!("{action}-done");
            Reply::go("/account/employees").telling(&Step { done, ..Step::default() })
        }
        Err(problem) if action == INVITE && problem.kind() == ProblemKind::AddressTaken => {
            Ok(visit.show_mistakes(page(&visit, &me, &company).await?, &problem))
        }
        Err(problem) if action == INVITE => visit.again(page(&visit, &me, &company).await?, problem),
        Err(problem) if matches!(problem.kind(), ProblemKind::NotFound | ProblemKind::Invalid) => {
            Ok(visit.dead_end(&problem, &[("to-employees", "/account/employees")]))
        }
        Err(problem) => Err(problem),
    }
}

async fn change(visit: &Visit, me: &Me, company: &str, action: &str) -> Result<Answer, Problem> {
    let (service, request) = (visit.service.clone(), visit.account_request()?);
    let of_employee = [("id", company), ("employeeId", visit.typed("id"))];
    match action {
        INVITE => {
            let language = Language::from_code(visit.typed("language")).unwrap_or(me.language);
            let body = json!({"email": visit.typed("email"), "role": visit.typed("role"), "language": language});
            employees::invite_employee(service, request.with_path(&of_employee[..1]).with_json(&body)).await
        }
        MAKE_MANAGER | MAKE_MEMBER => {
            let role = if action == MAKE_MANAGER { Role::Manager } else { Role::Member };
            let request = request.with_path(&of_employee).with_json(&json!({"role": role.name()}));
            employees::change_employee_role(service, request).await
        }
        REMOVE => employees::remove_employee(service, request.with_path(&of_employee)).await,
        _ => Err(Problem::new(ProblemKind::NotFound)),
    }
}

async fn page(visit: &Visit, me: &Me, company: &str) -> Result<Page, Problem> {
    let cursor = visit.parameter("cursor");
    let after: Vec<(&str, &str)> = cursor.iter().map(|cursor| ("cursor", cursor.as_str())).collect();
    let request = visit.account_request()?.with_path(&[("id", company)]).with_query(&after);
    let found: Employees = read(&employees::list_employees(visit.service.clone(), request).await?)?;
    let language = visit.language_for(me.language);
    let looks_after = me.kind == HolderKind::Customer || me.role.as_deref() == Some(Role::Manager.name());
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

fn owner_item(language: Language, owner: Owner) -> Item {
    let (title, lines) = named(owner.name, owner.email);
    Item { title, mark: Some(say(language, "company-owner")), lines, forms: Vec::new() }
}

fn employee_item(language: Language, employee: Employee, looks_after: bool) -> Item {
    let Employee { id, name, email, role, state, open_until } = employee;
    let (title, mut lines) = named(name, email);
    lines.push(role.words(language));
    let mark = match state {
        State::Invited => Some("employee-invited"),
        State::Active => None,
        State::Blocked => Some("employee-blocked"),
    };
    lines.extend(
        open_until.map(|until| say_of(language, "invited-until", &[("moment", moment(language, until).into())])),
    );
    let forms = if looks_after {
        vec![Form::action(language, role.change(), &id, &title), Form::action(language, REMOVE, &id, &title)]
    } else {
        Vec::new()
    };
    Item { mark: mark.map(|mark| say(language, mark)), lines, forms, title }
}

/// What to call somebody, and the address where that is not it.
fn named(name: Option<String>, email: String) -> (String, Vec<String>) {
    match name {
        Some(name) => (name, vec![email]),
        None => (email, Vec::new()),
    }
}

fn invitation(visit: &Visit, language: Language) -> Form {
    let chosen = visit.typed("role");
    let role = |role: Role| Choice {
        value: role.name(),
        words: role.words(language),
        is_chosen: role.name() == chosen || (chosen.is_empty() && role == Role::Member),
        language: None,
    };
    let roles = vec![role(Role::Member), role(Role::Manager)];
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
