//! The customer record: who a person or company is to the business.

mod customer;
pub mod events;
mod trouble;

pub use customer::{AddressTrouble, Company, Customer, Kind, Profile, Stage};
pub use trouble::note_trouble;
