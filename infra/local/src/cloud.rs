//! A cloud that runs, and what a program can do with it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runtime::Environment;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::activity::NotSettled;
use crate::bus::CrossedEvent;
use crate::calls::Call;
use crate::database::Opened;
use crate::deployment::{Deployment, Parts};
use crate::endpoint::Services;
use crate::faults::Faults;
use crate::http_api::HttpApi;
use crate::inner::{AdvanceError, Inner};
use crate::lambda::InvokeError;
use crate::mailbox::Mail;
use crate::options::{Options, StartError, TemplateSource};
use crate::port::Port;
use crate::queues::DeadLetter;
use crate::schedules::ScheduleRun;
use crate::state::State;
use crate::template::{Addresses, Template};
use crate::{control, database, endpoint, http_api, readiness};

/// How long what is going on may take to end when the cloud is stopped.
const FAREWELL: Duration = Duration::from_secs(5);

/// A cloud on this machine. It is gone when it is dropped; [`LocalCloud::stop`] lets it end what it is doing.
pub struct LocalCloud {
    inner: Arc<Inner>,
    tasks: Vec<JoinHandle<()>>,
    servers: Vec<JoinHandle<()>>,
    closing: watch::Sender<bool>,
}

/// How much a cloud keeps besides the items of its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footprint {
    /// Mails in the mailbox.
    pub mails: usize,
    /// Events that crossed the buses.
    pub events: usize,
    /// Calls to DynamoDB.
    pub calls: usize,
    /// Records of all streams.
    pub stream_records: usize,
}

impl LocalCloud {
    /// Starts a cloud. When this returns, its schedules have run once, the system says that it is ready, and the API answers.
    ///
    /// # Errors
    /// A sentence for the person who started it.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let port = Port::take(options.port)?;
        let services = Port::take(0)?;
        let addresses = Addresses { services: services.url()?, api: port.url()? };
        let template = template(&options, &addresses)?;
        let state = State::open(&options.data, options.remembered)?;
        let Opened { database, upkeep } = database::open(&state, &template.tables)?;
        let (database_url, database_server) = database::serve(database.clone()).await?;
        let latency = options.latency;
        let deployment =
            Deployment { template, areas: &options.areas, addresses, state, database, database_url, upkeep, latency };
        let Parts { inner, services: answering, api } = deployment.assemble()?;
        let mut cloud = Self {
            inner: Arc::new(inner),
            tasks: Vec::new(),
            servers: vec![database_server],
            closing: watch::channel(false).0,
        };
        cloud.serve_services(services.open()?, answering);
        let api = Arc::new(api);
        cloud.make_ready(&options, &api).await?;
        cloud.serve_api(port.open()?, api);
        cloud.keep_running(options.faults);
        Ok(cloud)
    }

    fn serve_services(&mut self, listener: TcpListener, services: Services) {
        let router = endpoint::router(Arc::new(services));
        self.servers.push(tokio::spawn(serve(axum::serve(listener, router).into_future())));
    }

    fn serve_api(&mut self, listener: TcpListener, api: Arc<HttpApi>) {
        let router = control::router(Arc::clone(&self.inner)).merge(http_api::router(api));
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        let mut closing = self.closing.subscribe();
        let server = axum::serve(listener, router).with_graceful_shutdown(async move {
            let _ = closing.wait_for(|closing| *closing).await;
        });
        self.servers.push(tokio::spawn(serve(server.into_future())));
    }

    /// Takes up what was left undone, runs every schedule once, and sees to it that the system can serve.
    async fn make_ready(&mut self, options: &Options, api: &Arc<HttpApi>) -> Result<(), StartError> {
        let inner = &self.inner;
        if let Some(now) = options.now {
            inner.clock.set(now);
        }
        self.tasks.extend(inner.streams.run());
        inner.deliveries.resume();
        let first_runs = inner.schedules.after_moving(SignedDuration::ZERO).await;
        debug_assert_eq!(first_runs, Ok(()), "the clock is not moved");
        if options.prepared {
            inner.lambda.prepare_all().await.map_err(|(id, error)| StartError::Function { id, error })?;
        }
        readiness::check(api).await
    }

    fn keep_running(&mut self, faults: Faults) {
        let inner = &self.inner;
        inner.dice.set(faults);
        self.tasks.push(tokio::spawn(Arc::clone(&inner.schedules).keep_running()));
        self.tasks.push(tokio::spawn(Arc::clone(&inner.expiry).keep_running()));
        self.tasks.push(tokio::spawn(Arc::clone(&inner.trimming).keep_running()));
        self.tasks.push(tokio::spawn(inner.keeper.clone().run()));
    }

    /// Where the API answers, `http://127.0.0.1:3000`.
    pub fn url(&self) -> &str {
        &self.inner.url
    }

    /// Invokes a function by its logical id or its handler, as a person would by hand. Faults spare it.
    ///
    /// # Errors
    /// What the function failed at.
    pub async fn invoke(&self, function: &str, payload: &Value) -> Result<Value, InvokeError> {
        let lambda = &self.inner.lambda;
        let id = lambda.find(function).ok_or_else(|| InvokeError::Unknown(function.to_owned()))?;
        let answer = lambda.invoke_safely(id, payload.to_string()).await?;
        serde_json::from_str(answer.get()).map_err(|error| InvokeError::Failed(error.to_string()))
    }

    /// What a function is given at start, by its logical id or its handler: all it takes to run it as a process of its own.
    pub fn environment(&self, function: &str) -> Option<&Environment> {
        let lambda = &self.inner.lambda;
        lambda.environment(lambda.find(function)?)
    }

    /// Waits until nothing is going on any more: no invocation, no delivery or retry that waits, no record of a stream unread.
    ///
    /// # Errors
    /// When it does not happen, and nothing begins or ends for a minute and a half.
    pub async fn settle(&self) -> Result<(), NotSettled> {
        self.inner.activity.settle().await
    }

    /// Moves the clock, runs every schedule once, and waits until everything that follows has settled.
    ///
    /// # Errors
    /// When the clock refuses, or the cloud does not settle.
    pub async fn advance(&self, by: SignedDuration) -> Result<Timestamp, AdvanceError> {
        self.inner.advance(by).await
    }

    /// The time by the clock of this cloud.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Every mail that was sent, the newest first.
    pub fn mailbox(&self) -> Vec<Mail> {
        self.inner.mailbox.all()
    }

    /// What is in the queues, the oldest first.
    pub fn dead_letters(&self) -> Vec<DeadLetter> {
        self.inner.queues.all()
    }

    /// What the functions asked of DynamoDB since the start, or since [`LocalCloud::clear_calls`].
    pub fn calls(&self) -> Vec<Call> {
        self.inner.calls.all()
    }

    /// Forgets the calls so far.
    pub fn clear_calls(&self) {
        self.inner.calls.clear();
    }

    /// Puts faults in force, in place of those that were.
    pub fn set_faults(&self, faults: Faults) {
        self.inner.dice.set(faults);
    }

    /// The last events that crossed the buses, the newest first.
    pub fn bus_history(&self) -> Vec<CrossedEvent> {
        self.inner.bus.history()
    }

    /// The last runs of the schedules, the newest first.
    pub fn schedule_runs(&self) -> Vec<ScheduleRun> {
        self.inner.schedules.runs()
    }

    /// How much is kept besides the items of the tables.
    pub fn footprint(&self) -> Footprint {
        let inner = &self.inner;
        Footprint {
            mails: inner.mailbox.all().len(),
            events: inner.bus.history().len(),
            calls: inner.calls.all().len(),
            stream_records: inner.trimming.upkeep.stream_records().unwrap_or(usize::MAX),
        }
    }

    /// Ends the cloud: takes no more requests, lets what is going on come to an end, and writes what is kept.
    pub async fn stop(mut self) {
        let _ = self.closing.send(true);
        let _ = tokio::time::timeout(FAREWELL, self.inner.activity.settle()).await;
        for task in self.tasks.drain(..).chain(self.servers.drain(..)) {
            task.abort();
            let _ = task.await;
        }
        self.inner.keeper.flush();
    }
}

impl Drop for LocalCloud {
    fn drop(&mut self) {
        self.tasks.iter().chain(&self.servers).for_each(JoinHandle::abort);
    }
}

fn template(options: &Options, addresses: &Addresses) -> Result<Template, StartError> {
    let (text, name, folder) = match &options.template {
        TemplateSource::Text(text) => (text.clone(), "template.yaml".into(), None),
        TemplateSource::File(path) => {
            let unreadable = |error| StartError::Unreadable { path: path.clone(), error };
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            (std::fs::read_to_string(path).map_err(unreadable)?, name, path.parent())
        }
    };
    Ok(Template::read(&text, &name, folder, &options.parameters(&addresses.api), addresses)?)
}

async fn serve(server: impl Future<Output = io::Result<()>>) {
    if let Err(error) = server.await {
        tracing::error!(%error, "a server ended");
    }
}
