//! Words that requests and answers consist of, as the OpenAPI document lists them. Fields name one of these types with
//! `#[schema(value_type = …)]`, because the domain's own types know nothing of OpenAPI.

use utoipa::ToSchema;

/// A language, by its [BCP 47](https://www.rfc-editor.org/info/bcp47) code.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
    /// French.
    Fr,
}

/// Person or company.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum CustomerKind {
    /// Someone on their own behalf.
    Person,
    /// An organisation.
    Company,
}

/// What an employee may do inside a company.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum CompanyRole {
    /// See the company's record, and look after its employees.
    Manager,
    /// See the company's record.
    Member,
}

/// Something that staff may do, or not.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum Permission {
    /// See customers and what happened with them.
    SeeCustomers,
    /// See registrations that wait, and decide about them.
    DecideRegistrations,
    /// Shut accounts out, and let them in again.
    BlockAccounts,
    /// Change policy and what is shown of the business.
    ManageSettings,
    /// Invite staff, give them roles, deactivate them, and say what roles include.
    ManageStaff,
}

/// How far the relationship has come.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Stage {
    /// Has shown interest.
    Lead,
    /// Is being won.
    Prospect,
    /// Has bought.
    Customer,
}

/// Whose registrations an administrator approves.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum AdminApproval {
    /// Nobody's.
    None,
    /// Everybody's.
    All,
    /// Those of companies.
    Companies,
}

/// What becomes of the mailed link that proves an address.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum AccountValidation {
    /// It is mailed, and the account works without it.
    Optional,
    /// Nobody gets in without it.
    Required,
    /// None is mailed.
    None,
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use utoipa::PartialSchema;

    use super::*;

    fn words<T: PartialSchema>() -> serde_json::Value {
        serde_json::to_value(T::schema()).unwrap()["enum"].take()
    }

    #[test]
    fn the_words_are_those_of_the_domain() {
        use domain_accounts::{CompanyRole as Role, Permission as May};
        use domain_customers::{Kind, Stage as Known};
        use domain_settings::{AccountValidation as Link, AdminApproval as Approval};
        assert_eq!(words::<Language>(), json!(values::Language::ALL));
        assert_eq!(words::<CustomerKind>(), json!([Kind::Person, Kind::Company]));
        assert_eq!(words::<CompanyRole>(), json!([Role::Manager, Role::Member]));
        assert_eq!(words::<Permission>(), json!(May::ALL));
        assert_eq!(words::<Stage>(), json!([Known::Lead, Known::Prospect, Known::Customer]));
        assert_eq!(words::<AdminApproval>(), json!([Approval::None, Approval::All, Approval::Companies]));
        assert_eq!(words::<AccountValidation>(), json!([Link::Optional, Link::Required, Link::None]));
    }
}
