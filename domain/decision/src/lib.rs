//! What every decision is made of.
//!
//! A decision is a pure function. It is given what was read, what was asked and the [`Context`] (time, actor, cause, and the seed of
//! new ids), and returns a [`Decision`]: a list of [`Write`]s and [`Event`]s that the store commits as one transaction. Nothing here
//! or in the areas above performs I/O, reads a clock or knows HTTP or AWS, so every rule can be tested with plain values.
//!
//! This crate knows no area. An area brings its records by implementing [`Record`], its events by [`EventKind`] and its mails by
//! [`Mail`], each beside the type itself.

mod allowance;
mod cause;
mod change;
mod context;
mod decision;
mod due;
mod event;
mod fault;
mod key;
mod link;
mod mail;
mod message;
mod record;
mod sortable;
mod write;

pub use allowance::Allowance;
pub use cause::{Actor, Cause};
pub use change::{Change, changes_between};
pub use context::Context;
pub use decision::Decision;
pub use due::{DUE_AT, DUE_FAILURES, DUE_SHARDS, Due};
pub use event::{Audience, Event, EventKind, EventType, Subject};
pub use fault::{Fault, MayConflict, Remedy};
pub use key::Key;
pub use link::{LinkTarget, Page};
pub use mail::{Fact, Facts, Mail, Secret};
pub use message::{Message, MessageState, Outcome};
pub use record::{Index, List, Listing, Record};
pub use sortable::sortable;
pub use write::{Attributes, Expectation, Guard, Patch, Place, Put, Write};

pub mod events {
    //! What happens to every message, whatever it says.
    pub use crate::message::events::{EVENTS, MessageFailed, MessageSent};
}

pub mod messages {
    //! What happens to a message after the change that asked for it: [`claim`], [`settle`], [`revive`], and what the mail service
    //! reports: [`note_sent`].
    pub use crate::message::{claim, note_sent, revive, settle};
}
