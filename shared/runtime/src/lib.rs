//! What all functions have in common: how Lambda runs them, how HTTP requests come in and answers go out, what a problem looks
//! like to a client, and what is logged.

mod device_label;
pub mod documented;
mod function;
mod http;
mod if_match;
mod inside;
mod json;
mod language;
mod log;
mod page;
mod patch;
mod problem;
mod route;
mod source;
mod stream;

pub use function::{BoxFuture, Clock, Environment, Error, Function, Handler, MissingVariable, handler, run};
pub use http::{Answer, MERGE_PATCH, Request, endpoint};
pub use if_match::IfMatch;
pub use lambda_http::http::{Method, StatusCode, header};
pub use lambda_runtime::LambdaEvent;
pub use page::{LARGEST_PAGE, USUAL_PAGE};
pub use patch::Patch;
pub use problem::{FieldProblem, FieldProblems, Problem, ProblemBody, ProblemKind};
pub use route::Route;
pub use source::{MalformedHash, TrustedProxies};
pub use stream::not_handled;

/// Random bytes, for whoever makes a [`decision::Context`].
pub fn seed<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut seed = [0; LENGTH];
    getrandom::fill(&mut seed).expect("the operating system has randomness");
    seed
}
