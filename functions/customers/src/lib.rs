//! The customer record, as customers and staff read it.

mod get_customer;
mod get_history;

// Pages ask this inside their own process.
pub use get_customer::{CustomerView, GetCustomer};

service::area! {
    endpoints: [
        get_customer::GetCustomer,
        get_history::GetHistory,
    ],
}
