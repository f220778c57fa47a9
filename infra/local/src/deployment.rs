//! Puts a cloud together from a template: finds the functions, gives each its environment and its rights, and connects them with
//! what calls them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use runtime::{Environment, Function};

use crate::activity::Activity;
use crate::areas::Area;
use crate::bus::Bus;
use crate::calls::Calls;
use crate::clock::CloudClock;
use crate::deliveries::{Deliveries, Retrying};
use crate::endpoint::{DynamoDb, EventBridge, Quota, Rights, Services, Ses, Sqs, Tokens};
use crate::expiry::Expiry;
use crate::faults::Dice;
use crate::http_api::{HttpApi, Routes};
use crate::inner::Inner;
use crate::lambda::{Deployed, Lambda};
use crate::mailbox::Mailbox;
use crate::options::StartError;
use crate::queues::Queues;
use crate::schedules::Schedules;
use crate::state::State;
use crate::streams::{Streams, Surroundings};
use crate::template::{self, Addresses, REGION, Template, TemplateError};
use crate::trimming::Trimming;
use crate::upkeep::Upkeep;

/// What a cloud is put together from.
pub(crate) struct Deployment<'options> {
    pub(crate) template: Template,
    pub(crate) areas: &'options [Area],
    pub(crate) addresses: Addresses,
    pub(crate) state: State,
    pub(crate) database: dynoxide::Database,
    pub(crate) database_url: String,
    pub(crate) upkeep: Arc<Upkeep>,
    pub(crate) latency: Duration,
}

/// A cloud that was put together, and what serves its two addresses.
pub(crate) struct Parts {
    pub(crate) inner: Inner,
    pub(crate) services: Services,
    pub(crate) api: HttpApi,
}

impl Deployment<'_> {
    /// Puts the cloud together. Nothing runs yet.
    pub(crate) fn assemble(mut self) -> Result<Parts, StartError> {
        let inner = self.inner()?;
        let services = self.services(&inner);
        let routes = Routes::new(std::mem::take(&mut self.template.routes).into_iter());
        let api = HttpApi { routes, lambda: inner.lambda.clone(), clock: inner.clock.clone() };
        Ok(Parts { inner, services, api })
    }

    fn inner(&mut self) -> Result<Inner, StartError> {
        let (activity, dice) = (Activity::new(), Arc::new(Dice::new()));
        let clock = CloudClock::new(self.state.clock.clone());
        let lambda = Arc::new(Lambda::new(self.functions(&clock)?, activity.clone(), dice.clone()));
        let queues = Arc::new(Queues::new(self.template.queues.clone(), self.state.letters.clone()));
        let deliveries = Arc::new(Deliveries::new(
            self.state.promised.clone(),
            self.retrying(),
            lambda.clone(),
            queues.clone(),
            dice.clone(),
            activity.clone(),
        ));
        let rules = self.each(|function| &function.rules);
        let bus = Bus::new(rules.into_iter(), self.state.history.clone(), deliveries.clone(), clock.clone());
        let schedules = self.each(|function| &function.schedules);
        let schedules = Schedules::new(schedules, self.state.runs.clone(), clock.clone(), deliveries.clone());
        let views = self.template.tables.iter();
        let views = views.filter_map(|table| Some((table.name.clone(), table.stream_view()?.to_owned()))).collect();
        let surroundings = Surroundings {
            database: self.database.clone(),
            views: Arc::new(views),
            checkpoints: self.state.checkpoints.clone(),
            lambda: lambda.clone(),
            queues: queues.clone(),
            dice: dice.clone(),
            activity: activity.clone(),
        };
        let mappings = self.each(|function| &function.streams);
        let streams = Arc::new(Streams::new(mappings.into_iter(), &surroundings));
        Ok(Inner {
            url: self.addresses.api.clone(),
            activity,
            dice,
            lambda,
            bus: Arc::new(bus),
            queues: queues.clone(),
            mailbox: Arc::new(Mailbox::new(self.state.mails.clone())),
            schedules: Arc::new(schedules),
            expiry: Arc::new(self.expiry(&clock, &streams)),
            trimming: Arc::new(self.trimming(&queues, &streams)),
            clock,
            streams,
            deliveries,
            calls: Arc::new(Calls::new()),
            keeper: self.state.keeper(),
            _lock: self.state.lock.take(),
        })
    }

    fn expiry(&self, clock: &CloudClock, streams: &Arc<Streams>) -> Expiry {
        Expiry {
            database: self.database.clone(),
            upkeep: self.upkeep.clone(),
            tables: self.template.tables.clone(),
            clock: clock.clone(),
            streams: streams.clone(),
        }
    }

    fn trimming(&self, queues: &Arc<Queues>, streams: &Arc<Streams>) -> Trimming {
        Trimming {
            streams: streams.clone(),
            queues: queues.clone(),
            upkeep: self.upkeep.clone(),
            keeper: self.state.keeper(),
        }
    }

    fn services(&self, inner: &Inner) -> Services {
        let tables = self.template.tables.iter().map(|table| (table.name.clone(), table.clone()));
        Services {
            rights: self.rights(),
            dynamodb: DynamoDb {
                database: self.database.clone(),
                database_url: self.database_url.clone(),
                client: reqwest::Client::new(),
                upkeep: self.upkeep.clone(),
                tables: tables.collect(),
                tokens: Tokens::default(),
                latency: self.latency,
                streams: inner.streams.clone(),
                lambda: inner.lambda.clone(),
                dice: inner.dice.clone(),
                calls: inner.calls.clone(),
            },
            eventbridge: EventBridge {
                buses: self.template.buses.clone(),
                bus: inner.bus.clone(),
                dice: inner.dice.clone(),
            },
            ses: Ses {
                mailbox: inner.mailbox.clone(),
                bus: inner.bus.clone(),
                clock: inner.clock.clone(),
                dice: inner.dice.clone(),
                quota: Quota::default(),
                events: self.template.mail_events.clone(),
            },
            sqs: Sqs {
                queues: inner.queues.clone(),
                dice: inner.dice.clone(),
                address: self.addresses.services.clone(),
            },
            activity: inner.activity.clone(),
        }
    }

    fn functions(&self, clock: &CloudClock) -> Result<BTreeMap<String, Arc<Deployed>>, StartError> {
        let deployed = |(id, function): (&String, &template::Function)| {
            let environment = Environment::new(self.variables(id, function), clock.for_functions());
            let deployed = Deployed::new(self.linked(function)?, environment, function.timeout);
            Ok((id.clone(), Arc::new(deployed)))
        };
        self.template.functions.iter().map(deployed).collect()
    }

    fn linked(&self, function: &template::Function) -> Result<Function, TemplateError> {
        let area = self.areas.iter().find(|area| area.name == function.area);
        let linked = area.and_then(|area| area.functions.iter().find(|linked| linked.handler == function.handler));
        linked.copied().ok_or_else(|| function.not_linked())
    }

    /// What Lambda sets, what the template sets, and where the services are. The access key tells who calls.
    fn variables(&self, id: &str, function: &template::Function) -> BTreeMap<String, String> {
        let mut variables = function.variables.clone();
        let mut set = |name: &str, value: &str| variables.insert(name.to_owned(), value.to_owned());
        set("_HANDLER", &function.handler);
        set("AWS_LAMBDA_FUNCTION_NAME", &function.name);
        set("AWS_REGION", REGION);
        set("AWS_ACCESS_KEY_ID", id);
        set("AWS_SECRET_ACCESS_KEY", "local");
        for service in ["DYNAMODB", "DYNAMODB_STREAMS", "EVENTBRIDGE", "SESV2", "SQS"] {
            set(&format!("AWS_ENDPOINT_URL_{service}"), &self.addresses.services);
        }
        variables
    }

    fn rights(&self) -> BTreeMap<String, Rights> {
        let rights = |(id, function): (&String, &template::Function)| {
            let rights = Rights { statements: function.statements.clone(), boundary: function.boundary.clone() };
            (id.clone(), rights)
        };
        self.template.functions.iter().map(rights).collect()
    }

    fn retrying(&self) -> BTreeMap<String, Retrying> {
        let retrying = |(id, function): (&String, &template::Function)| {
            (id.clone(), Retrying { retries: function.retries, on_failure: function.on_failure.clone() })
        };
        self.template.functions.iter().map(retrying).collect()
    }

    /// What calls the functions, each with the function it calls.
    fn each<T: Clone>(&self, triggers: impl Fn(&template::Function) -> &Vec<T>) -> Vec<(String, T)> {
        let functions = self.template.functions.iter();
        functions.flat_map(|(id, function)| triggers(function).iter().map(|one| (id.clone(), one.clone()))).collect()
    }
}
