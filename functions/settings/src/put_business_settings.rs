//! `PUT /v1/settings/business`: shows the business in another way, from the next mail and page on.

use std::sync::Arc;

use domain::{Business, Invalid, Permission, Text, WebAddress, businesses};
use runtime::{
    Answer, BoxFuture, Environment, Error, FieldProblems, Function, Handler, Problem, ProblemBody, ProblemKind,
    Request, Route, StatusCode,
};
use service::{Need, Service};
use store::CommitError;

use crate::get_business_settings::BusinessView;

pub(crate) const FUNCTION: Function =
    Function { handler: "put_business_settings", routes: &[Route::put("/v1/settings/business")], build };

/// As many as stand well under a mail.
const MOST_LINES: usize = 6;

fn build(environment: Environment) -> BoxFuture<Result<Handler, Error>> {
    Box::pin(async move {
        let service = Service::start(&environment, &[Need::PublicKeys])?;
        let name = environment.require("BUSINESS_NAME")?.to_owned();
        Ok(runtime::endpoint(move |request| put_business_settings(service.clone(), name.clone(), request)))
    })
}

/// Change how the business shows itself
///
/// For staff who may.
#[utoipa::path(
    put,
    path = "/v1/settings/business",
    tag = "settings",
    security(("accessToken" = [])),
    params(("If-Match" = String, Header, description = "The `ETag` of what is changed")),
    request_body = BusinessView,
    responses(
        (status = 200, description = "What is shown", body = BusinessView, headers(("ETag" = String, description = "Its version"))),
        (status = "4XX", description = "Not logged in, not allowed, not acceptable, or changed by someone else", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn put_business_settings(
    service: Arc<Service>,
    name: String,
    request: Request,
) -> Result<Answer, Problem> {
    let (caller, settings) = tokio::join!(service.caller(&request), service.business(&name));
    let caller = caller?;
    caller.must_be_permitted(Permission::ManageSettings)?;
    let business = read(&request.json()?)?;
    let settings = settings?;
    if request.version()? != settings.version {
        return Err(Problem::new(ProblemKind::StaleVersion));
    }
    let context = service.context(caller.actor(), request.cause());
    let view = BusinessView::from(&business);
    let decision = businesses::change(&settings, business, &context);
    let version = settings.version + u64::from(!decision.saves.is_empty());
    service.store.commit(decision).await.map_err(|error| match error {
        CommitError::Refused(_) => Problem::new(ProblemKind::StaleVersion),
        CommitError::Store(error) => error.into(),
    })?;
    Ok(Answer::json(StatusCode::OK, &view).with_version(version))
}

fn read(view: &BusinessView) -> Result<Business, Problem> {
    let mut problems = FieldProblems::default();
    let name = problems.check("name", Text::parse(&view.name));
    let enough = if view.address.len() <= MOST_LINES { Ok(()) } else { Err(Invalid::TooMany(MOST_LINES)) };
    problems.check("address", enough);
    let lines = view.address.iter().take(MOST_LINES).enumerate();
    let address = lines.filter_map(|(at, line)| problems.check(&format!("address[{at}]"), Text::parse(line))).collect();
    let logo_url = problems.check_optional("logoUrl", view.logo_url.as_deref().map(WebAddress::parse));
    match name {
        Some(name) if problems.is_empty() => Ok(Business { name, address, logo_url }),
        _ => Err(problems.into_problem()),
    }
}
