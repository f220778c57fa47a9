//! HTTP as all endpoints speak it: JSON in, JSON or a problem out, nothing cached, every answer with the id of its request.

use std::future::Future;
use std::sync::Arc;

use decision::Cause;
use lambda_http::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use lambda_http::request::{LambdaRequest, RequestContext};
use lambda_http::{Body, IntoResponse, RequestExt};
use lambda_runtime::{LambdaEvent, Service};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::Instrument;
use values::{AccountId, Invalid, Language, SessionId};

use crate::function::{BoxFuture, Environment, Error, Handler};
use crate::if_match::IfMatch;
use crate::json::{self, Blank};
use crate::language;
use crate::problem::{Problem, ProblemKind};
use crate::source::{MalformedHash, TrustedProxies};

/// Larger than any body that an endpoint asks for.
const LARGEST_BODY: usize = 64 * 1024;

/// The media type of a JSON Merge Patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)).
pub const MERGE_PATCH: &str = "application/merge-patch+json";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request to an endpoint.
pub struct Request {
    /// Its id, as in the logs and in the answer.
    pub id: String,
    pub(crate) inner: lambda_http::Request,
    pub(crate) source: String,
    /// Whose session was verified by code of this process. Nothing that comes from outside sets it.
    pub(crate) session: Option<(AccountId, SessionId)>,
}

/// An answer that is not a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// Headers besides those that every answer has.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body, JSON unless the headers say otherwise; empty for none.
    pub body: String,
}

impl Answer {
    /// An answer with a JSON body.
    pub fn json(status: StatusCode, body: &impl Serialize) -> Self {
        let body = serde_json::to_string(body).expect("bodies have string keys and no failing parts");
        Self { status, headers: vec![(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body }
    }

    /// An answer without a body.
    pub fn empty() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: Vec::new(), body: String::new() }
    }

    /// The same with the version of what it shows, as an entity tag.
    pub fn with_version(self, version: u64) -> Self {
        let tag = HeaderValue::from_str(&format!("\"{version}\"")).expect("a number is a valid header");
        self.with(header::ETAG, tag)
    }

    /// The same with a further header, in place of one of that name unless it is a cookie.
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.retain(|(present, _)| *present != name || name == header::SET_COOKIE);
        self.headers.push((name, value));
        self
    }
}

impl Request {
    /// The body, read as what the endpoint asks for. Where a value may be left out, an empty text counts as nothing; but not in a
    /// PATCH, where leaving out means to keep.
    ///
    /// # Errors
    /// A problem that names the field when the body is not of that form.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let media_type = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is_patch = self.method() == Method::PATCH;
        let is_merge_patch = is_patch && essence.eq_ignore_ascii_case(MERGE_PATCH);
        if !essence.eq_ignore_ascii_case("application/json") && !is_merge_patch {
            return Err(Problem::new(ProblemKind::NotSaidToBeJson));
        }
        if self.body().len() > LARGEST_BODY {
            return Err(Problem::new(ProblemKind::TooLarge));
        }
        let blank = if is_patch { Blank::IsText } else { Blank::IsAbsent };
        json::read(self.body(), blank).map_err(Problem::unreadable)
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        self.inner.body().as_ref()
    }

    /// Whether a header is there, be it text or not.
    pub fn has_header(&self, name: &str) -> bool {
        self.inner.headers().contains_key(name)
    }

    /// A header, if it is there and is text: visible ASCII characters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.inner.headers().get(name)?.to_str().ok()
    }

    /// The access token ([RFC 6750, section 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
    pub fn bearer_token(&self) -> Option<&str> {
        let (scheme, token) = self.header(header::AUTHORIZATION.as_str())?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    }

    /// A part of the path, by its name in the template; something that cannot be there is not found.
    ///
    /// # Errors
    /// [`ProblemKind::NotFound`]
    pub fn path<T: std::str::FromStr>(&self, name: &str) -> Result<T, Problem> {
        let parameters = self.inner.path_parameters();
        parameters.first(name).and_then(|text| text.parse().ok()).ok_or_else(|| Problem::new(ProblemKind::NotFound))
    }

    /// A query parameter, if it is given.
    ///
    /// # Errors
    /// A problem that names the parameter when it is not of the expected form.
    pub fn query<T: std::str::FromStr>(&self, name: &str, invalid: Invalid) -> Result<Option<T>, Problem> {
        let parameters = self.inner.query_string_parameters();
        let given = parameters.first(name).map(|text| text.parse().map_err(|_| Problem::field(name, invalid)));
        given.transpose()
    }

    /// Method and path, which say what was asked for.
    pub fn route(&self) -> String {
        format!("{} {}", self.inner.method(), self.uri_path())
    }

    /// The method.
    pub fn method(&self) -> &Method {
        self.inner.method()
    }

    /// The query as it came, without the question mark; empty for none.
    pub fn raw_query(&self) -> &str {
        self.inner.uri().query().unwrap_or_default()
    }

    /// The path without the query.
    pub fn uri_path(&self) -> &str {
        self.inner.uri().path()
    }

    /// Where it comes from: an IPv4 address, or the network of an IPv6 address (its first 64 bits, which one subscriber has to
    /// itself). Behind a trusted proxy it is the address that called the proxy. Empty if API Gateway does not say.
    pub fn source(&self) -> String {
        self.source.clone()
    }

    /// The version that the request changes, as [`Answer::with_version`] gave it.
    ///
    /// # Errors
    /// [`ProblemKind::VersionRequired`] if it does not say, [`ProblemKind::InvalidHeader`] if what it says is malformed.
    pub fn if_match(&self) -> Result<IfMatch, Problem> {
        if !self.has_header(header::IF_MATCH.as_str()) {
            return Err(Problem::new(ProblemKind::VersionRequired));
        }
        let given = self.header(header::IF_MATCH.as_str()).and_then(IfMatch::parse);
        given.ok_or_else(Problem::malformed_if_match)
    }

    /// The language to answer in.
    pub fn language(&self) -> Language {
        language::preferred(self.header(header::ACCEPT_LANGUAGE.as_str()))
    }

    /// The request as the cause of what follows from it.
    pub fn cause(&self) -> Cause {
        Cause::request(&self.id)
    }
}

/// Makes a handler of an endpoint.
///
/// # Errors
/// [`MalformedHash`] if the environment names proxies and does not do it right.
pub fn endpoint<Answering>(
    environment: &Environment,
    answer: impl Fn(Request) -> Answering + Send + Sync + 'static,
) -> Result<Handler, MalformedHash>
where
    Answering: Future<Output = Result<Answer, Problem>> + Send + 'static,
{
    let proxies = TrustedProxies::of(environment)?;
    let answer: Arc<dyn Fn(Request) -> BoxFuture<Result<Answer, Problem>> + Send + Sync> =
        Arc::new(move |request| Box::pin(answer(request)));
    let adapter =
        lambda_http::Adapter::from(tower::service_fn(move |request| respond(proxies.clone(), answer.clone(), request)));
    Ok(crate::function::handler(move |event: LambdaEvent<LambdaRequest>| adapter.clone().call(event)))
}

async fn respond(
    proxies: TrustedProxies,
    answer: Arc<dyn Fn(Request) -> BoxFuture<Result<Answer, Problem>> + Send + Sync>,
    request: lambda_http::Request,
) -> Result<Finished, Error> {
    let id = request_id(&request);
    let span = tracing::info_span!("request", requestId = %id, method = %request.method(), path = request.uri().path());
    let source = span.in_scope(|| proxies.source_of(&request));
    let request = Request { id: id.clone(), inner: request, source, session: None };
    let language = request.language();
    async {
        let answer = answer(request).await.unwrap_or_else(|problem| {
            problem.log();
            let kind = problem.kind();
            let body = problem.body(language, &id);
            let answer = Answer::json(kind.status(), &body)
                .with(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))
                .with(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
            match kind {
                ProblemKind::Unauthenticated => {
                    answer.with(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
                }
                _ => match problem.retry_after() {
                    Some(seconds) => answer.with(header::RETRY_AFTER, HeaderValue::from(seconds)),
                    None => answer,
                },
            }
        });
        tracing::info!(status = answer.status.as_u16(), "answered");
        Ok(Finished(response(answer, &id)?))
    }
    .instrument(span)
    .await
}

/// A response as it is. Where a body could be anything, `lambda_http` finds out whether it is text, and links the tables of all
/// character encodings for that.
struct Finished(lambda_http::Response<Body>);

impl IntoResponse for Finished {
    fn into_response(self) -> BoxFuture<lambda_http::Response<Body>> {
        Box::pin(std::future::ready(self.0))
    }
}

fn response(answer: Answer, id: &str) -> Result<lambda_http::Response<Body>, lambda_http::http::Error> {
    let mut response = lambda_http::Response::builder()
        .status(answer.status)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        // RFC 6797; ASVS 5.0, 3.4.1.
        .header(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains")
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox")
        .header(REQUEST_ID, id);
    if let Some(headers) = response.headers_mut() {
        for (name, value) in answer.headers {
            if name == header::SET_COOKIE {
                headers.append(name, value);
            } else {
                headers.insert(name, value);
            }
        }
    }
    response.body(if answer.body.is_empty() { Body::Empty } else { Body::Text(answer.body) })
}

fn request_id(request: &lambda_http::Request) -> String {
    match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone().unwrap_or_default(),
        _ => String::new(),
    }
}
