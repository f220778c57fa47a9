//! `GET /v1/settings/business`: how the business shows itself in mails and on pages.

use std::sync::Arc;

use domain::{Business, Permission};
use runtime::{
    Answer, BoxFuture, Environment, Error, Function, Handler, Problem, ProblemBody, Request, Route, StatusCode,
};
use serde::{Deserialize, Serialize};
use service::{Need, Service};
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function =
    Function { handler: "get_business_settings", routes: &[Route::get("/v1/settings/business")], build };

/// How the business shows itself.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct BusinessView {
    /// The name under which customers know it.
    #[schema(min_length = 1, max_length = 100)]
    pub(crate) name: String,
    /// Its postal address, line by line.
    #[serde(default)]
    #[schema(max_items = 6, value_type = Vec<AddressLine>)]
    pub(crate) address: Vec<String>,
    /// A picture with its logo, by its `https` address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, pattern = "^https://", example = "https://example.com/logo.png")]
    pub(crate) logo_url: Option<String>,
}

/// A line of a postal address.
#[derive(ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 100)]
#[expect(dead_code, reason = "describes the items of a list")]
struct AddressLine(String);

impl From<&Business> for BusinessView {
    fn from(business: &Business) -> Self {
        Self {
            name: business.name.as_str().to_owned(),
            address: business.address.iter().map(|line| line.as_str().to_owned()).collect(),
            logo_url: business.logo_url.as_ref().map(|address| address.as_str().to_owned()),
        }
    }
}

fn build(environment: Environment) -> BoxFuture<Result<Handler, Error>> {
    Box::pin(async move {
        let service = Service::start(&environment, &[Need::PublicKeys])?;
        let name = environment.require("BUSINESS_NAME")?.to_owned();
        Ok(runtime::endpoint(move |request| get_business_settings(service.clone(), name.clone(), request)))
    })
}

/// How the business shows itself
///
/// For staff who may change it.
#[utoipa::path(
    get,
    path = "/v1/settings/business",
    tag = "settings",
    security(("accessToken" = [])),
    responses(
        (status = 200, description = "What is shown", body = BusinessView, headers(("ETag" = String, description = "Its version"))),
        (status = "4XX", description = "Not logged in, or not allowed", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get_business_settings(
    service: Arc<Service>,
    name: String,
    request: Request,
) -> Result<Answer, Problem> {
    let (caller, settings) = tokio::join!(service.caller(&request), service.business(&name));
    caller?.must_be_permitted(Permission::ManageSettings)?;
    let settings = settings?;
    Ok(Answer::json(StatusCode::OK, &BusinessView::from(&settings.business)).with_version(settings.version))
}
