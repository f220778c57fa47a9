//! One operation of the OpenAPI document, which the parts of its endpoint describe.

use runtime::{MERGE_PATCH, ProblemBody, Route, StatusCode};
use utoipa::ToSchema;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{OperationBuilder, Parameter};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::response::{Response, ResponseBuilder, Responses};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, ObjectBuilder, Ref, RefOr, Required, Type};

const JSON: &str = "application/json";

/// A schema under its name, with those that it refers to.
pub struct Named {
    /// Its name.
    pub name: String,
    /// The schema.
    pub schema: RefOr<Schema>,
    /// Those that it refers to, by name.
    pub parts: Vec<(String, RefOr<Schema>)>,
}

impl Named {
    /// The schema of a type.
    pub fn of<T: ToSchema>() -> Self {
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        Self { name: T::name().into_owned(), schema: T::schema(), parts }
    }

    /// What the type is, without the full stop of its documentation.
    fn description(&self) -> String {
        let description = match &self.schema {
            RefOr::T(Schema::Object(object)) => object.description.as_deref(),
            RefOr::T(Schema::AllOf(all)) => all.description.as_deref(),
            RefOr::T(Schema::OneOf(one)) => one.description.as_deref(),
            _ => None,
        };
        let first = description.unwrap_or(&self.name).lines().next().unwrap_or_default();
        first.trim_end_matches('.').to_owned()
    }
}

/// An operation while its parts describe themselves.
pub struct Operation {
    route: Route,
    parameters: Vec<Parameter>,
    body: Option<RequestBody>,
    answers: Vec<(StatusCode, Response)>,
    refusals: Vec<&'static str>,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Operation {
    /// An operation at a route whose path has these parameters.
    pub(crate) fn new(route: Route, parameters: Vec<Parameter>) -> Self {
        let (answers, refusals, schemas) = (Vec::new(), Vec::new(), Vec::new());
        Self { route, parameters, body: None, answers, refusals, schemas }
    }

    /// Takes a parameter, of the query or a header.
    pub fn takes(&mut self, parameter: Parameter) {
        self.parameters.push(parameter);
    }

    /// Takes a JSON body; a PATCH takes it as a merge patch.
    pub fn takes_body<T: ToSchema>(&mut self) {
        let content = self.content(Named::of::<T>());
        let body = RequestBodyBuilder::new().required(Some(Required::True)).content(JSON, content.clone());
        let is_patch = self.route.method == "PATCH";
        let body = if is_patch { body.content(MERGE_PATCH, content) } else { body };
        self.body = Some(body.build());
        self.refuses("not acceptable");
    }

    /// Answers with a JSON body and headers, given with what they say.
    pub fn answers(&mut self, status: StatusCode, body: Named, headers: &[(&str, &str)]) {
        let mut response = ResponseBuilder::new().description(body.description());
        for (name, description) in headers {
            let header = HeaderBuilder::new()
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
                .description(Some(*description));
            response = response.header(*name, header.build());
        }
        let response = response.content(JSON, self.content(body));
        self.answers.push((status, response.build()));
    }

    /// Answers without a body.
    pub fn answers_without_body(&mut self, status: StatusCode, description: &str) {
        self.answers.push((status, ResponseBuilder::new().description(description).build()));
    }

    /// Answers with JSON that no schema describes.
    pub fn answers_any_json(&mut self, status: StatusCode, description: &str) {
        let response = ResponseBuilder::new().description(description).content(JSON, ContentBuilder::new().build());
        self.answers.push((status, response.build()));
    }

    /// May fail with this status for a reason of its own, besides those that every operation has.
    pub fn fails(&mut self, status: StatusCode, reason: &str) {
        let response = self.problem(reason);
        self.answers.push((status, response));
    }

    /// May refuse for this reason, besides those that every operation has.
    pub fn refuses(&mut self, reason: &'static str) {
        if !self.refusals.contains(&reason) {
            self.refusals.push(reason);
        }
    }

    fn content(&mut self, body: Named) -> utoipa::openapi::Content {
        let reference = Ref::from_schema_name(&body.name);
        self.schemas.extend(body.parts);
        self.schemas.push((body.name, body.schema));
        ContentBuilder::new().schema(Some(RefOr::Ref(reference))).build()
    }

    fn problem(&mut self, description: impl Into<String>) -> Response {
        let content = self.content(Named::of::<ProblemBody>());
        ResponseBuilder::new().description(description).content("application/problem+json", content).build()
    }

    /// The operation as it is described, under the tag of its area.
    pub(crate) fn finish(mut self, tag: &str, endpoint: About) -> Finished {
        let refusals = listed(&self.refusals);
        let mut responses = Responses::new();
        for (status, response) in std::mem::take(&mut self.answers) {
            responses.responses.insert(status.as_u16().to_string(), response.into());
        }
        if let Some(first) = refusals.chars().next() {
            let refusals = format!("{}{}", first.to_uppercase(), &refusals[first.len_utf8()..]);
            responses.responses.insert("4XX".to_owned(), self.problem(refusals).into());
        }
        responses.responses.insert("5XX".to_owned(), self.problem("Try again").into());
        let operation = OperationBuilder::new()
            .operation_id(Some(endpoint.name))
            .tag(tag)
            .summary(Some(endpoint.summary))
            .description(Some(endpoint.description).filter(|description| !description.is_empty()))
            .parameters(Some(self.parameters).filter(|parameters| !parameters.is_empty()))
            .request_body(self.body)
            .responses(responses);
        let token = SecurityRequirement::new("accessToken", std::iter::empty::<&str>());
        let operation = if endpoint.is_closed { operation.security(token) } else { operation };
        Finished { route: self.route, operation: operation.build(), schemas: self.schemas }
    }
}

/// One, or several with "or" before the last.
fn listed(reasons: &[&str]) -> String {
    match reasons {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{}, or {last}", others.join(", ")),
    }
}

/// What is said of an endpoint.
pub(crate) struct About {
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) description: &'static str,
    pub(crate) is_closed: bool,
}

/// An operation that is described, with the schemas that it refers to.
pub(crate) struct Finished {
    pub(crate) route: Route,
    pub(crate) operation: utoipa::openapi::path::Operation,
    pub(crate) schemas: Vec<(String, RefOr<Schema>)>,
}
