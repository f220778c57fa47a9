//! What administrators decide once for everybody: the registration policy, and how the business shows itself.
//!
//! Settings are read and written as a whole, under a version: whoever changes them says which version they saw (`If-Match`), and
//! each change is in their history with who made it and what it changed.

mod get_business_settings;
mod get_registration_settings;
mod get_settings_history;
mod put_business_settings;
mod put_registration_settings;

service::area! {
    endpoints: [
        get_business_settings::GetBusinessSettings,
        get_registration_settings::GetRegistrationSettings,
        get_settings_history::GetSettingsHistory,
        put_business_settings::PutBusinessSettings,
        put_registration_settings::PutRegistrationSettings,
    ],
}
