//! `/forgot-password`: has a link mailed that sets another password. What is said next is the same whether or not the address has
//! an account.

use access::{ForgotPassword, ForgotRequest};
use runtime::{Function, Problem, Route};
use service::{Body, IdempotencyKey, Need};

use crate::cookie::Step;
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "forgot_password_page",
    routes: &[Route::any("/forgot-password")],
    build: |environment| site::page(environment, &[Need::TokenKeys], forgot_password_page),
};

async fn forgot_password_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        return visit.show(form(&visit, &visit.step.email));
    }
    let email = visit.typed("email").to_owned();
    match ask(&visit, &email).await {
        Ok(()) => Reply::go("/check-mail").telling(&Step { email, awaits: "reset".into(), ..Step::default() }),
        Err(problem) => visit.again(form(&visit, &email), problem),
    }
}

async fn ask(visit: &Visit, email: &str) -> Result<(), Problem> {
    let request = Body::new(ForgotRequest { email: email.to_owned() })?;
    visit.ask_as_anyone::<ForgotPassword>((request, IdempotencyKey::default())).await?;
    Ok(())
}

fn form(visit: &Visit, email: &str) -> Page {
    let language = visit.language;
    let fields = vec![Field::email(language, email)];
    let form = Form { fields, button: say(language, "forgot-password-button"), ..Form::default() };
    Page::new(language, "forgot-password")
        .text("forgot-password-text")
        .block(Block::Form(form))
        .quiet_links(&[("to-log-in", "/log-in")])
}
