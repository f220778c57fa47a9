//! A request to a page: who sent it, in which language, with what typed; and how the endpoints are asked on its behalf.

use std::str::FromStr;
use std::sync::Arc;

use runtime::{FieldProblem, Method, Problem, ProblemBody, ProblemKind, Request, StatusCode, header};
use service::{Anyone, Endpoint, Service, TargetOf};
use values::{AccountId, Language, SessionId};

use crate::cookie::{Cookie, Step};
use crate::dead_end;
use crate::reply::{Content, Reply};
use crate::view::Page;
use crate::words::{say, say_if_known};

/// Larger than any form.
const LARGEST_FORM: usize = 64 * 1024;

/// A request to a page.
pub(crate) struct Visit {
    pub(crate) service: Arc<Service>,
    pub(crate) request: Request,
    /// The language that was chosen, or else the one that the browser prefers.
    pub(crate) language: Language,
    /// What the page before told.
    pub(crate) step: Step,
    is_language_chosen: bool,
    typed: Vec<(String, String)>,
    session: Option<(AccountId, SessionId)>,
}

impl Visit {
    /// Reads what every page needs of a request. `session` was verified.
    pub(crate) fn new(service: Arc<Service>, request: Request, session: Option<(AccountId, SessionId)>) -> Self {
        let chosen = chosen_language(&request);
        let step = Step::read(&request);
        let typed = if request.method() == Method::POST { form(&request) } else { Vec::new() };
        let language = chosen.unwrap_or_else(|| request.language());
        Self { service, language, step, is_language_chosen: chosen.is_some(), typed, session, request }
    }

    /// The language that was chosen, or else the one that the browser prefers.
    pub(crate) fn language_of(request: &Request) -> Language {
        chosen_language(request).unwrap_or_else(|| request.language())
    }

    /// Whether something was sent, rather than looked at.
    pub(crate) fn is_sent(&self) -> bool {
        self.request.method() == Method::POST
    }

    /// Whether someone seems to be logged in; only the endpoints know whether the session goes on.
    pub(crate) fn has_session(&self) -> bool {
        self.session.is_some()
    }

    /// The account that seems to be logged in.
    pub(crate) fn account(&self) -> Option<AccountId> {
        self.session.map(|(account, _)| account)
    }

    /// What was typed into a field; nothing if it is not there.
    pub(crate) fn typed(&self, name: &str) -> &str {
        self.typed.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text)
    }

    /// All that was chosen of many.
    pub(crate) fn typed_all(&self, name: &str) -> Vec<String> {
        self.typed.iter().filter(|(field, _)| field == name).map(|(_, text)| text.clone()).collect()
    }

    /// What was typed into a field that may be left out.
    pub(crate) fn typed_optional(&self, name: &str) -> Option<&str> {
        Some(self.typed(name)).filter(|text| !text.trim().is_empty())
    }

    /// The id in a field; something that cannot be there is not found.
    pub(crate) fn typed_id<I: FromStr>(&self, name: &str) -> Result<I, Problem> {
        self.typed(name).parse().map_err(|_| Problem::new(ProblemKind::NotFound))
    }

    /// Whether a field was ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        !self.typed(name).is_empty()
    }

    /// A parameter of the page's address.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let mut parameters = form_urlencoded::parse(self.request.raw_query().as_bytes());
        parameters.find(|(parameter, _)| parameter == name).map(|(_, text)| text.into_owned())
    }

    /// A request to an endpoint, of nobody.
    fn anonymous_request(&self) -> Request {
        self.request.inside(self.language)
    }

    /// A request to an endpoint, of whoever is logged in.
    fn account_request(&self) -> Result<Request, Problem> {
        let (account, session) = self.session.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))?;
        Ok(self.anonymous_request().with_session(account, session))
    }

    /// Asks an endpoint on behalf of whoever is logged in.
    pub(crate) async fn ask<E: Endpoint>(&self, target: TargetOf<E>, input: E::Input) -> Result<E::Output, Problem> {
        service::ask::<E>(self.service.clone(), self.account_request()?, target, input).await
    }

    /// Asks an endpoint on behalf of nobody.
    pub(crate) async fn ask_as_anyone<E>(&self, input: E::Input) -> Result<E::Output, Problem>
    where
        E: Endpoint<Access = Anyone>,
    {
        service::ask::<E>(self.service.clone(), self.anonymous_request(), (), input).await
    }

    /// The language to speak to someone whose profile names one: the one that was chosen here comes first.
    pub(crate) fn language_for(&self, profile: Language) -> Language {
        if self.is_language_chosen { self.language } else { profile }
    }

    /// A page, with what the page before has done, which is told once.
    pub(crate) fn show(&self, mut page: Page) -> Result<Reply, Problem> {
        let mut cookies = Vec::new();
        if !self.step.done.is_empty() {
            page.done.extend(say_if_known(page.language, &self.step.done));
            cookies.push(Step { done: String::new(), ..self.step.clone() }.set()?);
        }
        Ok(Reply { status: StatusCode::OK, content: Content::Page(Box::new(page)), cookies })
    }

    /// The page again, with what is wrong with what was sent.
    pub(crate) fn show_mistakes(&self, page: Page, problem: &Problem) -> Reply {
        let body = problem.body(page.language, &self.request.id);
        let body = dead_end::for_readers(page.language, body, problem);
        self.refused(page, &body, problem)
    }

    /// The same for a problem that is one field's, which the endpoint does not name: what is wrong with it is the sentence `key`.
    pub(crate) fn show_mistake_at(&self, field: &str, key: &str, page: Page, problem: &Problem) -> Reply {
        let message = say(page.language, key);
        let error = FieldProblem { field: field.to_owned(), code: problem.kind().code(), message };
        let body = ProblemBody { errors: vec![error], ..problem.body(page.language, &self.request.id) };
        self.refused(page, &body, problem)
    }

    fn refused(&self, page: Page, body: &ProblemBody, problem: &Problem) -> Reply {
        problem.log();
        let page = page.with_mistakes(body);
        Reply { status: problem.kind().status(), content: Content::Page(Box::new(page)), cookies: Vec::new() }
    }

    /// The page again if the problem is one that its reader can mend there.
    pub(crate) fn again(&self, page: Page, problem: Problem) -> Result<Reply, Problem> {
        match problem.kind() {
            ProblemKind::Invalid | ProblemKind::InvalidCredentials | ProblemKind::TooManyRequests => {
                Ok(self.show_mistakes(page, &problem))
            }
            _ => Err(problem),
        }
    }

    /// A page that says why it does not go on here, and where it does.
    pub(crate) fn dead_end(&self, problem: &Problem, ways: &[(&str, &str)]) -> Reply {
        dead_end::reply(problem, self.language, &self.request.id, ways)
    }
}

fn chosen_language(request: &Request) -> Option<Language> {
    Cookie::Language.read(request).and_then(Language::from_code)
}

fn form(request: &Request) -> Vec<(String, String)> {
    let media_type = request.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let is_form = media_type.split(';').next().unwrap_or_default().trim() == "application/x-www-form-urlencoded";
    if !is_form || request.body().len() > LARGEST_FORM {
        return Vec::new();
    }
    form_urlencoded::parse(request.body()).into_owned().collect()
}
