//! A company's own people.

mod employee;
pub mod events;
pub mod mails;

pub use employee::{
    Employee, EmployeeState, INVITATION_LIFETIME, InvitedAddress, JoinRefused, change_role, check, invite, join, remove,
};
