//! Who may see which customer. Every way to a customer asks here.

use std::collections::BTreeSet;

use values::CustomerId;

use crate::{Account, CompanyRole, Holder, Permission};

/// Whether an account may see the customer. `permissions` are what its role includes.
pub fn sees(account: &Account, permissions: &BTreeSet<Permission>, customer: CustomerId) -> bool {
    match account.holder {
        Holder::Customer { customer_id } | Holder::Employee { customer_id, .. } => customer_id == customer,
        Holder::Staff { .. } => permissions.contains(&Permission::SeeCustomers),
    }
}

/// Whether an account may say who else sees the company: it is the one that registered it, or a manager's there.
pub fn looks_after_employees(account: &Account, company: CustomerId) -> bool {
    match account.holder {
        Holder::Customer { customer_id } => customer_id == company,
        Holder::Employee { customer_id, role, .. } => customer_id == company && role == CompanyRole::Manager,
        Holder::Staff { .. } => false,
    }
}
