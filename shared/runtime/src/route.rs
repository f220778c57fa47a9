//! What the API of HTTP calls a function for.

/// A route of the HTTP API. Paths are written as in its OpenAPI document: `/v1/customers/{id}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route {
    /// In capitals; `ANY` for all methods.
    pub method: &'static str,
    /// With the names of its parameters in braces.
    pub path: &'static str,
}

impl Route {
    /// `DELETE`
    pub const fn delete(path: &'static str) -> Self {
        Self { method: "DELETE", path }
    }

    /// `GET`
    pub const fn get(path: &'static str) -> Self {
        Self { method: "GET", path }
    }

    /// `PATCH`
    pub const fn patch(path: &'static str) -> Self {
        Self { method: "PATCH", path }
    }

    /// `POST`
    pub const fn post(path: &'static str) -> Self {
        Self { method: "POST", path }
    }

    /// `PUT`
    pub const fn put(path: &'static str) -> Self {
        Self { method: "PUT", path }
    }

    /// All methods, for pages: they are looked at and sent to.
    pub const fn any(path: &'static str) -> Self {
        Self { method: "ANY", path }
    }
}
