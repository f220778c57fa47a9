//! Requests that may be sent again: with an `Idempotency-Key`, a POST has its effect once and its answer as often as it is asked.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use decision::{Decision, Key};
use identity::{TokenKeys, hashed_name, open_answer, seal_answer};
use jiff::{SignedDuration, Timestamp};
use runtime::{Answer, Problem, ProblemKind, Request, StatusCode, header};
use serde::{Deserialize, Serialize};
use store::{CommitError, OnceRecord};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Type};
use values::Invalid;

use crate::Service;

const HEADER: &str = "Idempotency-Key";
const LONGEST_KEY: usize = 255;

/// What a header can carry that is read alike everywhere, white space around it apart.
const VISIBLE_ASCII: &str = r"^[!-~]([\t -~]*[!-~])?$";
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// The header as the OpenAPI document describes it, for every endpoint that takes it.
pub struct IdempotencyKey;

impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(LONGEST_KEY))
            .pattern(Some(VISIBLE_ASCII));
        let parameter = ParameterBuilder::new()
            .name(HEADER)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("Makes it safe to send the request again"))
            .schema(Some(schema));
        vec![parameter.build()]
    }
}

/// A request under its `Idempotency-Key`; without one, it is answered anew each time.
pub struct Once {
    identified: Option<Identified>,
}

struct Identified {
    name: String,
    request: Vec<u8>,
    keys: Arc<TokenKeys>,
}

/// An answer as it is sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    body: String,
}

impl Service {
    /// The request under its `Idempotency-Key`.
    ///
    /// # Errors
    /// A problem that names the header when the key is not acceptable.
    pub async fn once(&self, request: &Request) -> Result<Once, Problem> {
        if !request.has_header(HEADER) {
            return Ok(Once { identified: None });
        }
        let not_text = || Problem::field(HEADER, Invalid::Malformed("expected visible ASCII characters".to_owned()));
        let key = request.header(HEADER).ok_or_else(not_text)?;
        if key.is_empty() || key.len() > LONGEST_KEY {
            let invalid = if key.is_empty() { Invalid::Required } else { Invalid::TooLong(LONGEST_KEY) };
            return Err(Problem::field(HEADER, invalid));
        }
        let (route, caller) = (request.route(), request.bearer_token().unwrap_or_default());
        Ok(Once {
            identified: Some(Identified {
                name: hashed_name(&[&route, caller, key]),
                request: [key.as_bytes(), b"\0", request.body()].concat(),
                keys: self.token_keys().await?,
            }),
        })
    }

    /// Commits a decision together with the answer to the request.
    ///
    /// # Errors
    /// [`CommitError`]
    pub async fn commit_once(&self, decision: Decision, once: &Once, answer: &Answer) -> Result<(), CommitError> {
        let answered = once.identified.as_ref().map(|identified| identified.seal(answer, self.clock.now()));
        self.store.commit_once(decision, answered.as_ref()).await
    }
}

impl Once {
    /// Where the answer would be kept.
    pub fn key(&self) -> Option<Key<OnceRecord>> {
        self.identified.as_ref().map(|identified| OnceRecord::key_of(&identified.name))
    }

    /// The answer that was given before, if it was.
    ///
    /// # Errors
    /// [`ProblemKind::IdempotencyKeyReused`] when it was given to another request.
    pub fn replay(&self, record: Option<OnceRecord>) -> Result<Option<Answer>, Problem> {
        let (Some(identified), Some(record)) = (&self.identified, record) else { return Ok(None) };
        let sealed = BASE64_STANDARD_NO_PAD.decode(&record.sealed_answer).map_err(Problem::internal)?;
        let opened = open_answer(&sealed, &identified.request, &identified.keys)
            .map_err(|_| Problem::new(ProblemKind::IdempotencyKeyReused))?;
        let kept: Kept = serde_json::from_slice(&opened).map_err(Problem::internal)?;
        let status = StatusCode::from_u16(kept.status).map_err(Problem::internal)?;
        let replayed = header::HeaderName::from_static("idempotency-replayed");
        let mut answer = Answer::empty().with(replayed, header::HeaderValue::from_static("true"));
        if !kept.body.is_empty() {
            answer = answer.with(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
        }
        Ok(Some(Answer { status, body: kept.body, ..answer }))
    }
}

impl Identified {
    fn seal(&self, answer: &Answer, now: Timestamp) -> OnceRecord {
        let kept = Kept { status: answer.status.as_u16(), body: answer.body.clone() };
        let kept = serde_json::to_vec(&kept).expect("a status and a text are serialisable");
        let sealed = seal_answer(&kept, &self.request, &self.keys, now);
        let sealed_answer = BASE64_STANDARD_NO_PAD.encode(sealed);
        OnceRecord { hash: self.name.clone(), sealed_answer, kept_until: now + KEPT_FOR }
    }
}
