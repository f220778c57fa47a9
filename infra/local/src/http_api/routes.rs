//! Which function answers which request.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::template::Route;

/// The routes of an API.
pub(crate) struct Routes(Vec<Compiled>);

/// A route that a request matched.
pub(crate) struct Matched<'routes> {
    /// The function that answers.
    pub(crate) function: &'routes str,
    /// The route as API Gateway names it, `GET /v1/customers/{id}`.
    pub(crate) key: String,
    /// What the parameters of the path are.
    pub(crate) parameters: BTreeMap<String, String>,
}

struct Compiled {
    function: String,
    route: Route,
    segments: Vec<Segment>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Literal(String),
    Parameter(String),
    Rest(String),
}

impl Routes {
    /// Routes are given with the function that each of them calls.
    pub(crate) fn new(routes: impl Iterator<Item = (String, Route)>) -> Self {
        let compiled = |(function, route): (String, Route)| {
            let segments = segments(&route.path).map(segment).collect();
            Compiled { function, route, segments }
        };
        let mut routes: Vec<Compiled> = routes.map(compiled).collect();
        routes.sort_by_key(Compiled::precedence);
        Self(routes)
    }

    /// The most specific route that matches.
    pub(crate) fn find(&self, method: &str, path: &str) -> Option<Matched<'_>> {
        let path: Vec<&str> = segments(path).collect();
        self.0.iter().filter(|route| route.route.method == method || route.route.method == "ANY").find_map(|route| {
            let parameters = route.parameters(&path)?;
            let key = format!("{} {}", route.route.method, route.route.path);
            Some(Matched { function: &route.function, key, parameters })
        })
    }
}

impl Compiled {
    /// Literals before parameters before the rest, segment by segment; then a method before any method.
    fn precedence(&self) -> (Vec<u8>, bool) {
        let rank = |segment: &Segment| match segment {
            Segment::Literal(_) => 0,
            Segment::Parameter(_) => 1,
            Segment::Rest(_) => 2,
        };
        (self.segments.iter().map(rank).collect(), self.route.method == "ANY")
    }

    fn parameters(&self, path: &[&str]) -> Option<BTreeMap<String, String>> {
        let mut parameters = BTreeMap::new();
        let mut rest = path;
        for segment in &self.segments {
            match segment {
                Segment::Rest(name) if !rest.is_empty() => {
                    parameters.insert(name.clone(), decoded(&rest.join("/")));
                    return Some(parameters);
                }
                Segment::Literal(literal) if rest.first() == Some(&literal.as_str()) => {}
                Segment::Parameter(name) if rest.first().is_some_and(|segment| !segment.is_empty()) => {
                    parameters.insert(name.clone(), decoded(rest[0]));
                }
                _ => return None,
            }
            rest = &rest[1..];
        }
        rest.is_empty().then_some(parameters)
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_start_matches('/').split('/')
}

fn segment(text: &str) -> Segment {
    match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        Some(name) => match name.strip_suffix('+') {
            Some(name) => Segment::Rest(name.to_owned()),
            None => Segment::Parameter(name.to_owned()),
        },
        None => Segment::Literal(text.to_owned()),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(paths: &[(&str, &str)]) -> Routes {
        let route = |(method, path): &(&str, &str)| {
            (format!("{method} {path}"), Route { method: (*method).to_owned(), path: (*path).to_owned() })
        };
        Routes::new(paths.iter().map(route).collect::<Vec<_>>().into_iter())
    }

    #[test]
    fn the_most_specific_route_answers() {
        let routes = routes(&[
            ("ANY", "/{proxy+}"),
            ("GET", "/v1/customers/{id}"),
            ("GET", "/v1/customers/export"),
            ("POST", "/v1/customers/{id}"),
        ]);
        let function = |method, path| routes.find(method, path).unwrap().function.to_owned();
        assert_eq!(function("GET", "/v1/customers/export"), "GET /v1/customers/export");
        assert_eq!(function("GET", "/v1/customers/cus_1"), "GET /v1/customers/{id}");
        assert_eq!(function("POST", "/v1/customers/cus_1"), "POST /v1/customers/{id}");
        assert_eq!(function("DELETE", "/anything/else"), "ANY /{proxy+}");
    }

    #[test]
    fn parameters_are_decoded_and_never_empty() {
        let routes = routes(&[("GET", "/v1/customers/{id}"), ("GET", "/files/{path+}")]);
        assert_eq!(routes.find("GET", "/v1/customers/a%20b").unwrap().parameters["id"], "a b");
        assert_eq!(routes.find("GET", "/files/a/b").unwrap().parameters["path"], "a/b");
        assert!(routes.find("GET", "/v1/customers/").is_none());
        assert!(routes.find("GET", "/v1/customers").is_none());
        assert!(routes.find("GET", "/v1/customers/a/b").is_none());
        assert!(routes.find("POST", "/v1/customers/a").is_none());
    }
}
