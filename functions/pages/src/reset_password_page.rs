//! `/reset-password?token=`: where the link of a forgotten password leads.

use access::{ResetPassword, ResetRequest};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, IdempotencyKey, Need};

use crate::cookie::{Cookie, Step};
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "reset_password_page",
    routes: &[Route::any("/reset-password")],
    build: |environment| site::page(environment, &[Need::TokenKeys, Need::BusinessName], reset_password_page),
};

async fn reset_password_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        return visit.show(form(&visit));
    }
    let request = ResetRequest::new(visit.parameter("token").unwrap_or_default(), visit.typed("password"));
    match visit.ask_as_anyone::<ResetPassword>((Body::new(request)?, IdempotencyKey::default())).await {
        Ok(_) => {
            let step = Step { done: "password-set".into(), awaits: String::new(), ..visit.step };
            Reply::go("/log-in").with_cookie(Cookie::Session.clear()?).telling(&step)
        }
        Err(problem) => match problem.kind() {
            ProblemKind::LinkUsed | ProblemKind::LinkExpired | ProblemKind::LinkInvalid => {
                Ok(visit.dead_end(&problem, &[("to-forgot-password", "/forgot-password"), ("to-log-in", "/log-in")]))
            }
            _ => visit.again(form(&visit), problem),
        },
    }
}

fn form(visit: &Visit) -> Page {
    let language = visit.language;
    let password = Field::password(language, "password", "new-password", "new-password");
    let form = Form {
        fields: vec![password.hint(language, "password-hint")],
        button: say(language, "set-password"),
        ..Form::default()
    };
    Page::new(language, "reset-password").text("reset-password-text").block(Block::Form(form))
}
