//! Endpoints as the OpenAPI document describes them. Nothing that is deployed calls this, so none of it is in the artifacts.

use runtime::Route;
use utoipa::openapi::path::{HttpMethod, Paths};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder};

use crate::Endpoint;
use crate::access::{Access, Calling};
use crate::input::Input;
use crate::operation::{About, Finished};
pub use crate::operation::{Named, Operation};
use crate::output::Output;
use crate::target::Target;

/// What an area adds to the OpenAPI document, endpoint by endpoint.
pub struct Document {
    tag: &'static str,
    endpoints: Vec<Finished>,
}

impl Document {
    /// Without any endpoint; all that follow bear this tag.
    pub fn new(tag: &'static str) -> Self {
        Self { tag, endpoints: Vec::new() }
    }

    /// The same with an endpoint.
    #[must_use]
    pub fn with<E: Endpoint>(mut self) -> Self {
        self.endpoints.push(described::<E>(self.tag));
        self
    }

    /// The document.
    pub fn build(self) -> OpenApi {
        let (mut paths, mut components) = (Paths::new(), ComponentsBuilder::new());
        for Finished { route, operation, schemas } in self.endpoints {
            paths.add_path_operation(route.path, vec![method(route)], operation);
            components = components.schemas_from_iter(schemas);
        }
        let info = InfoBuilder::new().title(self.tag).version(env!("CARGO_PKG_VERSION"));
        OpenApiBuilder::new().info(info).paths(paths).components(Some(components.build())).build()
    }
}

fn described<E: Endpoint>(tag: &str) -> Finished {
    let is_closed = <E::Access as Access>::Caller::IS_LOGGED_IN;
    let parameters = <E::Access as Access>::Target::parameters();
    let names_something = !parameters.is_empty();
    let mut operation = Operation::new(E::ROUTE, parameters);
    if is_closed {
        operation.refuses("not logged in");
    }
    if let Some(refusal) = E::Access::REFUSAL {
        operation.refuses(refusal);
    }
    if names_something {
        operation.refuses("not found");
    }
    E::Input::describe(&mut operation);
    E::Output::describe(&mut operation);
    let about = About { name: E::NAME, summary: E::SUMMARY, description: E::DESCRIPTION, is_closed };
    operation.finish(tag, about)
}

fn method(route: Route) -> HttpMethod {
    match route.method {
        "DELETE" => HttpMethod::Delete,
        "GET" => HttpMethod::Get,
        "PATCH" => HttpMethod::Patch,
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        other => panic!("an endpoint of the API is asked with one method, not {other}"),
    }
}
