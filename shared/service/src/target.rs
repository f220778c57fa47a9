//! What a path names: `{id}` in `/v1/customers/{id}`, as the thing that it stands for.

use std::str::FromStr;

use runtime::{Problem, Request};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Type};
use values::{AccountId, CustomerId, DeviceId, EmployeeId, SessionId, UniqueId};

/// What the parameters of a path stand for together: nothing, one thing, or a thing of another.
pub trait Target: Clone + Send + Sync + 'static {
    /// Reads the parameters.
    ///
    /// # Errors
    /// [`runtime::ProblemKind::NotFound`] if they name nothing that can be there.
    fn read(request: &Request) -> Result<Self, Problem>;

    /// Describes them, in their order.
    fn parameters() -> Vec<Parameter>;
}

/// A parameter of a path.
pub trait PathParameter: FromStr + Clone + Send + Sync + 'static {
    /// Its name in the braces.
    const NAME: &'static str;
    /// What it stands for, for the OpenAPI document.
    const DESCRIPTION: &'static str;
    /// The regular expression that its texts match.
    fn pattern() -> String;
}

/// A target that is a customer or belongs to one.
pub trait NamesCustomer {
    /// The customer.
    fn customer(&self) -> CustomerId;
}

macro_rules! ids {
    ($($id:ident: $name:literal, $description:literal;)*) => {$(
        impl PathParameter for $id {
            const NAME: &'static str = $name;
            const DESCRIPTION: &'static str = $description;

            fn pattern() -> String {
                pattern_of::<Self>()
            }
        }
    )*};
}

ids! {
    AccountId: "id", "The account";
    CustomerId: "id", "The customer";
    DeviceId: "id", "The device";
    EmployeeId: "employeeId", "The employee";
    SessionId: "id", "The session";
}

impl Target for () {
    fn read(_: &Request) -> Result<Self, Problem> {
        Ok(())
    }

    fn parameters() -> Vec<Parameter> {
        Vec::new()
    }
}

impl<P: PathParameter> Target for P {
    fn read(request: &Request) -> Result<Self, Problem> {
        request.path(P::NAME)
    }

    fn parameters() -> Vec<Parameter> {
        let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some(P::pattern()));
        let parameter = ParameterBuilder::new()
            .name(P::NAME)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some(P::DESCRIPTION))
            .schema(Some(schema));
        vec![parameter.build()]
    }
}

impl<Whole: PathParameter, Part: PathParameter> Target for (Whole, Part) {
    fn read(request: &Request) -> Result<Self, Problem> {
        Ok((Whole::read(request)?, Part::read(request)?))
    }

    fn parameters() -> Vec<Parameter> {
        [Whole::parameters(), Part::parameters()].concat()
    }
}

impl NamesCustomer for CustomerId {
    fn customer(&self) -> CustomerId {
        *self
    }
}

impl<Part> NamesCustomer for (CustomerId, Part) {
    fn customer(&self) -> CustomerId {
        self.0
    }
}

/// The regular expression that the texts of an id match.
pub(crate) fn pattern_of<I: UniqueId>() -> String {
    format!("^{}_[0-9a-f]{{32}}$", I::PREFIX)
}
