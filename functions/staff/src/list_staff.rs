//! `GET /v1/staff`: everybody on the staff, in the order in which they were invited.

use domain_accounts::{Account, AccountState, Holder, RoleName, STAFF};
use jiff::Timestamp;
use runtime::{Problem, Route};
use serde::Serialize;
use service::permission::ManageStaff;
use service::{Call, Endpoint, Page, PageRequest, Service, Staff};
use store::{ListPage, ListPlace};
use utoipa::ToSchema;
use values::{AccountId, EmailAddress, Text};

pub(crate) struct ListStaff;

impl Endpoint for ListStaff {
    const NAME: &'static str = "list_staff";
    const ROUTE: Route = Route::get("/v1/staff");
    const SUMMARY: &'static str = "The staff";
    const DESCRIPTION: &'static str = "For staff who manage staff.";

    type Access = Staff<ManageStaff>;
    type Input = PageRequest<ListPlace>;
    type Found = ListPage<Account>;
    type Output = Page<StaffView, ListPlace>;

    async fn find(service: &Service, (): &(), page: &Self::Input) -> Result<ListPage<Account>, Problem> {
        Ok(service.store.list(&[STAFF], page.after.as_ref(), page.limit).await?)
    }

    async fn answer(_: Call<Self::Access>, _: &Self::Input, found: ListPage<Account>) -> Result<Self::Output, Problem> {
        Ok(Page { items: found.records.into_iter().filter_map(StaffView::new).collect(), next: found.next })
    }
}

/// A member of staff.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StaffView {
    #[schema(value_type = String, example = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: AccountId,
    /// Absent until the invitation is accepted.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Text<200>>,
    #[schema(value_type = String, format = Email)]
    email: EmailAddress,
    #[schema(value_type = String, example = "manager")]
    role: RoleName,
    state: StaffState,
    #[schema(value_type = String, format = DateTime)]
    invited_at: Timestamp,
}

/// Where a member of staff stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StaffState {
    /// The invitation has not been accepted.
    Invited,
    /// Can log in.
    Active,
    /// Is shut out.
    Deactivated,
}

impl StaffView {
    /// None for an account that is not a member of staff's.
    pub(crate) fn new(account: Account) -> Option<Self> {
        let Holder::Staff { role } = account.holder else { return None };
        let state = match (account.blocked_at, account.state) {
            (Some(_), _) => StaffState::Deactivated,
            (None, AccountState::Active) => StaffState::Active,
            (None, _) => StaffState::Invited,
        };
        let Account { id, name, email, created_at: invited_at, .. } = account;
        Some(Self { id, name, email, role, state, invited_at })
    }
}
