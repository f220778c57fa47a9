//! What goes wrong, as clients see it: [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem details with a stable `code`.
//!
//! This is the only place that turns errors into answers. Return a [`Problem`] for whatever the client can do something about;
//! make any other error a [`Problem::internal`]: it is logged with the request id, and the client learns nothing but
//! that id. docs/http-errors.md says what clients, operators and support do about each code.

use std::fmt;

use decision::{Fault, MayConflict, Remedy};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use lambda_http::http::StatusCode;
use serde::Serialize;
use unic_langid::langid;
use utoipa::ToSchema;
use values::{Invalid, Language};

use crate::json::{self, Type, Unreadable};

// Isolation marks around numbers would be copied along with them; all languages here are written from left to right.
static_loader! {
    static SENTENCES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $status:ident, $code:literal;)*) => {
        /// The kinds of problems there are. Their codes are part of the API and never change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ProblemKind {$(
            $(#[$doc])*
            $name,
        )*}

        impl ProblemKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The status that goes with it.
            pub fn status(self) -> StatusCode {
                match self {
                    $(Self::$name => StatusCode::$status,)*
                }
            }

            /// The stable code, for programs.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

problems! {
    /// The body is not JSON.
    NotJson = BAD_REQUEST, "not-json";
    /// A header is malformed; `errors` says which.
    InvalidHeader = BAD_REQUEST, "invalid-header";
    /// No access token, or one that does not work (any more).
    Unauthenticated = UNAUTHORIZED, "unauthenticated";
    /// Address and password do not belong together.
    InvalidCredentials = UNAUTHORIZED, "invalid-credentials";
    /// The code is not the one that was mailed.
    InvalidCode = UNAUTHORIZED, "invalid-code";
    /// The refresh token does not work (any more).
    InvalidRefreshToken = UNAUTHORIZED, "invalid-refresh-token";
    /// The password is right, and the address is not confirmed yet.
    EmailUnconfirmed = FORBIDDEN, "email-unconfirmed";
    /// The password is right, and an administrator has yet to decide.
    ApprovalPending = FORBIDDEN, "approval-pending";
    /// The password is right, and an administrator decided against it.
    AccountRejected = FORBIDDEN, "account-rejected";
    /// The password is right, and an administrator shut the account out.
    AccountBlocked = FORBIDDEN, "account-blocked";
    /// The link is followed on another device than the one that registered; a password has to say whose account it opens.
    PasswordRequired = FORBIDDEN, "password-required";
    /// The caller may see it, and may not do it.
    Forbidden = FORBIDDEN, "forbidden";
    /// There is no such thing, or it is not for the caller to know.
    NotFound = NOT_FOUND, "not-found";
    /// Others keep changing the same thing.
    Conflict = CONFLICT, "conflict";
    /// The address belongs to somebody else.
    AddressTaken = CONFLICT, "address-taken";
    /// Nobody else could manage staff.
    LastAdministrator = CONFLICT, "last-administrator";
    /// There is a role of that name.
    RoleExists = CONFLICT, "role-exists";
    /// Members of staff have the role.
    RoleInUse = CONFLICT, "role-in-use";
    /// The login that the code is for is over.
    ChallengeOver = GONE, "challenge-over";
    /// The link was used already, or another one was.
    LinkUsed = GONE, "link-used";
    /// The link is too old.
    LinkExpired = GONE, "link-expired";
    /// It was changed since the caller read it.
    StaleVersion = PRECONDITION_FAILED, "stale-version";
    /// The body is too large.
    TooLarge = PAYLOAD_TOO_LARGE, "too-large";
    /// The body is not said to be JSON.
    NotSaidToBeJson = UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type";
    /// Something in the request is not acceptable; `errors` says what.
    Invalid = UNPROCESSABLE_ENTITY, "invalid";
    /// There are as many roles as there can be.
    TooManyRoles = UNPROCESSABLE_ENTITY, "too-many-roles";
    /// The token was not made here.
    LinkInvalid = UNPROCESSABLE_ENTITY, "link-invalid";
    /// The `Idempotency-Key` was used with another request.
    IdempotencyKeyReused = UNPROCESSABLE_ENTITY, "idempotency-key-reused";
    /// The request does not say which version it changes.
    VersionRequired = PRECONDITION_REQUIRED, "version-required";
    /// Too many attempts; the next one is due later.
    TooManyRequests = TOO_MANY_REQUESTS, "too-many-requests";
    /// Something went wrong here.
    Internal = INTERNAL_SERVER_ERROR, "internal";
    /// The system is starting or overloaded; the same request may succeed in a moment.
    Unavailable = SERVICE_UNAVAILABLE, "unavailable";
    /// The keys are not there yet, or cannot be read: nobody can register or log in.
    NotReady = SERVICE_UNAVAILABLE, "not-ready";
}

/// The code of a field that is not of the expected form.
const MALFORMED: &str = "malformed";

/// Why a request is not answered as asked.
#[derive(Debug)]
pub struct Problem {
    kind: ProblemKind,
    fields: Vec<(String, Wrong)>,
    retry_after: Option<u64>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Wrong {
    /// Its value.
    Value(Invalid),
    /// Its form, as JSON.
    Form(json::Fault),
    /// It is not what `If-Match` can say.
    EntityTag,
}

/// A field that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub struct FieldProblem {
    /// Where it is in the request: a path such as `company.legalName`, or the name of a header or parameter.
    pub field: String,
    /// The stable code of what is wrong with it.
    pub code: &'static str,
    /// What is wrong with it, in the reader's language.
    pub message: String,
}

/// The body of an answer that reports a problem (`application/problem+json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Problem)]
#[serde(rename_all = "camelCase")]
pub struct ProblemBody {
    /// Names the kind of problem; the same as `code`, as a URI reference.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words, in the reader's language.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// The stable code of the kind.
    pub code: &'static str,
    /// What to do about it, in the reader's language.
    pub detail: String,
    /// The request, as it is called in the logs.
    pub request_id: String,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// Gathers what is wrong with the fields of a request, so that a client learns everything at once.
#[derive(Debug, Default)]
pub struct FieldProblems(Vec<(String, Invalid)>);

impl FieldProblems {
    /// The value, or none and a note of what is wrong with it.
    pub fn check<T>(&mut self, field: &str, value: Result<T, Invalid>) -> Option<T> {
        value.map_err(|invalid| self.0.push((field.to_owned(), invalid))).ok()
    }

    /// The same for a value that may be left out.
    pub fn check_optional<T>(&mut self, field: &str, value: Option<Result<T, Invalid>>) -> Option<T> {
        value.and_then(|value| self.check(field, value))
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problem to answer with.
    pub fn into_problem(self) -> Problem {
        let fields = self.0.into_iter().map(|(field, invalid)| (field, Wrong::Value(invalid))).collect();
        Problem { fields, ..Problem::new(ProblemKind::Invalid) }
    }
}

impl Problem {
    /// A problem that the client can do something about.
    pub fn new(kind: ProblemKind) -> Self {
        Self { kind, fields: Vec::new(), retry_after: None, cause: None }
    }

    /// One field that is not acceptable.
    pub fn field(field: &str, invalid: Invalid) -> Self {
        Self { fields: vec![(field.to_owned(), Wrong::Value(invalid))], ..Self::new(ProblemKind::Invalid) }
    }

    /// An `If-Match` that says nothing.
    pub(crate) fn malformed_if_match() -> Self {
        Self { fields: vec![("If-Match".to_owned(), Wrong::EntityTag)], ..Self::new(ProblemKind::InvalidHeader) }
    }

    /// A body that is not of the form that is asked for.
    pub(crate) fn unreadable(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::NotJson => Self::new(ProblemKind::NotJson),
            Unreadable::Value(path, fault) => {
                Self { fields: vec![(path, Wrong::Form(fault))], ..Self::new(ProblemKind::Invalid) }
            }
        }
    }

    /// Something went wrong here: logged, and never shown.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(ProblemKind::Internal) }
    }

    /// A part of the system does not answer: logged, and the client may try again.
    pub fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), retry_after: Some(5), ..Self::new(ProblemKind::Unavailable) }
    }

    /// The system cannot serve yet; it may in a moment.
    pub fn not_ready() -> Self {
        Self { retry_after: Some(5), ..Self::new(ProblemKind::NotReady) }
    }

    /// Too many attempts; another is accepted after so many seconds.
    pub fn too_many(retry_after: u64) -> Self {
        Self { retry_after: Some(retry_after), ..Self::new(ProblemKind::TooManyRequests) }
    }

    /// In how many seconds the same request may succeed, if that is known.
    pub fn retry_after(&self) -> Option<u64> {
        self.retry_after
    }

    /// The kind of problem.
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// Notes it in the log: as an error with all its causes if something went wrong here.
    pub fn log(&self) {
        match self.cause.as_deref() {
            Some(cause) => tracing::error!(problem = %self, error = %chain(cause), "failed"),
            None => tracing::info!(problem = %self, "refused"),
        }
    }

    /// The problem in the reader's language.
    pub fn body(&self, language: Language, request_id: &str) -> ProblemBody {
        let code = self.kind.code();
        ProblemBody {
            kind: format!("/problems/{code}"),
            title: sentence(language, code, &[]),
            status: self.kind.status().as_u16(),
            code,
            detail: sentence(language, &format!("{code}-detail"), &[]),
            request_id: request_id.to_owned(),
            errors: self.fields.iter().map(|(field, wrong)| wrong.told(field, language)).collect(),
        }
    }
}

impl<F: Fault> From<F> for Problem {
    fn from(fault: F) -> Self {
        match fault.remedy() {
            Remedy::ReadAgain => Self::new(ProblemKind::Conflict),
            Remedy::TryLater => Self::unavailable(fault),
            Remedy::None => Self::internal(fault),
        }
    }
}

impl MayConflict for Problem {
    fn is_conflict(&self) -> bool {
        self.kind == ProblemKind::Conflict
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.kind.code())
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

impl Wrong {
    fn told(&self, field: &str, language: Language) -> FieldProblem {
        let told = |code, key: &str, arguments: &[_]| {
            let message = sentence(language, key, arguments);
            FieldProblem { field: field.to_owned(), code, message }
        };
        match self {
            Self::Value(invalid @ Invalid::NotOneOf(words)) => {
                told(invalid.code(), "field-not-one-of", &[("words", words.join(", ").into())])
            }
            Self::Value(invalid) => told(invalid.code(), &format!("field-{}", invalid.code()), &arguments(invalid)),
            Self::EntityTag => told(MALFORMED, "field-not-an-etag", &[]),
            Self::Form(json::Fault::Missing) => told(Invalid::Required.code(), "field-required", &[]),
            Self::Form(json::Fault::Not(kind)) => told(MALFORMED, key_of(*kind), &[]),
            Self::Form(json::Fault::NotAsked) => told(MALFORMED, "field-not-asked", &[]),
            Self::Form(json::Fault::NotOneOf(words)) => {
                told(MALFORMED, "field-not-one-of", &[("words", words.join(", ").into())])
            }
            Self::Form(json::Fault::Other(reason)) => {
                told(MALFORMED, "field-malformed", &[("reason", reason.clone().into())])
            }
        }
    }
}

fn key_of(kind: Type) -> &'static str {
    match kind {
        Type::Text => "field-not-a-text",
        Type::Number => "field-not-a-number",
        Type::Boolean => "field-not-a-boolean",
        Type::Object => "field-not-an-object",
        Type::List => "field-not-a-list",
    }
}

fn arguments(invalid: &Invalid) -> Vec<(&'static str, FluentValue<'static>)> {
    match invalid {
        Invalid::TooShort(limit) | Invalid::TooLong(limit) | Invalid::TooMany(limit) => {
            vec![("limit", (*limit).into())]
        }
        Invalid::OutOfRange(least, most) => vec![("least", (*least).into()), ("most", (*most).into())],
        Invalid::NotTogether(other) => vec![("other", (*other).into())],
        Invalid::Malformed(reason) => vec![("reason", reason.clone().into())],
        _ => vec![],
    }
}

fn sentence(language: Language, key: &str, arguments: &[(&'static str, FluentValue<'static>)]) -> String {
    let language: LanguageIdentifier = match language {
        Language::En => langid!("en"),
        Language::De => langid!("de"),
        Language::Fr => langid!("fr"),
    };
    let arguments = arguments.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
    SENTENCES.lookup_with_args(&language, key, &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_told_in_every_language() {
        let fields = [
            Invalid::Required,
            Invalid::TooShort(8),
            Invalid::TooLong(9),
            Invalid::Invisible,
            Invalid::ControlCharacter,
            Invalid::EmailAddress,
            Invalid::PhoneNumber,
            Invalid::VatNumber,
            Invalid::RegistrationNumber,
            Invalid::WebAddress,
            Invalid::Color,
            Invalid::RoleName,
            Invalid::TooMany(9),
            Invalid::CommonPassword,
            Invalid::PersonalPassword,
            Invalid::PredictablePassword,
            Invalid::SimplePassword,
            Invalid::OnlyForCompanies,
            Invalid::OnlyForCustomers,
            Invalid::Unchanged,
            Invalid::WrongPassword,
            Invalid::NotTogether("password"),
            Invalid::Malformed("reason".into()),
            Invalid::Unknown,
            Invalid::NotOneOf(vec!["one".into(), "other".into()]),
            Invalid::OutOfRange(1, 100),
        ];
        let forms = [
            json::Fault::Missing,
            json::Fault::NotAsked,
            json::Fault::Not(Type::Text),
            json::Fault::Not(Type::Number),
            json::Fault::Not(Type::Boolean),
            json::Fault::Not(Type::Object),
            json::Fault::Not(Type::List),
            json::Fault::NotOneOf(&["one", "two"]),
            json::Fault::Other("reason".into()),
        ];
        let wrongs = || {
            fields
                .iter()
                .cloned()
                .map(Wrong::Value)
                .chain(forms.iter().cloned().map(Wrong::Form))
                .chain([Wrong::EntityTag])
        };
        for kind in ProblemKind::ALL {
            let told = Language::ALL.map(|language| {
                let mut problem = Problem::new(*kind);
                problem.fields = wrongs().map(|wrong| ("name".to_owned(), wrong)).collect();
                let body = problem.body(language, "request");
                let sentences =
                    [vec![body.title, body.detail], body.errors.into_iter().map(|error| error.message).collect()];
                for sentence in sentences.iter().flatten() {
                    assert!(!sentence.contains("Unknown localization") && !sentence.is_empty(), "{kind:?}: {sentence}");
                }
                sentences
            });
            assert!(told[0] != told[1] && told[1] != told[2], "{kind:?} is not translated");
        }
    }

    #[test]
    fn a_word_that_is_not_allowed_is_answered_with_those_that_are() {
        let fault = json::Fault::NotOneOf(&["person", "company"]);
        let problem = Problem::unreadable(Unreadable::Value("kind".into(), fault));
        let told = Language::ALL.map(|language| problem.body(language, "").errors.remove(0));
        assert!(
            told.iter().all(|told| told.code == "malformed" && told.message.ends_with("person, company")),
            "{told:?}"
        );
    }

    #[test]
    fn what_went_wrong_here_is_not_told() {
        let problem = Problem::internal(std::io::Error::other("the secret is 42"));
        let body = serde_json::to_string(&problem.body(Language::En, "request")).unwrap();
        assert!(!body.contains("42") && body.contains("\"requestId\":\"request\""));
    }
}
