//! `/account/password`: sets another password for someone who knows the one from before.

use access::{ChangePassword, ChangeRequest, MeView};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, Json, Need};

use crate::account::{me, session_cookie};
use crate::cookie::Step;
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "password_page",
    routes: &[Route::any("/account/password")],
    build: |environment| {
        site::page(environment, &[Need::SigningKeys, Need::TokenKeys, Need::BusinessName], password_page)
    },
};

async fn password_page(visit: Visit) -> Result<Reply, Problem> {
    let me = me(&visit).await?;
    if !visit.is_sent() {
        return visit.show(form(&visit, &me));
    }
    let request = ChangeRequest::new(visit.typed("currentPassword"), visit.typed("newPassword"));
    match visit.ask::<ChangePassword>((), Body::new(request)?).await {
        Ok(Json(tokens)) => Reply::go("/account")
            .with_cookie(session_cookie(&visit, &tokens.refresh_token).await?)
            .telling(&Step { done: "password-changed".into(), ..Step::default() }),
        Err(problem) if problem.kind() == ProblemKind::InvalidCredentials => {
            Ok(visit.show_mistake_at("currentPassword", "is-not-right", form(&visit, &me), &problem))
        }
        Err(problem) => visit.again(form(&visit, &me), problem),
    }
}

fn form(visit: &Visit, me: &MeView) -> Page {
    let language = visit.language_for(me.language);
    let new = Field::password(language, "newPassword", "new-password", "new-password");
    let form = Form {
        fields: vec![
            Field::password(language, "currentPassword", "current-password", "current-password"),
            new.hint(language, "password-hint"),
        ],
        button: say(language, "set-password"),
        ..Form::default()
    };
    Page::new(language, "change-password")
        .of_account()
        .text("change-password-text")
        .block(Block::Form(form))
        .quiet_links(&[("to-account", "/account")])
}
