//! The local cloud: the whole system on one machine, made from the template and the functions that are deployed.
//!
//! It stands in for the parts of AWS that the template uses (API Gateway, Lambda, DynamoDB and its streams, EventBridge and its
//! schedules, SES, SQS), close enough that code, policies, event patterns and retries which work here work there. The functions
//! do not know where they run: what differs is where their clients are pointed at and whose clock they read. It trades
//! completeness for being here at once: no containers, no account, any number of clouds side by side in one process. What the
//! template asks for and this cloud cannot do is an error at the start, never a difference in silence.

mod activity;
mod areas;
mod bus;
mod calls;
mod clock;
mod cloud;
mod control;
mod database;
mod deliveries;
mod deployment;
mod endpoint;
mod expiry;
mod faults;
mod http_api;
mod inner;
mod journal;
mod kept;
mod lambda;
mod mailbox;
mod options;
mod pattern;
mod policy;
mod port;
mod queues;
mod rate;
mod readiness;
mod schedules;
mod state;
mod stream_view;
mod streams;
mod template;
mod trimming;
mod upkeep;

pub use activity::NotSettled;
pub use areas::{AREAS, Area};
pub use bus::CrossedEvent;
pub use calls::Call;
pub use clock::ClockError;
pub use cloud::{Footprint, LocalCloud};
pub use faults::Faults;
pub use inner::AdvanceError;
pub use lambda::InvokeError;
pub use mailbox::Mail;
pub use options::{Data, Options, StartError, TemplateSource};
pub use queues::{DeadLetter, LOST};
pub use schedules::ScheduleRun;
pub use template::TemplateError;
