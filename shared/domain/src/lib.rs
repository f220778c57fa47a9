//! What the business means: types and decisions.
//!
//! A decision is a pure function. It is given what was read, what was asked and the [`Context`] (time, actor, cause, and
//! the seed of new ids), and returns a [`Decision`] that the store commits as one transaction. Nothing here performs I/O,
//! reads a clock or knows HTTP or AWS, so every rule can be tested with plain values.

mod account;
mod address;
mod address_change;
mod automation;
mod business;
mod challenge;
mod context;
mod customer;
mod decision;
mod device;
mod employee;
mod event;
mod fault;
mod id;
mod invitation;
mod language;
mod limit;
mod login;
mod message;
mod password;
mod phone;
mod policy;
mod profile;
mod registration;
mod role;
mod session;
mod staff;
mod text;
mod upkeep;
mod visibility;

pub use account::{Account, AccountState, Credential, Holder, Notifications, PasswordHash, Standing};
pub use address::EmailAddress;
pub use address_change::{AddressChange, AddressRefused};
pub use automation::{Automation, Run, notify_administrator, welcome};
pub use business::{Business, BusinessSettings, WebAddress};
pub use challenge::{Challenge, ChallengeOver};
pub use context::{Actor, Cause, Context};
pub use customer::{AddressTrouble, Company, Customer, Kind, Profile, Stage};
pub use decision::{
    AddressLanguage, Condition, Decision, List, Listing, Proof, Record, Release, Removal, Requirement, Save,
};
pub use device::{Device, DeviceLabel, DeviceNaming, DeviceSighting};
pub use employee::{CompanyRole, Employee, EmployeeState, JoinRefused};
pub use event::{Change, Event, Happening, OpenedBy, SettingsName, Subject, changes_between};
pub use fault::{Fault, MayConflict, Remedy};
pub use id::{
    AccountId, AddressChangeId, ChallengeId, CustomerId, DeviceId, EmployeeId, EventId, InvitationId, MessageId,
    ParseIdError, PasswordResetId, RegistrationId, SessionId, UniqueId,
};
pub use invitation::{AcceptRefused, Invitation, InvitationState, InviteRefused, Joining};
pub use language::Language;
pub use limit::{Allowance, Attempt, day_of};
pub use login::{Admission, KeptOut, Presented};
pub use message::{ConfirmationEffect, LinkTarget, Mail, Message, MessageState, Outcome};
pub use password::{PasswordReset, ResetRefused};
pub use phone::PhoneNumber;
pub use policy::{AccountValidation, AdminApproval, NextStep, RegistrationPolicy, RegistrationSettings, Terms};
pub use profile::ProfileChange;
pub use registration::{ConfirmRefused, DecideRefused, Registration, RegistrationState, Unopened, Verdict};
pub use role::{Permission, Role, RoleName, Roles};
pub use session::{RefreshRefused, Session};
pub use staff::{Administrators, StaffRefused};
pub use text::{Invalid, Text};
pub use visibility::{as_seen_by, looks_after_employees, sees};

pub mod accounts {
    //! Whom staff shut out, and what staff are told of: [`block`], [`unblock`] and [`choose_notifications`].
    pub use crate::upkeep::{block, choose_notifications, unblock};
}

pub mod address_changes {
    //! Logging in with another address: [`ask`] and [`settle`].
    pub use crate::address_change::{LINK_LIFETIME, ask, settle};
}

pub mod businesses {
    //! How administrators say what is shown of the business: [`change`].
    pub use crate::business::change;
}

pub mod challenges {
    //! Codes asked of who logs in from an unknown device: [`pose`], [`attempt`] and [`pass`].
    pub use crate::challenge::{ATTEMPTS, LIFETIME, attempt, pass, pose};
}

pub mod devices {
    //! What becomes of a known device: [`name`] and [`forget`].
    pub use crate::device::{forget, name};
}

pub mod employees {
    //! A company's own people: [`invite`], [`join`], [`change_role`] and [`remove`].
    pub use crate::employee::{INVITATION_LIFETIME, change_role, invite, join, remove};
}

pub mod invitations {
    //! How staff come in: [`invite`] and [`accept`].
    pub use crate::invitation::{LIFETIME, accept, invite};
}

pub mod messages {
    //! What happens to a mail after the change that asked for it: [`claim`], [`settle`], [`revive`], and what the mail service
    //! reports: [`note_sent`] and [`note_trouble`].
    pub use crate::message::{claim, note_sent, note_trouble, revive, settle};
}

pub mod passwords {
    //! Forgotten and changed passwords: [`forgot`], [`reset`] and [`change`].
    pub use crate::password::{LINK_LIFETIME, change, forgot, reset};
}

pub mod policies {
    //! How administrators set the registration policy: [`change`].
    pub use crate::policy::change;
}

pub mod profiles {
    //! What people change about themselves: [`change`].
    pub use crate::profile::change;
}

pub mod registrations {
    //! How a customer comes in: [`receive`], [`resend`], [`confirm`], [`decide`] and [`expire`].
    pub use crate::registration::{
        LIFETIME, LINK_LIFETIME, Receipt, confirm, decide, expire, opens_the_unopened, receive, resend,
    };
}

pub mod sessions {
    //! How an account gets in and stays in: [`log_in`], [`start`], [`refresh`] and [`end`].
    pub use crate::login::log_in;
    pub use crate::session::{IDLE_LIFETIME, LIFETIME, Refreshed, end, refresh, start};
}

pub mod members {
    //! What becomes of members of staff: [`change_role`], [`deactivate`] and [`reactivate`].
    pub use crate::staff::{change_role, deactivate, reactivate};
}
