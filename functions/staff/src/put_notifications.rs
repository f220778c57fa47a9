//! `PUT /v1/me/notifications`: chooses what a member of staff is told of by mail.

use domain_accounts::Notifications;
use domain_staff::members;
use runtime::{Problem, Route};
use service::{AnyStaff, Body, Call, Endpoint, Json, Service};

use crate::get_notifications::NotificationsView;

pub(crate) struct PutNotifications;

impl Endpoint for PutNotifications {
    const NAME: &'static str = "put_notifications";
    const ROUTE: Route = Route::put("/v1/me/notifications");
    const SUMMARY: &'static str = "Choose what one is told of by mail";
    const DESCRIPTION: &'static str = "For staff. Counts from the next event on.";

    type Access = AnyStaff;
    type Input = Body<NotificationsView, Notifications>;
    type Found = ();
    type Output = Json<NotificationsView>;

    async fn find(_: &Service, (): &(), _: &Self::Input) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(call: Call<AnyStaff>, chosen: &Self::Input, (): ()) -> Result<Self::Output, Problem> {
        let decision = members::choose_notifications(&call.caller.account, **chosen, &call.context());
        call.commit(decision, Json((**chosen).into())).await
    }
}
