//! Who may see and do what. Every way to a customer, and every endpoint for staff, asks here.

use crate::{CustomerId, Holder, Role};

/// Something that staff may do, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See registrations that wait, and decide about them.
    DecideRegistrations,
    /// Shut accounts out, and let them in again.
    BlockAccounts,
    /// Change policy and what is shown of the business.
    ManageSettings,
}

/// Whether an account of this holder may see the customer.
pub fn sees(holder: Holder, customer: CustomerId) -> bool {
    match holder {
        Holder::Customer { customer_id } => customer_id == customer,
        Holder::Staff { role: Role::Administrator } => true,
    }
}

/// Whether an account of this holder may do it.
pub fn may(holder: Holder, permission: Permission) -> bool {
    match (holder, permission) {
        (Holder::Customer { .. }, _) => false,
        (
            Holder::Staff { role: Role::Administrator },
            Permission::DecideRegistrations | Permission::BlockAccounts | Permission::ManageSettings,
        ) => true,
    }
}
