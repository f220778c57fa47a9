//! The system from outside: a cloud for each test, requests over HTTP, mails read from the mailbox, the clock moved, faults
//! switched on. Each module is named after what a user of the system would call its subject.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod aws_faults;
mod browser;
mod budget;
mod customers;
mod devices;
mod employees;
mod enumeration;
mod events;
mod hashing;
mod limits;
mod openapi;
mod pages;
mod passwords;
mod pipeline;
mod policy;
mod readme;
mod registration;
mod registrations_page;
mod requests;
mod rights;
mod routes;
mod staff;
mod template;
mod world;
