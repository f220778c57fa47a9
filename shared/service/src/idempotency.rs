//! Requests that may be sent again: with an `Idempotency-Key`, a POST has its effect once and its answer as often as it is asked.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use decision::{Decision, Key};
use identity::{TokenKeys, hashed_name, open_answer, seal_answer};
use jiff::{SignedDuration, Timestamp};
use runtime::{Answer, Problem, ProblemKind, Request, StatusCode, header};
use serde::{Deserialize, Serialize};
use store::{Answered, CommitError, IdempotencyRecord};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Type};
use values::Invalid;

use crate::Service;
use crate::caller::Identity;

const HEADER: &str = "Idempotency-Key";
const LONGEST_KEY: usize = 255;

/// What a header can carry that is read alike everywhere, white space around it apart.
const VISIBLE_ASCII: &str = r"^[!-~]([\t -~]*[!-~])?$";
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// The header `Idempotency-Key`: with it, the request may be sent again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdempotencyKey(Option<String>);

impl IdempotencyKey {
    /// The key of a request.
    ///
    /// # Errors
    /// A problem that names the header when the key is not acceptable.
    pub(crate) fn of(request: &Request) -> Result<Self, Problem> {
        if !request.has_header(HEADER) {
            return Ok(Self(None));
        }
        let not_text = || Problem::field(HEADER, Invalid::Malformed("expected visible ASCII characters".to_owned()));
        let key = request.header(HEADER).ok_or_else(not_text)?;
        match key.len() {
            0 => Err(Problem::field(HEADER, Invalid::Required)),
            1..=LONGEST_KEY => Ok(Self(Some(key.to_owned()))),
            _ => Err(Problem::field(HEADER, Invalid::TooLong(LONGEST_KEY))),
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        self.0.as_deref()
    }

    pub(crate) fn parameter() -> Parameter {
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(LONGEST_KEY))
            .pattern(Some(VISIBLE_ASCII));
        ParameterBuilder::new()
            .name(HEADER)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("Makes it safe to send the request again"))
            .schema(Some(schema))
            .build()
    }
}

/// A request under its `Idempotency-Key`; without one, it is answered anew each time.
pub(crate) struct Idempotency {
    identified: Option<Identified>,
}

struct Identified {
    name: String,
    request: Vec<u8>,
    keys: Arc<TokenKeys>,
    now: Timestamp,
}

/// An answer as it is sealed.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    body: String,
}

impl Service {
    /// The request under a key, which is the caller's own: it is kept apart by account and session, so it is the same after the
    /// access token was exchanged; and before anybody is logged in by source and device, so that strangers who choose the same
    /// key do not meet.
    pub(crate) async fn idempotency(
        &self,
        key: Option<&str>,
        identity: Option<Identity>,
        request: &Request,
    ) -> Result<Idempotency, Problem> {
        let Some(key) = key else { return Ok(Idempotency { identified: None }) };
        let (of, within) = match identity {
            Some(Identity { account, session }) => (account.to_string(), session.to_string()),
            None => (request.source(), request.header(header::USER_AGENT.as_str()).unwrap_or_default().to_owned()),
        };
        Ok(Idempotency {
            identified: Some(Identified {
                name: hashed_name(&[&request.route(), &of, &within, key]),
                request: [key.as_bytes(), b"\0", request.body()].concat(),
                keys: self.token_keys().await?,
                now: self.clock.now(),
            }),
        })
    }

    /// Commits a decision together with the answer to the request.
    ///
    /// # Errors
    /// [`CommitError`]
    pub(crate) async fn commit_with_answer(
        &self,
        decision: Decision,
        idempotency: &Idempotency,
        answer: &Answer,
    ) -> Result<(), CommitError> {
        self.store.commit_with_answer(decision, idempotency.seal(answer)).await
    }
}

impl Idempotency {
    /// Where the answer would be kept.
    pub(crate) fn key(&self) -> Option<Key<IdempotencyRecord>> {
        self.identified.as_ref().map(|identified| IdempotencyRecord::key_of(&identified.name))
    }

    /// An answer as it is kept; nothing for a request that is not sent again.
    pub(crate) fn seal(&self, answer: &Answer) -> Option<Answered> {
        self.identified.as_ref().map(|identified| identified.seal(answer))
    }

    /// The answer that was given before, if it was.
    ///
    /// # Errors
    /// [`ProblemKind::IdempotencyKeyReused`] when it was given to another request.
    pub(crate) fn replay(&self, record: Option<IdempotencyRecord>) -> Result<Option<Answer>, Problem> {
        let (Some(identified), Some(record)) = (&self.identified, record) else { return Ok(None) };
        if record.kept_until <= identified.now {
            return Ok(None);
        }
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
    fn seal(&self, answer: &Answer) -> Answered {
        let kept = Kept { status: answer.status.as_u16(), body: answer.body.clone() };
        let kept = serde_json::to_vec(&kept).expect("a status and a text are serialisable");
        let sealed = seal_answer(&kept, &self.request, &self.keys, self.now);
        let kept_until = self.now + KEPT_FOR;
        let sealed_answer = BASE64_STANDARD_NO_PAD.encode(sealed);
        Answered { record: IdempotencyRecord { hash: self.name.clone(), sealed_answer, kept_until }, now: self.now }
    }
}
