//! A company customer's own people: how they are invited and join, and what becomes of them.

mod change_employee_role;
mod employee;
mod invite_employee;
mod join_company;
mod list_employees;
mod remove_employee;

// Pages ask these inside their own process.
pub use change_employee_role::change_employee_role;
pub use invite_employee::invite_employee;
pub use join_company::JoinCompany;
pub use list_employees::list_employees;
pub use remove_employee::remove_employee;

use service::openapi::Document;
use utoipa::OpenApi;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    change_employee_role::FUNCTION,
    invite_employee::FUNCTION,
    service::function::<JoinCompany>(),
    list_employees::FUNCTION,
    remove_employee::FUNCTION,
];

/// What this area adds to the OpenAPI document.
pub struct Api;

impl OpenApi for Api {
    fn openapi() -> utoipa::openapi::OpenApi {
        let mut document = Others::openapi();
        document.merge(Document::new("employees").with::<JoinCompany>().build());
        document
    }
}

/// The operations that are described by hand.
#[derive(OpenApi)]
#[openapi(paths(
    list_employees::list_employees,
    invite_employee::invite_employee,
    change_employee_role::change_employee_role,
    remove_employee::remove_employee,
))]
struct Others;
