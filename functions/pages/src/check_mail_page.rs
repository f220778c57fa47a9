//! `/check-mail`: what to do next is in the mail; and how to get the mail again. What it says follows from what the browser did
//! before, and never from whether there is such an address.

use registration::{Resend, ResendRequest};
use runtime::{Function, Problem, Route};
use service::{Body, IdempotencyKey, Need};

use crate::cookie::{Cookie, Step};
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
use crate::words::{say, say_of};

pub(crate) const FUNCTION: Function = Function {
    handler: "check_mail_page",
    routes: &[Route::any("/check-mail")],
    build: |environment| site::page(environment, &[Need::TokenKeys], check_mail_page),
};

async fn check_mail_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        let page = match visit.step.awaits.as_str() {
            "approval" => awaiting_approval(&visit),
            "reset" => reset(&visit),
            _ => link(&visit, &visit.step.email),
        };
        return visit.show(page);
    }
    let email = visit.typed("email").to_owned();
    match resend(&visit, email.clone()).await {
        Ok(()) => {
            let step = Step { email, awaits: "resent".into(), ..Step::default() };
            Reply::go("/check-mail").telling(&step)
        }
        Err(problem) => visit.again(link(&visit, &email), problem),
    }
}

async fn resend(visit: &Visit, email: String) -> Result<(), Problem> {
    let device_token = Cookie::Device.read(&visit.request).map(ToOwned::to_owned);
    let input = (Body::new(ResendRequest { email, device_token })?, IdempotencyKey::default());
    visit.ask_as_anyone::<Resend>(input).await?;
    Ok(())
}

fn awaiting_approval(visit: &Visit) -> Page {
    Page::new(visit.language, "await-approval").text("await-approval-text").quiet_links(&[("to-log-in", "/log-in")])
}

fn reset(visit: &Visit) -> Page {
    let page = Page::new(visit.language, "check-mail");
    addressed(page, visit, "reset-mailed", "reset-mailed-text")
        .text("mail-not-there")
        .quiet_links(&[("to-forgot-password", "/forgot-password"), ("to-log-in", "/log-in")])
}

fn link(visit: &Visit, email: &str) -> Page {
    let language = visit.language;
    let form = Form {
        fields: vec![Field::email(language, email)],
        button: say(language, "resend-button"),
        is_quiet: !visit.step.awaits.is_empty(),
        ..Form::default()
    };
    let mailed = |page: Page| page.heading("mail-missing").text("mail-not-there");
    let page = match visit.step.awaits.as_str() {
        "" => Page::new(language, "resend").text("resend-text"),
        "resent" => mailed(Page::new(language, "check-mail").text("resent")),
        _ => mailed(addressed(Page::new(language, "check-mail"), visit, "link-mailed", "link-mailed-text")),
    };
    page.block(Block::Form(form)).quiet_links(&[("to-log-in", "/log-in")])
}

/// The page with where the mail went, if that is known.
fn addressed(page: Page, visit: &Visit, with_address: &str, without: &str) -> Page {
    match visit.step.email.as_str() {
        "" => page.text(without),
        email => page.block(Block::Text(say_of(visit.language, with_address, &[("email", email.into())]))),
    }
}
