//! `GET /v1/sessions`: where one is logged in.

use domain_accounts::{Account, Session};
use jiff::Timestamp;
use runtime::{Problem, Route};
use serde::Serialize;
use service::{Call, Endpoint, Json, LoggedIn, LookupOf, Service};
use utoipa::ToSchema;
use values::{DeviceId, DeviceLabel, SessionId};

/// Where one is logged in.
pub struct ListSessions;

impl Endpoint for ListSessions {
    const NAME: &'static str = "list_sessions";
    const ROUTE: Route = Route::get("/v1/sessions");
    const SUMMARY: &'static str = "Where one is logged in";
    const DESCRIPTION: &'static str = "";

    type Access = LoggedIn;
    type Input = ();
    type Found = Vec<Session>;
    type Output = Json<Sessions>;

    async fn find(service: &Service, (account, ()): &LookupOf<Self>, (): &()) -> Result<Vec<Session>, Problem> {
        Ok(service.store.all_in(Account::partition(*account)).await?)
    }

    async fn answer(call: Call<LoggedIn>, (): &(), mut sessions: Vec<Session>) -> Result<Self::Output, Problem> {
        let now = call.clock.now();
        sessions.retain(|session| session.is_live(&call.caller.account, now));
        sessions.sort_by_key(|session| std::cmp::Reverse(session.refreshed_at));
        let current = call.caller.session.id;
        Ok(Json(Sessions { items: sessions.into_iter().map(|session| SessionView::new(session, current)).collect() }))
    }
}

/// All sessions of the account.
#[derive(Serialize, ToSchema)]
pub struct Sessions {
    /// The one used last comes first.
    pub items: Vec<SessionView>,
}

/// A session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// Its id.
    #[schema(value_type = String, example = "ses_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    #[schema(value_type = String)]
    device_id: DeviceId,
    /// What the device calls itself.
    #[schema(value_type = Option<String>, example = "Firefox on Linux")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceLabel>,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// When its tokens were last exchanged, at most some minutes before it was last used.
    #[schema(value_type = String, format = DateTime)]
    last_used_at: Timestamp,
}

impl SessionView {
    fn new(session: Session, current: SessionId) -> Self {
        Self {
            id: session.id,
            current: session.id == current,
            device_id: session.device_id,
            device: session.device_label,
            started_at: session.started_at,
            last_used_at: session.refreshed_at,
        }
    }
}
