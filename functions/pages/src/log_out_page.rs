//! `/log-out`: logs out, when sent. Looking at it asks whether to.

use access::LogOut;
use runtime::{Function, Problem, ProblemKind, Route};
use service::Need;

use crate::account::me;
use crate::cookie::{Cookie, Step};
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "log_out_page",
    routes: &[Route::any("/log-out")],
    build: |environment| site::page(environment, &[Need::TokenKeys], log_out_page),
};

async fn log_out_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        let language = visit.language_for(me(&visit).await?.language);
        let form = Form { button: say(language, "log-out"), ..Form::default() };
        let page = Page::new(language, "log-out").text("log-out-text").block(Block::Form(form));
        return visit.show(page.quiet_links(&[("to-account", "/account")]));
    }
    match visit.ask::<LogOut>((), ()).await {
        Ok(_) => {}
        // It is over already, which is what was asked for.
        Err(problem) if problem.kind() == ProblemKind::Unauthenticated => {}
        Err(problem) => return Err(problem),
    }
    let step = Step { done: "logged-out".into(), ..Step::default() };
    Reply::go("/log-in").with_cookie(Cookie::Session.clear()?).telling(&step)
}
