//! `GET /v1/me/notifications`: what a member of staff is told of by mail.

use domain_accounts::Notifications;
use runtime::{Problem, Route};
use serde::{Deserialize, Serialize};
use service::{AnyStaff, Call, Endpoint, Json, ReadAs, Service};
use utoipa::ToSchema;

pub(crate) struct GetNotifications;

impl Endpoint for GetNotifications {
    const NAME: &'static str = "get_notifications";
    const ROUTE: Route = Route::get("/v1/me/notifications");
    const SUMMARY: &'static str = "What one is told of by mail";
    const DESCRIPTION: &'static str = "For staff.";

    type Access = AnyStaff;
    type Input = ();
    type Found = ();
    type Output = Json<NotificationsView>;

    async fn find(_: &Service, (): &(), (): &()) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(call: Call<AnyStaff>, (): &(), (): ()) -> Result<Self::Output, Problem> {
        Ok(Json(call.caller.account.notifications.into()))
    }
}

/// What a member of staff is told of by mail.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NotificationsView {
    /// Registrations that wait for a decision.
    approval_awaited: bool,
    /// Registrations that are complete, where the registration policy says to tell.
    new_registration: bool,
}

impl From<Notifications> for NotificationsView {
    fn from(Notifications { approval_awaited, new_registration }: Notifications) -> Self {
        Self { approval_awaited, new_registration }
    }
}

impl ReadAs<Notifications> for NotificationsView {
    fn read(self) -> Result<Notifications, Problem> {
        let Self { approval_awaited, new_registration } = self;
        Ok(Notifications { approval_awaited, new_registration })
    }
}
