//! Where it does not go on: why, and where it does.

use runtime::{Problem, ProblemBody, ProblemKind, StatusCode};
use values::Language;

use crate::reply::{Content, Reply};
use crate::view::{Block, Page};
use crate::words::say_of;

/// Problems whose text in the API speaks to programs, and has other words for readers.
const SAID_OTHERWISE: &[ProblemKind] = &[
    ProblemKind::TooManyRequests,
    ProblemKind::Internal,
    ProblemKind::InvalidCredentials,
    ProblemKind::EmailUnconfirmed,
    ProblemKind::LinkUsed,
    ProblemKind::LinkExpired,
    ProblemKind::LinkInvalid,
    ProblemKind::StaleVersion,
    ProblemKind::Invalid,
];

/// The page for a problem that the page itself has no better answer to.
pub(crate) fn reply(problem: &Problem, language: Language, request_id: &str, ways: &[(&str, &str)]) -> Reply {
    problem.log();
    let body = for_readers(language, problem.body(language, request_id), problem);
    let mut page = Page::new(language, "start").block(Block::Text(body.detail));
    page.title = body.title;
    if matches!(problem.kind(), ProblemKind::Internal | ProblemKind::Unavailable) {
        let number = say_of(language, "request-number", &[("number", request_id.into())]);
        page = page.block(Block::Text(number));
    }
    page = page.links(ways);
    Reply { status: problem.kind().status(), content: Content::Page(Box::new(page)), cookies: Vec::new() }
}

/// A form that was not made for this browser, or too long ago. Nothing was done.
pub(crate) fn foreign_form(language: Language) -> Reply {
    let page = Page::new(language, "foreign-form").text("foreign-form-text").links(HOME);
    Reply { status: StatusCode::FORBIDDEN, content: Content::Page(Box::new(page)), cookies: Vec::new() }
}

/// Something else than looking at a page or sending its form.
pub(crate) fn unknown_method(language: Language) -> Reply {
    let page = Page::new(language, "start").links(HOME);
    Reply { status: StatusCode::METHOD_NOT_ALLOWED, content: Content::Page(Box::new(page)), cookies: Vec::new() }
}

/// The same problem in words for readers instead of programs.
pub(crate) fn for_readers(language: Language, body: ProblemBody, problem: &Problem) -> ProblemBody {
    if !SAID_OTHERWISE.contains(&problem.kind()) {
        return body;
    }
    let seconds = problem.retry_after().unwrap_or_default();
    let (minutes, hours) = (seconds.div_ceil(60), seconds.div_ceil(60 * 60));
    let detail = match problem.kind() {
        ProblemKind::TooManyRequests if seconds < 60 => {
            say_of(language, "too-many-requests-seconds", &[("seconds", seconds.into())])
        }
        ProblemKind::TooManyRequests if minutes > 90 => {
            say_of(language, "too-many-requests-hours", &[("hours", hours.into())])
        }
        kind => say_of(language, &format!("{}-text", kind.code()), &[("minutes", minutes.into())]),
    };
    ProblemBody { detail, ..body }
}

/// Where to go when nothing better is known.
pub(crate) const HOME: &[(&str, &str)] = &[("start-again", "/")];
