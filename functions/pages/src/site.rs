//! What all pages share: the form's guard, the language, the layout and the headers.
//!
//! The style sheet stands in each page, allowed by its hash, and so does a short one with the colours of the business, if it has one. That is some kilobytes more with every page, and one round trip and one
//! function's cold start less before the first one shows; most people see a handful of pages in a visit. Nothing else is loaded
//! but the business's own logo, and there are no scripts.

use std::future::Future;
use std::sync::{Arc, LazyLock};

use askama::Template;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use domain_settings::{Business, Palette, Scheme};
use identity::TokenKeys;
use runtime::{Answer, BoxFuture, Environment, Error, Handler, Method, Problem, ProblemKind, Request, header};
use service::{Need, Service};
use values::{Language, Text, WebAddress};

use crate::cookie::{Cookie, Step};
use crate::reply::{Content, Reply};
use crate::view::{Block, Control, Form, Page};
use crate::visit::Visit;
use crate::words::{own_name, say};
use crate::{dead_end, destination, guard};

const STYLE: &str = include_str!("../templates/style.css");

static STYLE_SOURCE: LazyLock<String> = LazyLock::new(|| source_of(STYLE));

/// What allows a style sheet in a content security policy.
fn source_of(sheet: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(digest(&SHA256, sheet.as_bytes())))
}

/// A page in the layout that all share.
#[derive(Template)]
#[template(path = "page.html")]
struct Layout<'page> {
    page: &'page Page,
    business: &'page Business,
    style: &'static str,
    /// The style sheet of the colours of the business, if it has one of its own.
    colors: Option<&'page str>,
    guard: &'page str,
    languages: Vec<LanguageLink>,
}

/// A form, which stands by itself on a page or with one of several things.
#[derive(Template)]
#[template(path = "form.html")]
struct FormLayout<'page> {
    form: &'page Form,
    guard: &'page str,
    language: Language,
}

impl FormLayout<'_> {
    fn say(&self, key: &str) -> String {
        say(self.language, key)
    }
}

/// The same page in a language.
struct LanguageLink {
    code: &'static str,
    name: &'static str,
    address: String,
    is_current: bool,
}

impl Layout<'_> {
    fn say(&self, key: &str) -> String {
        say(self.page.language, key)
    }

    /// How the business is reached, and what it has to say: what is read, and where it leads.
    fn contacts(&self) -> Vec<(String, String)> {
        let Business { email, phone, website, terms_url, privacy_url, .. } = self.business;
        let document = |key: &str, url: &WebAddress| (self.say(key), url.as_str().to_owned());
        let contacts = [
            email.as_ref().map(|email| (email.to_string(), format!("mailto:{email}"))),
            phone.as_ref().map(|phone| (phone.as_str().to_owned(), format!("tel:{}", phone.as_str()))),
            website.as_ref().map(|site| (site.for_reading().to_owned(), site.as_str().to_owned())),
            terms_url.as_ref().map(|url| document("terms", url)),
            privacy_url.as_ref().map(|url| document("privacy", url)),
        ];
        contacts.into_iter().flatten().collect()
    }

    fn form<'form>(&'form self, form: &'form Form) -> FormLayout<'form> {
        FormLayout { form, guard: self.guard, language: self.page.language }
    }
}

/// A function that answers with pages. `needs` are the keys that it needs besides those of tokens.
pub(crate) fn page<Replying>(
    environment: Environment,
    needs: &'static [Need],
    respond: fn(Visit) -> Replying,
) -> BoxFuture<Result<Handler, Error>>
where
    Replying: Future<Output = Result<Reply, Problem>> + Send + 'static,
{
    site(environment, needs, Arc::new(move |visit| Box::pin(respond(visit))))
}

/// All pages are of one type from here on, so that what they share is compiled once.
type Respond = Arc<dyn Fn(Visit) -> BoxFuture<Result<Reply, Problem>> + Send + Sync>;

fn site(environment: Environment, needs: &'static [Need], respond: Respond) -> BoxFuture<Result<Handler, Error>> {
    Box::pin(async move {
        let service = Service::start(&environment, needs)?;
        let name: Arc<str> = environment.require("BUSINESS_NAME")?.into();
        let handler = runtime::endpoint(&environment, move |request| {
            answer(service.clone(), name.clone(), request, respond.clone())
        })?;
        Ok(handler)
    })
}

async fn answer(service: Arc<Service>, name: Arc<str>, request: Request, respond: Respond) -> Result<Answer, Problem> {
    if let Some(reply) = language_choice(&request)? {
        return finish(reply, None);
    }
    let (language, request_id) = (Visit::language_of(&request), request.id.clone());
    let address = Address::of(&request);
    let keys = match service.token_keys().await {
        Ok(keys) => keys,
        Err(problem) => {
            let shared = Shared { business: own_name_of(&name)?, guard: String::new(), address };
            return finish(dead_end::reply(&problem, language, &request_id, dead_end::HOME), Some(&shared));
        }
    };
    let (bound_to, new_cookie) = match guard::bound_to(&request) {
        Some(cookie) => (cookie.to_owned(), None),
        None => {
            let random = BASE64_URL_SAFE_NO_PAD.encode(runtime::seed::<16>());
            let cookie = Cookie::Form.set(&random)?;
            (random, Some(cookie))
        }
    };
    let guard = keys.form_guard(&bound_to, service.clock.now());
    let step = Step::read(&request);
    let was_logged_in = Cookie::Session.read(&request).is_some();
    let reply = reply(service.clone(), keys, request, respond);
    let (business, reply) = tokio::join!(service.business(), reply);
    let business = match business {
        Ok(settings) => settings.business,
        Err(problem) => {
            problem.log();
            own_name_of(&name)?
        }
    };
    let mut reply = match reply {
        Ok(reply) => reply,
        Err(problem) if problem.kind() == ProblemKind::Unauthenticated => {
            let done = if was_logged_in && step.done.is_empty() { "session-over".into() } else { step.done.clone() };
            Reply::go(&destination::log_in_for(&address.path))
                .with_cookie(Cookie::Session.clear()?)
                .telling(&Step { done, ..step })?
        }
        Err(problem) => dead_end::reply(&problem, language, &request_id, dead_end::HOME),
    };
    reply.cookies.extend(new_cookie);
    finish(reply, Some(&Shared { business, guard, address }))
}

/// What the page itself replies, if the form that was sent is one of ours.
async fn reply(
    service: Arc<Service>,
    keys: Arc<TokenKeys>,
    request: Request,
    respond: Respond,
) -> Result<Reply, Problem> {
    let session = Cookie::Session.read(&request).and_then(|token| keys.read_page_session(token));
    let is_known = [Method::GET, Method::HEAD, Method::POST].contains(request.method());
    let visit = Visit::new(service, request, session);
    if !is_known {
        return Ok(dead_end::unknown_method(visit.language));
    }
    if visit.is_sent() && !guard::passes(&visit, &keys) {
        return Ok(dead_end::foreign_form(visit.language));
    }
    respond(visit).await
}

/// What is known of the business without reading anything: the name that was given when deploying.
fn own_name_of(name: &str) -> Result<Business, Problem> {
    Ok(Business::named(Text::parse(name).map_err(Problem::internal)?))
}

/// What the layout adds to a page.
struct Shared {
    business: Business,
    guard: String,
    address: Address,
}

/// The address of a page, but for the language.
struct Address {
    path: String,
    parameters: Vec<(String, String)>,
}

impl Address {
    fn of(request: &Request) -> Self {
        let parameters = form_urlencoded::parse(request.raw_query().as_bytes()).into_owned();
        let parameters = parameters.filter(|(name, _)| name != "language").collect();
        Self { path: request.uri_path().to_owned(), parameters }
    }

    fn with(&self, language: Option<Language>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.parameters);
        if let Some(language) = language {
            query.append_pair("language", language.code());
        }
        let query = query.finish();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }
}

/// The answer to a link that chooses the language: the choice is kept, and the same page is shown again.
fn language_choice(request: &Request) -> Result<Option<Reply>, Problem> {
    let mut parameters = form_urlencoded::parse(request.raw_query().as_bytes());
    let chosen = parameters.find(|(name, _)| name == "language").and_then(|(_, code)| Language::from_code(&code));
    let Some(language) = chosen.filter(|_| request.method() == Method::GET) else { return Ok(None) };
    let cookie = Cookie::Language.set(language.code())?;
    Ok(Some(Reply::go(&Address::of(request).with(None)).with_cookie(cookie)))
}

fn finish(reply: Reply, shared: Option<&Shared>) -> Result<Answer, Problem> {
    let mut answer = Answer { status: reply.status, headers: Vec::new(), body: String::new() };
    let (mut logo, mut colors) = (None, None);
    match (reply.content, shared) {
        (Content::Page(page), Some(shared)) => {
            logo = shared.business.logo_url.as_ref();
            colors = color_sheet(&shared.business);
            answer.body = render(&page, shared, colors.as_deref())?;
            answer = answer
                .with(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html; charset=utf-8"))
                .with(header::CONTENT_LANGUAGE, header::HeaderValue::from_static(page.language.code()));
        }
        (Content::Redirect(address), _) => {
            let address = header::HeaderValue::from_str(&address).map_err(Problem::internal)?;
            answer = answer.with(header::LOCATION, address);
        }
        (Content::Page(_), None) => return Err(Problem::internal("a page has no layout")),
    }
    for cookie in reply.cookies {
        answer = answer.with(header::SET_COOKIE, cookie);
    }
    protected(answer, logo.map(WebAddress::origin), colors.as_deref())
}

/// What the style sheet of all businesses leaves open to one that has a colour.
fn color_sheet(business: &Business) -> Option<String> {
    let color = business.color?;
    let of = |scheme| {
        let Palette { button, button_text, button_edge, link } = business.palette(scheme);
        format!(
            ":root{{--main:{button};--main-words:{button_text};--main-edge:{button_edge};--link:{link};--head:{color}}}"
        )
    };
    let (light, dark) = (of(Scheme::Light), of(Scheme::Dark));
    Some(format!("{light}@media(prefers-color-scheme:dark){{{dark}}}"))
}

fn render(page: &Page, shared: &Shared, colors: Option<&str>) -> Result<String, Problem> {
    let link = |language: Language| LanguageLink {
        code: language.code(),
        name: own_name(language),
        address: shared.address.with(Some(language)),
        is_current: language == page.language,
    };
    let layout = Layout {
        page,
        business: &shared.business,
        style: STYLE,
        colors,
        guard: &shared.guard,
        languages: Language::ALL.map(link).into(),
    };
    layout.render().map_err(Problem::internal)
}

/// The answer with what keeps browsers from doing anything else with it.
fn protected(answer: Answer, logo: Option<&str>, colors: Option<&str>) -> Result<Answer, Problem> {
    let colors = colors.map(|sheet| format!(" {}", source_of(sheet))).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src {}{colors}; img-src {}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        *STYLE_SOURCE,
        logo.unwrap_or("'none'"),
    );
    let policy = header::HeaderValue::from_str(&policy).map_err(Problem::internal)?;
    let opener = header::HeaderName::from_static("cross-origin-opener-policy");
    Ok(answer
        .with(header::CONTENT_SECURITY_POLICY, policy)
        .with(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"))
        .with(opener, header::HeaderValue::from_static("same-origin")))
}
