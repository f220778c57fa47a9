//! What is done about records that have come due: one implementation of [`DueRecord`] and one line in [`JOBS`] for each kind.

use std::sync::Arc;

use decision::{Actor, Cause, Context, Message, Record, messages};
use domain_accounts::Credential;
use domain_registration::Registration;
use runtime::BoxFuture;
use service::Service;
use store::{CommitError, DueItem, retry_on_conflict};

/// A kind of record that comes due.
pub(crate) trait DueRecord: Record + Send + Sync + 'static {
    /// Why the record was stored. What is done about it is one link further from the first cause.
    fn cause(&self) -> &Cause;

    /// Does what has come due, on the record as it is read now; nothing if it is not due any more.
    fn handle(self, service: &Service, context: &Context) -> impl Future<Output = Result<(), CommitError>> + Send;
}

impl DueRecord for Registration {
    fn cause(&self) -> &Cause {
        &self.cause
    }

    async fn handle(self, service: &Service, context: &Context) -> Result<(), CommitError> {
        let credential = service.store.get(Credential::key_of(&self.email)).await?;
        service.store.commit(domain_registration::expire(&self, credential.as_ref(), context)).await
    }
}

impl DueRecord for Message {
    fn cause(&self) -> &Cause {
        &self.cause
    }

    async fn handle(self, service: &Service, context: &Context) -> Result<(), CommitError> {
        service.store.commit(messages::revive(&self, context)).await
    }
}

/// Handles a due record, on behalf of the sweep with that request id.
type Handle = fn(Arc<Service>, DueItem, String) -> BoxFuture<Result<(), CommitError>>;

/// What is done about a kind of record.
#[derive(Clone, Copy)]
pub(crate) struct Job {
    pub(crate) kind: &'static str,
    pub(crate) run: Handle,
}

/// All kinds of records that come due.
pub(crate) const JOBS: &[Job] = &[Job::of::<Registration>(), Job::of::<Message>()];

impl Job {
    const fn of<R: DueRecord>() -> Self {
        Self { kind: R::KIND, run: |service, item, request_id| Box::pin(run::<R>(service, item, request_id)) }
    }
}

async fn run<R: DueRecord>(service: Arc<Service>, item: DueItem, request_id: String) -> Result<(), CommitError> {
    retry_on_conflict(async || {
        let Some(record) = service.store.get(item.key::<R>()).await? else { return Ok(()) };
        let context = service.context(Actor::System, record.cause().later(&request_id));
        record.handle(&service, &context).await
    })
    .await
}
