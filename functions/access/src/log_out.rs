//! `DELETE /v1/sessions/current`: logs out. The access token stops working with the next request.

use domain_accounts::sessions;
use runtime::{Problem, Route};
use service::{Call, Endpoint, LoggedIn, LookupOf, NoContent, Service};

/// Logs out.
pub struct LogOut;

impl Endpoint for LogOut {
    const NAME: &'static str = "log_out";
    const ROUTE: Route = Route::delete("/v1/sessions/current");
    const SUMMARY: &'static str = "Log out";
    const DESCRIPTION: &'static str = "";

    type Access = LoggedIn;
    type Input = ();
    type Found = ();
    type Output = NoContent;

    async fn find(_: &Service, _: &LookupOf<Self>, (): &()) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(call: Call<LoggedIn>, (): &(), (): ()) -> Result<NoContent, Problem> {
        let decision = sessions::end(&call.caller.session, &call.caller.account, &call.context());
        call.commit(decision, NoContent).await
    }
}
