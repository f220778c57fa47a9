//! `/confirm?token=`: where the link of a registration leads. Opening it changes nothing, because mail scanners open links; the
//! click does. In a browser that did not register, it takes a password besides.

use decision::LinkTarget;
use domain_settings::NextStep;
use registration::{Confirm, ConfirmRequest, Next};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, IdempotencyKey, Json, Need};

use crate::cookie::{Cookie, Step};
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "confirm_page",
    routes: &[Route::any("/confirm")],
    build: |environment| site::page(environment, &[Need::TokenKeys, Need::BusinessName], confirm_page),
};

/// What each of the two forms for a password sends along.
const KNOWN: &str = "known";
const NEW: &str = "new";

async fn confirm_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        let form = Form { button: say(visit.language, "confirm-button"), ..Form::default() };
        return visit.show(Page::new(visit.language, "confirm").text("confirm-text").block(Block::Form(form)));
    }
    match confirm(&visit).await {
        Ok(next) => confirmed(&visit, &next).await,
        Err(problem) => refused(&visit, problem),
    }
}

async fn confirm(visit: &Visit) -> Result<Next, Problem> {
    let typed = |form, field| is_from(visit, form).then(|| visit.typed(field).to_owned());
    let request = ConfirmRequest {
        token: visit.parameter("token").unwrap_or_default(),
        device_token: Cookie::Device.read(&visit.request).map(ToOwned::to_owned),
        password: typed(KNOWN, "password"),
        new_password: typed(NEW, "newPassword"),
    };
    let input = (Body::new(request)?, IdempotencyKey::default());
    let Json(next) = visit.ask_as_anyone::<Confirm>(input).await?;
    Ok(next)
}

fn is_from(visit: &Visit, form: &str) -> bool {
    visit.typed("form") == form
}

async fn confirmed(visit: &Visit, next: &Next) -> Result<Reply, Problem> {
    if next.next == NextStep::AwaitApproval {
        let step = Step { awaits: "approval".into(), ..visit.step.clone() };
        return Reply::go("/check-mail").telling(&step);
    }
    let begins_anew = is_from(visit, NEW);
    let done = match (begins_anew, next.is_company) {
        (false, _) => "confirmed",
        (true, false) => "confirmed-with-new-password",
        (true, true) => "confirmed-with-new-password-of-company",
    };
    let step = Step { done: done.into(), awaits: String::new(), ..visit.step.clone() };
    // A new password has ended all sessions.
    if !begins_anew && is_of_session(visit).await? {
        return Reply::go("/account").telling(&step);
    }
    Reply::go("/log-in").with_cookie(Cookie::Session.clear()?).telling(&step)
}

/// Whether the link is that of the account that is logged in here. If somebody else is, they are logged out.
async fn is_of_session(visit: &Visit) -> Result<bool, Problem> {
    let target = visit.service.token_keys().await?.read_link(&visit.parameter("token").unwrap_or_default());
    let Some(LinkTarget::ConfirmAddress { account_id, .. }) = target else { return Ok(false) };
    Ok(visit.account() == Some(account_id))
}

fn refused(visit: &Visit, problem: Problem) -> Result<Reply, Problem> {
    let again: &[(&str, &str)] = &[("to-resend", "/check-mail"), ("to-register", "/register")];
    let reply = match problem.kind() {
        ProblemKind::PasswordRequired => {
            return Ok(Reply { status: problem.kind().status(), ..visit.show(passwords(visit))? });
        }
        ProblemKind::LinkUsed => visit.dead_end(&problem, &[("to-log-in", "/log-in"), ("to-resend", "/check-mail")]),
        ProblemKind::LinkExpired => visit.dead_end(&problem, again).saying("confirm-expired"),
        ProblemKind::LinkInvalid => visit.dead_end(&problem, again),
        _ => return visit.again(passwords(visit), problem),
    };
    reply.telling(&Step { email: visit.step.email.clone(), ..Step::default() })
}

/// The two ways on: with the password of the registration, or with a new one.
fn passwords(visit: &Visit) -> Page {
    let language = visit.language;
    let form = |name: &str, field: Field, button: &str| {
        let hidden = vec![("form", name.to_owned())];
        Block::Form(Form { fields: vec![field], hidden, button: say(language, button), ..Form::default() })
    };
    let known = Field::password(language, "password", "password", "current-password");
    let new = Field::password(language, "newPassword", "new-password", "new-password");
    Page::new(language, "confirm")
        .text("confirm-password-text")
        .heading("confirm-known-password")
        .block(form(KNOWN, known, "confirm-button"))
        .heading("confirm-new-password")
        .text("confirm-new-password-text")
        .block(form(NEW, new.hint(language, "password-hint"), "confirm-new-password-button"))
}
