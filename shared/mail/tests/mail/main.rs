//! Mails as readers get them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod html;
mod locales;
mod post;
mod secrets;
mod text;
