//! `/log-in/confirm-device`: asks for the code that was mailed, because the browser was not known. Which login waits for it is what
//! the browser keeps since then.

use access::{ConfirmDevice, ConfirmDeviceRequest};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, Created, IdempotencyKey, Need};
use values::Invalid;

use crate::cookie::Step;
use crate::destination;
use crate::log_in_page::logged_in;
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "confirm_device_page",
    routes: &[Route::any("/log-in/confirm-device")],
    build: |environment| site::page(environment, &[Need::SigningKeys, Need::TokenKeys], confirm_device_page),
};

async fn confirm_device_page(visit: Visit) -> Result<Reply, Problem> {
    if visit.step.challenge.is_empty() {
        return Ok(Reply::go(&destination::kept(&visit, "/log-in")));
    }
    if !visit.is_sent() {
        return visit.show(form(&visit));
    }
    if visit.typed_optional("code").is_none() {
        return visit.again(form(&visit), Problem::field("code", Invalid::Required));
    }
    let request =
        ConfirmDeviceRequest { challenge_id: visit.step.challenge.clone(), code: visit.typed("code").to_owned() };
    match visit.ask_as_anyone::<ConfirmDevice>((Body::new(request)?, IdempotencyKey::default())).await {
        Ok(Created(answer)) => logged_in(&visit, &answer.tokens.refresh_token, &answer.device_token).await,
        Err(problem) if problem.kind() == ProblemKind::InvalidCode => {
            Ok(visit.show_mistake_at("code", "is-not-right", form(&visit), &problem))
        }
        Err(problem) if problem.kind() == ProblemKind::ChallengeOver => {
            let step = Step { email: visit.step.email.clone(), ..Step::default() };
            visit.dead_end(&problem, &[("to-log-in", &destination::kept(&visit, "/log-in"))]).telling(&step)
        }
        Err(problem) => Err(problem),
    }
}

fn form(visit: &Visit) -> Page {
    let language = visit.language;
    let code =
        Field::line(language, "code", "code", "one-time-code").typed("text", "numeric").hint(language, "code-hint");
    let form = Form { fields: vec![code], button: say(language, "log-in"), ..Form::default() };
    Page::new(language, "confirm-device")
        .text("confirm-device-text")
        .block(Block::Form(form))
        .text("code-not-there")
        .quiet_links(&[("another-code", &destination::kept(visit, "/log-in"))])
}
