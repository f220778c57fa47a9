//! `GET /v1/openapi.json`: the document that describes the API, generated from the code and compared with it by a test.

use runtime::{Answer, Problem, Request, Route, StatusCode, header};
use service::openapi::Operation;
use service::{Anyone, Call, Endpoint, Output, Service};

const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

pub(crate) struct Openapi;

impl Endpoint for Openapi {
    const NAME: &'static str = "openapi";
    const ROUTE: Route = Route::get("/v1/openapi.json");
    const SUMMARY: &'static str = "This document";
    const DESCRIPTION: &'static str = "";

    type Access = Anyone;
    type Input = ();
    type Found = ();
    type Output = Document;

    async fn find(_: &Service, (): &(), (): &()) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(_: Call<Anyone>, (): &(), (): ()) -> Result<Document, Problem> {
        Ok(Document)
    }
}

/// The document as it was generated.
pub(crate) struct Document;

impl Output for Document {
    fn answer(&self, _: &Request) -> Result<Answer, Problem> {
        let json = header::HeaderValue::from_static("application/json");
        let answer = Answer { status: StatusCode::OK, body: DOCUMENT.to_owned(), ..Answer::empty() };
        Ok(answer.with(header::CONTENT_TYPE, json))
    }

    fn describe(operation: &mut Operation) {
        operation.answers_any_json(StatusCode::OK, "OpenAPI 3.1");
    }
}
