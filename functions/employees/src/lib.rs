//! A company customer's own people: how they are invited and join, and what becomes of them.

mod change_employee_role;
mod employee;
mod invite_employee;
mod join_company;
mod list_employees;
mod remove_employee;

// Pages ask these inside their own process.
pub use change_employee_role::{ChangeEmployeeRole, ChangeEmployeeRoleRequest};
pub use invite_employee::{InviteEmployee, InviteEmployeeRequest};
pub use join_company::JoinCompany;
pub use list_employees::{EmployeeStanding, EmployeeView, ListEmployees, OwnerView};
pub use remove_employee::RemoveEmployee;

service::area! {
    endpoints: [
        ChangeEmployeeRole,
        InviteEmployee,
        JoinCompany,
        ListEmployees,
        RemoveEmployee,
    ],
}
