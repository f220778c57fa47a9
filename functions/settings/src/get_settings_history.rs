//! `GET /v1/settings/{name}/history`: every change of settings, newest first, with who made it.

use std::str::FromStr;

use decision::{Actor, Cause, Event};
use domain_settings::SettingsName;
use jiff::Timestamp;
use runtime::{Problem, Route};
use serde::Serialize;
use serde_json::Value;
use service::permission::ManageSettings;
use service::{Call, Endpoint, Page, PageRequest, PathParameter, Service, Staff};
use store::HistoryPage;
use utoipa::ToSchema;
use values::EventId;

pub(crate) struct GetSettingsHistory;

impl Endpoint for GetSettingsHistory {
    const NAME: &'static str = "get_settings_history";
    const ROUTE: Route = Route::get("/v1/settings/{name}/history");
    const SUMMARY: &'static str = "The history of settings";
    const DESCRIPTION: &'static str = "Newest first. For staff who may change them.";

    type Access = Staff<ManageSettings, Named>;
    type Input = PageRequest<EventId>;
    type Found = HistoryPage;
    type Output = Page<SettingsChange, EventId>;

    async fn find(service: &Service, Named(name): &Named, page: &Self::Input) -> Result<HistoryPage, Problem> {
        Ok(service.store.history(&name.subject(), page.after, page.limit).await?)
    }

    async fn answer(_: Call<Self::Access>, _: &Self::Input, found: HistoryPage) -> Result<Self::Output, Problem> {
        Ok(Page { items: found.events.into_iter().map(change).collect(), next: found.next })
    }
}

/// The settings that a path names.
#[derive(Clone, Copy)]
pub(crate) struct Named(SettingsName);

impl FromStr for Named {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        SettingsName::from_name(name).map(Self).ok_or(())
    }
}

impl PathParameter for Named {
    const NAME: &'static str = "name";
    const DESCRIPTION: &'static str = "`registration` or `business`";

    fn pattern() -> String {
        format!("^({})$", SettingsName::ALL.map(SettingsName::name).join("|"))
    }
}

/// A change of settings.
#[derive(Serialize, ToSchema)]
pub(crate) struct SettingsChange {
    #[schema(value_type = String, example = "evt_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: EventId,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who made it.
    #[schema(value_type = Object)]
    actor: Actor,
    /// Why: the request.
    #[schema(value_type = Object)]
    cause: Cause,
    /// Names the kind of change.
    #[schema(example = "settings.changed")]
    r#type: String,
    /// Has the version from then on, and what changed by field.
    #[schema(value_type = Object)]
    data: Value,
}

fn change(event: Event) -> SettingsChange {
    let Event { id, at, actor, cause, kind, data, .. } = event;
    SettingsChange { id, at, actor, cause, r#type: kind, data }
}
