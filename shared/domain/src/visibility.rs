//! Who sees which customers. Every way to a customer asks here: get, history, and whatever comes after them.

use crate::{CustomerId, Holder, Role};

/// Whether an account of this holder may see the customer.
pub fn sees(holder: Holder, customer: CustomerId) -> bool {
    match holder {
        Holder::Customer { customer_id } => customer_id == customer,
        Holder::Staff { role: Role::Administrator } => true,
    }
}
