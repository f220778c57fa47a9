//! What all functions have in common: how Lambda runs them, how HTTP requests come in and answers go out, what a problem looks
//! like to a client, and what is logged.

mod device_label;
pub mod documented;
mod function;
mod http;
mod inside;
mod language;
mod log;
mod page;
mod problem;
mod route;
mod stream;

pub use function::{BoxFuture, Clock, Environment, Error, Function, Handler, MissingVariable, handler, run};
pub use http::{Answer, Request, endpoint};
pub use lambda_http::http::{Method, StatusCode, header};
pub use lambda_runtime::LambdaEvent;
pub use problem::{FieldProblem, FieldProblems, Problem, ProblemBody, ProblemKind};
pub use route::Route;
pub use stream::not_handled;

/// Random bytes, for whoever makes a [`domain::Context`].
pub fn seed<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut seed = [0; LENGTH];
    getrandom::fill(&mut seed).expect("the operating system has randomness");
    seed
}
