//! `/staff/accept-invitation?token=`: where the link of an invitation to the staff leads.

use runtime::{Function, Problem, ProblemKind};
use serde_json::json;
use service::Need;

use crate::cookie::Step;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::{Reply, Visit};
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "accept_invitation_page",
    build: |environment| site::page(environment, &[Need::TokenKeys], accept_invitation_page),
};

async fn accept_invitation_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        return visit.show(form(&visit));
    }
    let body = json!({
        "token": visit.parameter("token").unwrap_or_default(),
        "name": visit.typed("name"),
        "password": visit.typed("password"),
    });
    match staff::accept_invitation(visit.service.clone(), visit.asks().with_json(&body)).await {
        Ok(_) => Reply::go("/log-in").telling(&Step { done: "invitation-accepted".into(), ..Step::default() }),
        Err(problem) => match problem.kind() {
            ProblemKind::LinkUsed => Ok(visit.dead_end(&problem, &[("to-log-in", "/log-in")])),
            ProblemKind::LinkExpired | ProblemKind::LinkInvalid => {
                let reply = visit.dead_end(&problem, &[("to-log-in", "/log-in")]);
                Ok(reply.saying("invitation-ended"))
            }
            _ => visit.again(form(&visit), problem),
        },
    }
}

fn form(visit: &Visit) -> Page {
    let language = visit.language;
    let password = Field::password(language, "password", "password", "new-password");
    let form = Form {
        fields: vec![
            Field::line(language, "name", "name", "name").value(visit.typed("name")),
            password.hint(language, "password-hint"),
        ],
        button: say(language, "accept-invitation-button"),
        ..Form::default()
    };
    Page::new(language, "accept-invitation").text("accept-invitation-text").block(Block::Form(form))
}
