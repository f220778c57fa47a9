//! What the links of invitations lead to: a name and a password to choose, wherever one is invited to.

use runtime::{Problem, ProblemKind};
use service::{Acceptance, Anyone, Body, Endpoint, IdempotencyKey};

use crate::cookie::{Cookie, Step};
use crate::reply::Reply;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
use crate::words::say;

/// The sentences in which invitations differ.
pub(crate) struct Sentences {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
    pub(crate) done: &'static str,
}

/// Shows the form, or has the endpoint take what was sent.
pub(crate) async fn answer<E>(visit: Visit, sentences: Sentences) -> Result<Reply, Problem>
where
    E: Endpoint<Access = Anyone, Input = (Body<Acceptance>, IdempotencyKey)>,
{
    if !visit.is_sent() {
        return visit.show(form(&visit, &sentences));
    }
    let token = visit.parameter("token").unwrap_or_default();
    let acceptance = Body::new(Acceptance::new(token, visit.typed("name"), visit.typed("password")))?;
    let input = (acceptance, IdempotencyKey::default());
    let Err(problem) = visit.ask_as_anyone::<E>(input).await else {
        let step = Step { done: sentences.done.into(), ..Step::default() };
        return Reply::go("/log-in").with_cookie(Cookie::Session.clear()?).telling(&step);
    };
    let dead_end = || visit.dead_end(&problem, &[("to-log-in", "/log-in")]);
    match problem.kind() {
        ProblemKind::LinkUsed => Ok(dead_end()),
        ProblemKind::LinkExpired | ProblemKind::LinkInvalid => Ok(dead_end().saying("invitation-ended")),
        ProblemKind::AddressTaken => Ok(dead_end().saying("invitation-to-another-address")),
        _ => visit.again(form(&visit, &sentences), problem),
    }
}

fn form(visit: &Visit, sentences: &Sentences) -> Page {
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
    Page::new(language, sentences.title).text(sentences.text).block(Block::Form(form))
}
