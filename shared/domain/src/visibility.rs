//! Who may see and do what. Every way to a customer, and every endpoint for staff, asks here.

use crate::{Account, CustomerId, Holder, Permission};

/// Whether an account may see the customer.
pub fn sees(account: &Account, customer: CustomerId) -> bool {
    match account.holder {
        Holder::Customer { customer_id } => customer_id == customer,
        Holder::Staff { .. } => may(account, Permission::SeeCustomers),
    }
}

/// Whether an account may do what only staff does.
pub fn may(account: &Account, permission: Permission) -> bool {
    matches!(account.holder, Holder::Staff { .. }) && account.permissions.contains(&permission)
}
