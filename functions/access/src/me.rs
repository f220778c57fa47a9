//! `GET /v1/me`: who is logged in.

use std::collections::BTreeSet;

use domain_accounts::{Account, Holder, Permission};
use runtime::{Problem, Route, documented};
use serde::Serialize;
use service::{Call, Caller, Endpoint, LoggedIn, LookupOf, Service, Versioned};
use utoipa::ToSchema;
use values::{AccountId, EmailAddress, Language, Text};

/// Who is logged in.
pub struct Me;

impl Endpoint for Me {
    const NAME: &'static str = "me";
    const ROUTE: Route = Route::get("/v1/me");
    const SUMMARY: &'static str = "Who is logged in";
    const DESCRIPTION: &'static str = "";

    type Access = LoggedIn;
    type Input = ();
    type Found = ();
    type Output = Versioned<MeView>;

    async fn find(_: &Service, _: &LookupOf<Self>, (): &()) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(call: Call<LoggedIn>, (): &(), (): ()) -> Result<Self::Output, Problem> {
        let Caller { account, permissions, .. } = call.caller;
        Ok(Versioned { version: account.version, body: MeView::new(account, permissions) })
    }
}

/// The account that is logged in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Me)]
pub struct MeView {
    #[schema(value_type = String, example = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    account_id: AccountId,
    /// The address it logs in with.
    #[schema(value_type = String, format = Email)]
    pub email: EmailAddress,
    /// The name to greet.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<200>>,
    /// The language to write in.
    #[schema(value_type = documented::Language)]
    pub language: Language,
    /// Whether the address is proven.
    pub email_confirmed: bool,
    /// Whose account it is.
    #[serde(flatten)]
    #[schema(value_type = DocumentedHolder)]
    pub holder: Holder,
    /// What the role of a member of staff includes now.
    #[schema(value_type = Vec<documented::Permission>, required = false)]
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub permissions: BTreeSet<Permission>,
}

/// Whose account it is.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[schema(as = Holder)]
#[expect(dead_code, reason = "describes the domain's type, which knows nothing of OpenAPI")]
enum DocumentedHolder {
    /// A customer's.
    Customer {
        #[serde(rename = "customerId")]
        #[schema(example = "cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
        customer_id: String,
    },
    /// An employee's of a company customer.
    Employee {
        #[serde(rename = "customerId")]
        #[schema(example = "cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
        customer_id: String,
        #[serde(rename = "employeeId")]
        #[schema(example = "emp_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
        employee_id: String,
        /// What they may do there.
        #[schema(value_type = documented::CompanyRole)]
        role: String,
    },
    /// A member of staff's.
    Staff {
        /// What they may do.
        #[schema(example = "administrator")]
        role: String,
    },
}

impl MeView {
    /// What the holder of an account reads of it. `permissions` are what their role includes.
    pub fn new(account: Account, permissions: BTreeSet<Permission>) -> Self {
        let Account { id, email, name, language, holder, confirmed_at, .. } = account;
        Self { account_id: id, email, name, language, email_confirmed: confirmed_at.is_some(), holder, permissions }
    }
}
