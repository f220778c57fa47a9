//! `GET /v1/me`: who is logged in.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain_accounts::{Account, Holder, Permission};
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode, documented};
use serde::Serialize;
use service::{Caller, Need, Service};
use utoipa::ToSchema;
use values::{AccountId, EmailAddress, Language, Text};

pub(crate) const FUNCTION: Function = Function {
    handler: "me",
    routes: &[Route::get("/v1/me")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], me),
};

/// The account that is logged in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Me {
    #[schema(value_type = String, example = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    account_id: AccountId,
    /// The address it logs in with.
    #[schema(value_type = String, format = Email)]
    email: EmailAddress,
    /// The name to greet.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Text<200>>,
    /// The language to write in.
    #[schema(value_type = documented::Language)]
    language: Language,
    /// Whether the address is proven.
    email_confirmed: bool,
    /// Whose account it is.
    #[serde(flatten)]
    #[schema(value_type = DocumentedHolder)]
    holder: Holder,
    /// What the role of a member of staff includes now.
    #[schema(value_type = Vec<documented::Permission>, required = false)]
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    permissions: BTreeSet<Permission>,
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

/// Who is logged in
#[utoipa::path(
    get,
    path = "/v1/me",
    tag = "access",
    security(("accessToken" = [])),
    responses(
        (status = 200, description = "The account", body = Me, headers(("ETag" = String, description = "Its version"))),
        (status = "4XX", description = "Not logged in", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn me(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let Caller { account, permissions, .. } = service.caller(&request).await?;
    let version = account.version;
    Ok(Answer::json(StatusCode::OK, &Me::new(account, permissions)).with_version(version))
}

impl Me {
    pub(crate) fn new(account: Account, permissions: BTreeSet<Permission>) -> Self {
        let Account { id, email, name, language, holder, confirmed_at, .. } = account;
        Self { account_id: id, email, name, language, email_confirmed: confirmed_at.is_some(), holder, permissions }
    }
}
