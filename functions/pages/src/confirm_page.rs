//! `/confirm?token=`: where the link of a registration leads. Opening it changes nothing, because mail scanners open links; the
//! click does.

use runtime::{Function, Problem, ProblemKind};
use serde::Deserialize;
use serde_json::json;
use service::Need;

use crate::cookie::Step;
use crate::site;
use crate::view::{Block, Form, Page};
use crate::visit::{Reply, Visit, read};
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "confirm_page",
    build: |environment| site::page(environment, &[Need::TokenKeys], confirm_page),
};

#[derive(Deserialize)]
struct Confirmed {
    next: String,
}

async fn confirm_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        let form = Form { button: say(visit.language, "confirm-button"), ..Form::default() };
        return visit.show(Page::new(visit.language, "confirm").text("confirm-text").block(Block::Form(form)));
    }
    let body = json!({"token": visit.parameter("token").unwrap_or_default()});
    let confirmed = match registration::confirm(visit.service.clone(), visit.asks().with_json(&body)).await {
        Ok(answer) => read::<Confirmed>(&answer)?,
        Err(problem) => return ended(&visit, problem),
    };
    if confirmed.next == "await-approval" {
        let step = Step { awaits: "approval".into(), ..visit.step };
        return Reply::go("/check-mail").telling(&step);
    }
    let step = Step { done: "confirmed".into(), awaits: String::new(), ..visit.step };
    Reply::go("/log-in").telling(&step)
}

fn ended(visit: &Visit, problem: Problem) -> Result<Reply, Problem> {
    match problem.kind() {
        ProblemKind::LinkUsed => {
            Ok(visit.dead_end(&problem, &[("to-log-in", "/log-in"), ("to-resend", "/check-mail")]))
        }
        ProblemKind::LinkExpired | ProblemKind::LinkInvalid => {
            Ok(visit.dead_end(&problem, &[("to-resend", "/check-mail"), ("to-register", "/register")]))
        }
        _ => Err(problem),
    }
}
