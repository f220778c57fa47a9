//! What an endpoint answers, in kinds that write and describe themselves: a status, a body, the headers that belong to it.

use std::fmt::Display;

use runtime::{Answer, Problem, Request, StatusCode, header};
use serde::Serialize;
use serde::ser::SerializeStruct;
use utoipa::ToSchema;
use utoipa::openapi::schema::SchemaType;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, Ref, RefOr, Type};

use crate::input::Cursor;
use crate::operation::{Named, Operation};

/// What an endpoint answers.
pub trait Output: Send + Sync + 'static {
    /// Writes it as the answer to a request.
    ///
    /// # Errors
    /// [`runtime::ProblemKind::Internal`] if it cannot be written.
    fn answer(&self, request: &Request) -> Result<Answer, Problem>;

    /// Describes it.
    fn describe(operation: &mut Operation);
}

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident = $status:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name<Body>(pub Body);

        impl<Body: Serialize + ToSchema + Send + Sync + 'static> Output for $name<Body> {
            fn answer(&self, _: &Request) -> Result<Answer, Problem> {
                Ok(Answer::json(StatusCode::$status, &self.0))
            }

            fn describe(operation: &mut Operation) {
                operation.answers(StatusCode::$status, Named::of::<Body>(), &[]);
            }
        }
    )*};
}

bodies! {
    /// 200 with a JSON body.
    Json = OK;
    /// 201 with a JSON body: something has begun to exist.
    Created = CREATED;
    /// 202 with a JSON body: what was asked for goes on after the answer.
    Accepted = ACCEPTED;
}

/// One of two kinds, where the status says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Either<Left, Right> {
    /// The first kind.
    Left(Left),
    /// The second kind.
    Right(Right),
}

impl<Left: Output, Right: Output> Output for Either<Left, Right> {
    fn answer(&self, request: &Request) -> Result<Answer, Problem> {
        match self {
            Self::Left(left) => left.answer(request),
            Self::Right(right) => right.answer(request),
        }
    }

    fn describe(operation: &mut Operation) {
        Left::describe(operation);
        Right::describe(operation);
    }
}

/// 204: done, with nothing to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoContent;

impl Output for NoContent {
    fn answer(&self, _: &Request) -> Result<Answer, Problem> {
        Ok(Answer::empty())
    }

    fn describe(operation: &mut Operation) {
        operation.answers_without_body(StatusCode::NO_CONTENT, "Done");
    }
}

/// 200 with a JSON body and its version as an `ETag`, for `If-Match`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<Body> {
    /// The version.
    pub version: u64,
    /// What there is in that version.
    pub body: Body,
}

impl<Body: Serialize + ToSchema + Send + Sync + 'static> Output for Versioned<Body> {
    fn answer(&self, _: &Request) -> Result<Answer, Problem> {
        Ok(Answer::json(StatusCode::OK, &self.body).with_version(self.version))
    }

    fn describe(operation: &mut Operation) {
        operation.answers(StatusCode::OK, Named::of::<Body>(), &[("ETag", "Its version")]);
    }
}

/// 200 with a JSON body that is the same for everybody, and may be kept and passed on for some minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cacheable<Body>(pub Body);

impl<Body: Serialize + ToSchema + Send + Sync + 'static> Output for Cacheable<Body> {
    fn answer(&self, _: &Request) -> Result<Answer, Problem> {
        let for_minutes = header::HeaderValue::from_static("public, max-age=300");
        Ok(Answer::json(StatusCode::OK, &self.0).with(header::CACHE_CONTROL, for_minutes))
    }

    fn describe(operation: &mut Operation) {
        operation.answers(StatusCode::OK, Named::of::<Body>(), &[]);
    }
}

/// 200 with a page of a list: `{"items": […], "nextCursor": …}`, and a link to the next page
/// ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)) if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<Item, Place> {
    /// The items in their order.
    pub items: Vec<Item>,
    /// The last place, if more may follow.
    pub next: Option<Place>,
}

impl<Item: Serialize, Place: Display> Serialize for Page<Item, Place> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_struct("Page", 2)?;
        page.serialize_field("items", &self.items)?;
        match &self.next {
            Some(place) => page.serialize_field("nextCursor", &place.to_string())?,
            None => page.skip_field("nextCursor")?,
        }
        page.end()
    }
}

impl<Item: Serialize + ToSchema + Send + Sync + 'static, Place: Cursor> Output for Page<Item, Place> {
    fn answer(&self, request: &Request) -> Result<Answer, Problem> {
        with_next_page(Answer::json(StatusCode::OK, self), request, self.next.as_ref())
    }

    fn describe(operation: &mut Operation) {
        let name = format!("{}Page", Item::name());
        let items = ArrayBuilder::new().items(RefOr::Ref(Ref::from_schema_name(Item::name())));
        let cursor = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .description(Some("Give it as `cursor` to read on; absent at the end."));
        let page = ObjectBuilder::new()
            .description(Some("A page of a list."))
            .property("items", items)
            .property("nextCursor", cursor)
            .required("items");
        let mut page = Named { name, schema: page.into(), parts: vec![(Item::name().into_owned(), Item::schema())] };
        Item::schemas(&mut page.parts);
        operation.answers(StatusCode::OK, page, &[("Link", "The next page (RFC 8288)")]);
    }
}

/// An answer with a link to the next page ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)) if there is one: for a body that is
/// more than a [`Page`].
///
/// # Errors
/// [`runtime::ProblemKind::Internal`] if the link cannot be written.
pub fn with_next_page(answer: Answer, request: &Request, next: Option<&impl Display>) -> Result<Answer, Problem> {
    let Some(next) = next else { return Ok(answer) };
    let others = request.raw_query().split('&').filter(|part| !part.is_empty() && !part.starts_with("cursor="));
    let query = others.map(ToOwned::to_owned).chain([format!("cursor={next}")]).collect::<Vec<_>>().join("&");
    answer.with_next_page(request, &query)
}
