//! Endpoints as typed values. A type says its route, who may call, what it is asked and what it answers; the Lambda function, the route
//! in the template and the operation in the OpenAPI document follow from it. docs/adding-an-endpoint.md shows how to write one.
//!
//! A request is taken in this order, so that nobody learns anything who may not call:
//!
//! 1. The access token is verified, without a round trip. Without a good one it is 401, whatever the path, query or body.
//! 2. Path and input are read; what is wrong with them is kept for later.
//! 3. Session, account, roles and an earlier answer to the same request are read in one `BatchGetItem`, and beside it what the endpoint
//!    [finds](Endpoint::find).
//! 4. It is settled whether the caller may call, then whether the request is acceptable, then whether it was answered before.
//! 5. The endpoint [answers](Endpoint::answer). If somebody else was faster with a change, all is read and decided again from 3 on.
//!
//! What it trades: what an endpoint finds is read for callers who are then refused.

use std::future::Future;
use std::sync::Arc;

use runtime::{Answer, BoxFuture, Environment, Error, Function, Handler, Problem, ProblemKind, Request, Route};
use store::retry_on_conflict;
use tokio::sync::{Mutex, OnceCell};

use crate::access::{Access, Calling};
use crate::call::{Asked, Call};
use crate::caller::Identity;
use crate::input::Input;
use crate::output::Output;
use crate::target::Target;
use crate::{Need, Service};

/// What the path of an endpoint names.
pub type TargetOf<E> = <<E as Endpoint>::Access as Access>::Target;

/// What an endpoint finds things by: what its path names, and for [`LoggedIn`](crate::LoggedIn) the account of whoever calls.
pub type LookupOf<E> = <<E as Endpoint>::Access as Access>::Lookup;

type CallerOf<E> = <<E as Endpoint>::Access as Access>::Caller;

/// An endpoint of the API.
pub trait Endpoint: Send + Sync + 'static {
    /// Its name: the `Handler` in the template, the `operationId`, and the module it stands in.
    const NAME: &'static str;
    /// Its method and path.
    const ROUTE: Route;
    /// What it is, in a few words.
    const SUMMARY: &'static str;
    /// For whom it is, and what else there is to know; may be empty.
    const DESCRIPTION: &'static str;
    /// Keys that it needs besides those that verify callers and seal answers.
    const NEEDS: &'static [Need] = &[];

    /// Who may call, and what the path names.
    type Access: Access;
    /// What is asked besides.
    type Input: Input;
    /// What is read beside the caller.
    type Found: Send;
    /// What is answered.
    type Output: Output;

    /// Reads what the answer needs and what the path, the input and the caller's account id are enough to find. It runs beside the reading
    /// of the caller, so it takes no round trip of its own, and what it finds is given to nobody who may not call. Attempts that are
    /// counted here are refused before an earlier answer is given again, which might confirm a guess.
    fn find(
        service: &Service,
        lookup: &LookupOf<Self>,
        input: &Self::Input,
    ) -> impl Future<Output = Result<Self::Found, Problem>> + Send;

    /// Answers. On a [`Conflict`](runtime::ProblemKind::Conflict) it is called again with what is found then.
    fn answer(
        call: Call<Self::Access>,
        input: &Self::Input,
        found: Self::Found,
    ) -> impl Future<Output = Result<Self::Output, Problem>> + Send;
}

/// The Lambda function of an endpoint.
pub const fn function<E: Endpoint>() -> Function {
    Function { handler: E::NAME, routes: Routes::<E>::ALL, build: build::<E> }
}

struct Routes<E>(std::marker::PhantomData<E>);

impl<E: Endpoint> Routes<E> {
    const ALL: &'static [Route] = &[E::ROUTE];
}

fn build<E: Endpoint>(environment: Environment) -> BoxFuture<Result<Handler, Error>> {
    Box::pin(async move {
        let service = Service::start(&environment, &needs::<E>())?;
        Ok(runtime::endpoint(&environment, move |request| respond::<E>(service.clone(), request))?)
    })
}

fn needs<E: Endpoint>() -> Vec<Need> {
    let verifies = CallerOf::<E>::IS_LOGGED_IN.then_some(Need::PublicKeys);
    let seals = E::Input::MAY_BE_SENT_AGAIN.then_some(Need::TokenKeys);
    verifies.into_iter().chain(seals).chain(E::NEEDS.iter().copied()).collect()
}

/// Asks an endpoint from inside the process, with what a request would say as values. `request` is one that was
/// [derived](Request::inside): it says who is logged in, from where, and in which language.
///
/// # Errors
/// As the endpoint.
pub async fn ask<E: Endpoint>(
    service: Arc<Service>,
    request: Request,
    target: TargetOf<E>,
    input: E::Input,
) -> Result<E::Output, Problem> {
    let identity = identify::<E>(&service, &request).await?;
    match answer::<E>(service, request, identity, target, input).await? {
        Answered::Now(output, _) => Ok(output),
        Answered::Before(_) => Err(Problem::internal("a request from inside is not sent again")),
    }
}

async fn respond<E: Endpoint>(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let identity = identify::<E>(&service, &request).await?;
    match (TargetOf::<E>::read(&request), E::Input::read(&request)) {
        (Ok(target), Ok(input)) => match answer::<E>(service, request, identity, target, input).await? {
            Answered::Now(output, asked) => output.answer(&asked.request),
            Answered::Before(answer) => Ok(answer),
        },
        (target, input) => {
            let (caller, _) = service.read_caller(identity, None).await?;
            E::Access::admit(&CallerOf::<E>::of(caller)?, target.as_ref().ok())?;
            let problems = [target.err(), input.err()];
            Err(problems.into_iter().flatten().next().expect("one of them is why there is no answer"))
        }
    }
}

async fn identify<E: Endpoint>(service: &Service, request: &Request) -> Result<Option<Identity>, Problem> {
    if CallerOf::<E>::IS_LOGGED_IN { service.identify(request).await.map(Some) } else { Ok(None) }
}

enum Answered<O> {
    /// By the endpoint.
    Now(O, Arc<Asked>),
    /// To the same request under its `Idempotency-Key`.
    Before(Answer),
}

async fn answer<E: Endpoint>(
    service: Arc<Service>,
    request: Request,
    identity: Option<Identity>,
    target: TargetOf<E>,
    input: E::Input,
) -> Result<Answered<E::Output>, Problem> {
    let idempotency = service.idempotency(input.idempotency_key(), identity, &request).await?;
    let lookup = E::Access::lookup(identity.map(|identity| identity.account), &target)?;
    let asked =
        Arc::new(Asked { service, request, idempotency, counted: Mutex::default(), taken_back: OnceCell::new() });
    retry_on_conflict(async || {
        let Asked { service, idempotency, .. } = &*asked;
        let (read, found) =
            tokio::join!(service.read_caller(identity, idempotency.key()), E::find(service, &lookup, &input));
        let (caller, answered) = read?;
        let caller = CallerOf::<E>::of(caller)?;
        E::Access::admit(&caller, Some(&target))?;
        let found = match found {
            Err(problem) if problem.kind() == ProblemKind::TooManyRequests => return Err(problem),
            found => found,
        };
        if let Some(answer) = idempotency.replay(answered)? {
            return Ok(Answered::Before(answer));
        }
        let call = Call { caller, target: target.clone(), asked: asked.clone() };
        Ok(Answered::Now(E::answer(call, &input, found?).await?, asked.clone()))
    })
    .await
}
