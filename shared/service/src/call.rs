//! A request to an endpoint, once it is settled who calls.

use std::ops::Deref;
use std::sync::Arc;

use decision::{Actor, Context, Decision};
use domain_accounts::Attempt;
use runtime::{Problem, Request};
use tokio::sync::{Mutex, OnceCell};

use crate::Service;
use crate::access::{Access, Calling};
use crate::idempotency::Idempotency;
use crate::output::Output;

/// What an endpoint is given of a request whose caller may call. It is also the [`Service`].
pub struct Call<A: Access> {
    /// Who calls.
    pub caller: A::Caller,
    /// What the path names.
    pub target: A::Target,
    pub(crate) asked: Arc<Asked>,
}

/// What stays the same however often an answer is tried.
pub(crate) struct Asked {
    pub(crate) service: Arc<Service>,
    pub(crate) request: Request,
    pub(crate) idempotency: Idempotency,
    pub(crate) counted: Mutex<Vec<Attempt>>,
    pub(crate) taken_back: OnceCell<()>,
}

impl<A: Access> Call<A> {
    /// The service, for what goes on beside the call.
    pub fn service(&self) -> Arc<Service> {
        self.asked.service.clone()
    }

    /// The request itself: its id, source, device and language. What it asks for is in the endpoint's input.
    pub fn request(&self) -> &Request {
        &self.asked.request
    }

    /// The circumstances of a decision that the caller makes.
    pub fn context(&self) -> Context {
        self.context_of(self.caller.actor())
    }

    /// The circumstances of a decision that somebody makes who is not logged in and yet known: by a mailed link, a code or a refresh
    /// token.
    pub fn context_of(&self, actor: Actor) -> Context {
        self.asked.service.context(actor, self.asked.request.cause())
    }

    /// Counts attempts: each once for a request, however often its answer is tried. What was counted before goes with what follows: a
    /// source that is counted first belongs to the mail that is counted later.
    ///
    /// # Errors
    /// [`runtime::ProblemKind::TooManyRequests`] if one of them comes too soon.
    pub async fn count(&self, attempts: &[Attempt]) -> Result<(), Problem> {
        let mut counted = self.asked.counted.lock().await;
        self.asked.service.count_after(&counted, attempts).await?;
        counted.extend_from_slice(attempts);
        Ok(())
    }

    /// Takes counted attempts back, because they were right: once for a request, however often its answer is tried.
    pub async fn take_back(&self, attempts: &[Attempt]) {
        self.asked.taken_back.get_or_init(|| self.asked.service.take_back(attempts)).await;
    }

    /// Commits a decision, together with the answer if the request may be sent again.
    ///
    /// # Errors
    /// [`runtime::ProblemKind::Conflict`] if somebody else was faster: the endpoint is asked again.
    pub async fn commit<O: Output>(&self, decision: Decision, output: O) -> Result<O, Problem> {
        let Asked { service, request, idempotency, .. } = &*self.asked;
        service.commit_with_answer(decision, idempotency, &output.answer(request)?).await?;
        Ok(output)
    }
}

impl<A: Access> Deref for Call<A> {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.asked.service
    }
}
