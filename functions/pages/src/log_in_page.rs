//! `/log-in`: address and password; then the account, or the code for a device that is not known.

use access::{LogIn, LogInRequest, Source};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Accepted, Body, Created, Either, Endpoint, IdempotencyKey, Need};

use crate::account::session_cookie;
use crate::cookie::{Cookie, Step};
use crate::destination;
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "log_in_page",
    routes: &[Route::any("/log-in")],
    build: |environment| site::page(environment, &[Need::SigningKeys, Need::TokenKeys], log_in_page),
};

async fn log_in_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        if visit.has_session() {
            return Ok(Reply::go(destination::of(&visit)));
        }
        return visit.show(form(&visit, &visit.step.email));
    }
    let email = visit.typed("email").to_owned();
    match log_in(&visit, &email).await {
        Ok(Either::Left(Created(answer))) => {
            logged_in(&visit, &answer.tokens.refresh_token, &answer.device_token).await
        }
        Ok(Either::Right(Accepted(waiting))) => {
            let step = Step { email, challenge: waiting.challenge_id, ..Step::default() };
            Reply::go(&destination::kept(&visit, "/log-in/confirm-device")).telling(&step)
        }
        Err(problem) => refused(&visit, &email, problem),
    }
}

async fn log_in(visit: &Visit, email: &str) -> Result<<LogIn as Endpoint>::Output, Problem> {
    let request = LogInRequest::new(email, visit.typed("password"), Cookie::Device.read(&visit.request));
    let input = (Body::new(request)?, Source::of(&visit.request), IdempotencyKey::default());
    visit.ask_as_anyone::<LogIn>(input).await
}

/// Leads whoever just logged in to their account, or where they were going.
pub(crate) async fn logged_in(visit: &Visit, refresh_token: &str, device_token: &str) -> Result<Reply, Problem> {
    Ok(Reply::go(destination::of(visit))
        .with_cookie(session_cookie(visit, refresh_token).await?)
        .with_cookie(Cookie::Device.set(device_token)?)
        .with_cookie(Cookie::Step.clear()?))
}

fn refused(visit: &Visit, email: &str, problem: Problem) -> Result<Reply, Problem> {
    match problem.kind() {
        ProblemKind::EmailUnconfirmed => {
            let step = Step { email: email.to_owned(), ..Step::default() };
            visit.dead_end(&problem, &[("to-resend", "/check-mail"), ("to-log-in", "/log-in")]).telling(&step)
        }
        ProblemKind::ApprovalPending | ProblemKind::AccountRejected | ProblemKind::AccountBlocked => {
            Ok(visit.dead_end(&problem, &[("to-log-in", "/log-in")]))
        }
        _ => visit.again(form(visit, email), problem),
    }
}

fn form(visit: &Visit, email: &str) -> Page {
    let language = visit.language;
    let form = Form {
        fields: vec![
            Field::email(language, email).filled_in_as("username"),
            Field::password(language, "password", "password", "current-password"),
        ],
        button: say(language, "log-in"),
        ..Form::default()
    };
    Page::new(language, "log-in")
        .block(Block::Form(form))
        .quiet_links(&[("to-forgot-password", "/forgot-password"), ("to-register", "/register")])
}
