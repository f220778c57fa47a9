//! `/confirm?token=`: where the link of a registration leads. Opening it changes nothing, because mail scanners open links; the
//! click does.

use decision::LinkTarget;
use domain_settings::NextStep;
use registration::{Confirm, ConfirmRequest, Next};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, IdempotencyKey, Json, Need};

use crate::cookie::{Cookie, Step};
use crate::site;
use crate::view::{Block, Form, Page};
use crate::visit::{Reply, Visit};
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "confirm_page",
    routes: &[Route::any("/confirm")],
    build: |environment| site::page(environment, &[Need::TokenKeys], confirm_page),
};

async fn confirm_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        let form = Form { button: say(visit.language, "confirm-button"), ..Form::default() };
        return visit.show(Page::new(visit.language, "confirm").text("confirm-text").block(Block::Form(form)));
    }
    let request = ConfirmRequest { token: visit.parameter("token").unwrap_or_default() };
    let input = (Body::new(request)?, IdempotencyKey::default());
    let next = match service::ask::<Confirm>(visit.service.clone(), visit.anonymous_request(), (), input).await {
        Ok(Json(Next { next })) => next,
        Err(problem) => return ended(&visit, problem),
    };
    if next == NextStep::AwaitApproval {
        let step = Step { awaits: "approval".into(), ..visit.step.clone() };
        return Reply::go("/check-mail").telling(&step);
    }
    let step = Step { done: "confirmed".into(), awaits: String::new(), ..visit.step.clone() };
    if is_of_session(&visit).await? {
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

fn ended(visit: &Visit, problem: Problem) -> Result<Reply, Problem> {
    let again: &[(&str, &str)] = &[("to-resend", "/check-mail"), ("to-register", "/register")];
    let reply = match problem.kind() {
        ProblemKind::LinkUsed => visit.dead_end(&problem, &[("to-log-in", "/log-in"), ("to-resend", "/check-mail")]),
        ProblemKind::LinkExpired => visit.dead_end(&problem, again).saying("confirm-expired"),
        ProblemKind::LinkInvalid => visit.dead_end(&problem, again),
        _ => return Err(problem),
    };
    reply.telling(&Step { email: visit.step.email.clone(), ..Step::default() })
}
