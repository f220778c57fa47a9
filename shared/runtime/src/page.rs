//! Lists, page by page: `?limit=` and `?cursor=` in, `nextCursor` and a `Link` out.

use lambda_http::http::{HeaderValue, header};
use values::Invalid;

use crate::{Answer, Problem, Request};

const SHORTEST: u32 = 1;

/// How many items a page has if nothing is said.
pub const USUAL_PAGE: u32 = 50;

/// How many items a page has at most.
pub const LARGEST_PAGE: u32 = 100;

impl Request {
    /// How many items a page is to have: 1 to 100, and 50 if nothing is said.
    ///
    /// # Errors
    /// A problem that names `limit`.
    pub fn limit(&self) -> Result<u32, Problem> {
        let out_of_range = Invalid::OutOfRange(SHORTEST, LARGEST_PAGE);
        let limit = self.query("limit", out_of_range.clone())?.unwrap_or(USUAL_PAGE);
        if (SHORTEST..=LARGEST_PAGE).contains(&limit) { Ok(limit) } else { Err(Problem::field("limit", out_of_range)) }
    }
}

impl Answer {
    /// The same with a link to the next page ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)), whose `query` is as it has to be
    /// in an address.
    ///
    /// # Errors
    /// [`ProblemKind::Internal`](crate::ProblemKind::Internal) when the query is not.
    pub fn with_next_page(self, request: &Request, query: &str) -> Result<Self, Problem> {
        let link = format!("<{}?{query}>; rel=\"next\"", request.uri_path());
        Ok(self.with(header::LINK, HeaderValue::from_str(&link).map_err(Problem::internal)?))
    }
}
