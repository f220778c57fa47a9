//! What the business means: types and decisions.
//!
//! A decision is a pure function. It is given what was read, what was asked and the [`Context`] (time, actor, cause, and
//! the seed of new ids), and returns a [`Decision`] that the store commits as one transaction. Nothing here performs I/O,
//! reads a clock or knows HTTP or AWS, so every rule can be tested with plain values.

mod account;
mod address;
mod automation;
mod context;
mod customer;
mod decision;
mod device;
mod event;
mod id;
mod invitation;
mod language;
mod message;
mod phone;
mod registration;
mod session;
mod text;
mod visibility;

pub use account::{Account, AccountState, Credential, Holder, PasswordHash, Role};
pub use address::EmailAddress;
pub use automation::{Automation, Run, welcome};
pub use context::{Actor, Cause, Context};
pub use customer::{Company, Customer, Kind, Profile, Stage};
pub use decision::{Condition, Decision, Record, Removal, Requirement, Save};
pub use device::{Device, DeviceSighting};
pub use event::{Change, Event, Happening, Subject, changes_between};
pub use id::{
    AccountId, CustomerId, DeviceId, EventId, InvitationId, MessageId, ParseIdError, RegistrationId, SessionId,
    UniqueId,
};
pub use invitation::{AcceptRefused, Invitation, InvitationState, InviteRefused};
pub use language::Language;
pub use message::{LinkTarget, Mail, Message, MessageState, Outcome};
pub use phone::PhoneNumber;
pub use registration::{ConfirmRefused, Registration, RegistrationState};
pub use session::{RefreshRefused, Session};
pub use text::{Invalid, Text};
pub use visibility::sees;

pub mod invitations {
    //! How staff come in: [`invite`] and [`accept`].
    pub use crate::invitation::{LIFETIME, accept, invite};
}

pub mod messages {
    //! What happens to a mail after the change that asked for it: [`claim`], [`settle`] and [`revive`].
    pub use crate::message::{claim, note_sent, revive, settle};
}

pub mod registrations {
    //! How a customer comes in: [`receive`], [`resend`], [`confirm`] and [`expire`].
    pub use crate::registration::{LIFETIME, LINK_LIFETIME, Receipt, confirm, expire, receive, resend};
}

pub mod sessions {
    //! How an account stays logged in: [`start`], [`refresh`] and [`end`].
    pub use crate::session::{IDLE_LIFETIME, LIFETIME, Refreshed, end, refresh, start};
}
