//! `DELETE /v1/sessions/{id}`: ends a session of one's own, wherever it is.

use domain_accounts::{Session, sessions};
use runtime::{Problem, ProblemKind, Route};
use service::{Call, Endpoint, LoggedIn, LookupOf, NoContent, Service};
use values::SessionId;

/// Ends a session.
pub struct EndSession;

impl Endpoint for EndSession {
    const NAME: &'static str = "end_session";
    const ROUTE: Route = Route::delete("/v1/sessions/{id}");
    const SUMMARY: &'static str = "End a session";
    const DESCRIPTION: &'static str = "Its access token stops working with the next request.";

    type Access = LoggedIn<SessionId>;
    type Input = ();
    type Found = Session;
    type Output = NoContent;

    async fn find(service: &Service, (account, id): &LookupOf<Self>, (): &()) -> Result<Session, Problem> {
        let session = service.store.get(Session::key_of(*account, *id)).await?;
        session.ok_or_else(|| Problem::new(ProblemKind::NotFound))
    }

    async fn answer(call: Call<Self::Access>, (): &(), session: Session) -> Result<NoContent, Problem> {
        call.commit(sessions::end(&session, &call.caller.account, &call.context()), NoContent).await
    }
}
