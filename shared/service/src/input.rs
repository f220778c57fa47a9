//! What a request says besides its path, in parts that read and describe themselves: a [`Body`], a [`PageRequest`], [`IfMatch`],
//! an [`IdempotencyKey`]. An endpoint takes one, several as a tuple, or `()`. Each part is checked here, once for all endpoints; what
//! one endpoint alone asks for, such as a filter, implements [`Input`] beside it.

use std::fmt::Display;
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use runtime::{IfMatch, LARGEST_PAGE, Problem, Request, USUAL_PAGE};
use serde::de::DeserializeOwned;
use store::ListPlace;
use utoipa::ToSchema;
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::{KnownFormat, ObjectBuilder, Required, SchemaFormat, Type};
use values::{EmployeeId, EventId, Invalid};

use crate::idempotency::IdempotencyKey;
use crate::operation::Operation;
use crate::target::pattern_of;

/// What a request says.
pub trait Input: Sized + Send + Sync + 'static {
    /// Whether an [`IdempotencyKey`] is part of it.
    const MAY_BE_SENT_AGAIN: bool = false;

    /// Reads it.
    ///
    /// # Errors
    /// A problem that names what is not acceptable.
    fn read(request: &Request) -> Result<Self, Problem>;

    /// Describes it.
    fn describe(operation: &mut Operation);

    /// The `Idempotency-Key`, if it is given.
    fn idempotency_key(&self) -> Option<&str> {
        None
    }
}

impl Input for () {
    fn read(_: &Request) -> Result<Self, Problem> {
        Ok(())
    }

    fn describe(_: &mut Operation) {}
}

macro_rules! tuples {
    ($(($($part:ident . $index:tt),+);)*) => {$(
        impl<$($part: Input),+> Input for ($($part,)+) {
            const MAY_BE_SENT_AGAIN: bool = $($part::MAY_BE_SENT_AGAIN)||+;

            fn read(request: &Request) -> Result<Self, Problem> {
                Ok(($($part::read(request)?,)+))
            }

            fn describe(operation: &mut Operation) {
                $($part::describe(operation);)+
            }

            fn idempotency_key(&self) -> Option<&str> {
                [$(self.$index.idempotency_key()),+].into_iter().flatten().next()
            }
        }
    )*};
}

tuples! {
    (A.0, B.1);
    (A.0, B.1, C.2);
}

/// A JSON body of the form `Form`, checked and read as a `Value`. In a PATCH it is a JSON Merge Patch
/// ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)): what is not named stays ([`Option`]), and null removes
/// ([`runtime::Patch`]).
#[derive(Debug)]
pub struct Body<Form, Value = Form> {
    value: Value,
    form: PhantomData<fn() -> Form>,
}

/// The form of a body, which becomes a value that the domain accepts.
pub trait ReadAs<Value> {
    /// Checks everything that needs nothing but the form itself.
    ///
    /// # Errors
    /// A problem that names every field that is not acceptable.
    fn read(self) -> Result<Value, Problem>;
}

impl<Form> ReadAs<Self> for Form {
    fn read(self) -> Result<Self, Problem> {
        Ok(self)
    }
}

impl<Form: ReadAs<Value>, Value> Body<Form, Value> {
    /// The same from inside the process.
    ///
    /// # Errors
    /// As a request with such a body.
    pub fn new(form: Form) -> Result<Self, Problem> {
        Ok(Self { value: <Form as ReadAs<Value>>::read(form)?, form: PhantomData })
    }
}

impl<Form, Value> Deref for Body<Form, Value> {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.value
    }
}

impl<Form, Value> Input for Body<Form, Value>
where
    Form: DeserializeOwned + ReadAs<Value> + ToSchema + 'static,
    Value: Send + Sync + 'static,
{
    fn read(request: &Request) -> Result<Self, Problem> {
        Self::new(request.json::<Form>()?)
    }

    fn describe(operation: &mut Operation) {
        operation.takes_body::<Form>();
    }
}

impl Input for IfMatch {
    fn read(request: &Request) -> Result<Self, Problem> {
        request.if_match()
    }

    fn describe(operation: &mut Operation) {
        let header =
            parameter("If-Match", ParameterIn::Header, "The `ETag` of what is changed, or `*` for any", Required::True);
        let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some(Self::PATTERN));
        operation.takes(header.schema(Some(schema)).build());
        operation.refuses("changed in the meantime");
    }
}

/// Which page of a list is asked for, whose places have the texts of `Place`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest<Place> {
    /// How many items it has at most.
    pub limit: u32,
    /// The last place of the page before; none for the first page.
    pub after: Option<Place>,
}

impl<Place> PageRequest<Place> {
    /// The page that follows a place, of the usual length; the first page if there is none.
    pub fn after(after: Option<Place>) -> Self {
        Self { limit: USUAL_PAGE, after }
    }
}

/// A place in a list, as clients carry it from page to page.
pub trait Cursor: FromStr + Display + Clone + Send + Sync + 'static {
    /// The regular expression that its texts match, if there is one.
    fn pattern() -> Option<String>;
}

macro_rules! ids {
    ($($id:ident),* $(,)?) => {$(
        impl Cursor for $id {
            fn pattern() -> Option<String> {
                Some(pattern_of::<Self>())
            }
        }
    )*};
}

ids!(EmployeeId, EventId);

impl Cursor for ListPlace {
    fn pattern() -> Option<String> {
        None
    }
}

impl<Place: Cursor> Input for PageRequest<Place> {
    fn read(request: &Request) -> Result<Self, Problem> {
        Ok(Self { after: request.query("cursor", Invalid::Unknown)?, limit: request.limit()? })
    }

    fn describe(operation: &mut Operation) {
        let schema = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
            .minimum(Some(1))
            .maximum(Some(LARGEST_PAGE));
        let limit = parameter("limit", ParameterIn::Query, "How many items, 50 if not given", Required::False);
        operation.takes(limit.schema(Some(schema)).build());
        let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Place::pattern());
        let cursor = parameter("cursor", ParameterIn::Query, "`nextCursor` of the page before", Required::False);
        operation.takes(cursor.schema(Some(schema)).build());
        operation.refuses("not acceptable");
    }
}

impl Input for IdempotencyKey {
    const MAY_BE_SENT_AGAIN: bool = true;

    fn read(request: &Request) -> Result<Self, Problem> {
        Self::of(request)
    }

    fn describe(operation: &mut Operation) {
        operation.takes(Self::parameter());
    }

    fn idempotency_key(&self) -> Option<&str> {
        self.as_str()
    }
}

fn parameter(name: &str, place: ParameterIn, description: &str, required: Required) -> ParameterBuilder {
    ParameterBuilder::new().name(name).parameter_in(place).required(required).description(Some(description))
}
