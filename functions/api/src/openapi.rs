//! `GET /v1/openapi.json`: the document that describes the API, generated from the code and compared with it by a test.

use runtime::{Answer, Function, Problem, Request, Route, StatusCode, header};

pub(crate) const FUNCTION: Function = Function {
    handler: "openapi",
    routes: &[Route::get("/v1/openapi.json")],
    build: |environment| Box::pin(async move { Ok(runtime::endpoint(&environment, openapi)?) }),
};

const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

/// This document
#[utoipa::path(
    get,
    path = "/v1/openapi.json",
    tag = "api",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json")),
)]
pub(crate) async fn openapi(_request: Request) -> Result<Answer, Problem> {
    let json = header::HeaderValue::from_static("application/json");
    let answer = Answer { status: StatusCode::OK, body: DOCUMENT.to_owned(), ..Answer::empty() };
    Ok(answer.with(header::CONTENT_TYPE, json))
}
