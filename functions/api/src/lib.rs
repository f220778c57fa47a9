//! What the API says of itself: that it is there, and what it can do.

mod health;
mod openapi;

service::area! {
    endpoints: [health::Health, openapi::Openapi],
}
