//! `/account/devices`: where one is logged in, and which devices are known.

use jiff::Timestamp;
use runtime::{Function, Problem, ProblemKind, Route};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use service::Need;
use values::Language;

use crate::account::me;
use crate::cookie::Step;
use crate::site;
use crate::view::{Block, Field, Form, Item, Page};
use crate::visit::{Reply, Visit, read};
use crate::words::{moment, say, say_of};

pub(crate) const FUNCTION: Function = Function {
    handler: "devices_page",
    routes: &[Route::any("/account/devices")],
    build: |environment| site::page(environment, &[Need::TokenKeys], devices_page),
};

const END: &str = "end-session";
const NAME: &str = "name-device";
const FORGET: &str = "forget-device";

#[derive(Deserialize)]
struct Listed<T> {
    items: Vec<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    id: String,
    current: bool,
    device: Option<String>,
    started_at: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Device {
    id: String,
    current: bool,
    name: Option<String>,
    label: Option<String>,
    last_seen_at: Timestamp,
}

async fn devices_page(visit: Visit) -> Result<Reply, Problem> {
    if visit.is_sent() {
        return change(&visit).await;
    }
    let (sessions, devices) = (visit.account_request()?, visit.account_request()?);
    let (me, sessions, devices) = tokio::join!(
        me(&visit),
        access::list_sessions(visit.service.clone(), sessions),
        access::list_devices(visit.service.clone(), devices),
    );
    let language = visit.language_for(me?.language);
    let sessions = listed(&sessions?)?.into_iter().map(|session| session_item(language, session)).collect();
    let devices = listed(&devices?)?.into_iter().map(|device| device_item(language, device)).collect();
    let page = Page::new(language, "devices")
        .of_account()
        .heading("sessions")
        .text("sessions-text")
        .block(Block::Items(sessions))
        .heading("known-devices")
        .text("known-devices-text")
        .block(Block::Items(devices));
    visit.show(page.quiet_links(&[("to-account", "/account")]))
}

async fn change(visit: &Visit) -> Result<Reply, Problem> {
    let request = visit.account_request()?.with_path(&[("id", visit.typed("id"))]);
    let service = visit.service.clone();
    let action = visit.typed("action");
    let changed = match action {
        END => access::end_session(service, request).await,
        FORGET => access::forget_device(service, request).await,
        NAME => {
            let name = json!({"name": visit.typed_optional("name")});
            access::name_device(service, request.with_json(&name)).await
        }
        _ => Err(Problem::new(ProblemKind::NotFound)),
    };
    match changed {
        Ok(_) => {
            let done = format!("{action}-done");
            Reply::go("/account/devices").telling(&Step { done, ..Step::default() })
        }
        Err(problem) if matches!(problem.kind(), ProblemKind::NotFound | ProblemKind::Invalid) => {
            Ok(visit.dead_end(&problem, &[("to-devices", "/account/devices")]))
        }
        Err(problem) => Err(problem),
    }
}

fn listed<T: DeserializeOwned>(answer: &runtime::Answer) -> Result<Vec<T>, Problem> {
    read::<Listed<T>>(answer).map(|listed| listed.items)
}

fn session_item(language: Language, session: Session) -> Item {
    let title = session.device.unwrap_or_else(|| say(language, "unnamed-device"));
    let since = moment(language, session.started_at);
    let mut end = Form::action(language, END, &session.id, &title);
    if session.current {
        end.button = say(language, "log-out");
    }
    Item {
        mark: session.current.then(|| say(language, "this-session")),
        lines: vec![say_of(language, "session-since", &[("moment", since.into())])],
        forms: vec![end],
        title,
    }
}

fn device_item(language: Language, device: Device) -> Item {
    let label = device.label.unwrap_or_else(|| say(language, "unnamed-device"));
    let title = device.name.clone().unwrap_or_else(|| label.clone());
    let last = moment(language, device.last_seen_at);
    let mut lines = vec![say_of(language, "device-last-seen", &[("moment", last.into())])];
    if device.name.is_some() {
        lines.insert(0, label);
    }
    let name = Field::line(language, "name", "device-name", "off").value(device.name.as_deref().unwrap_or_default());
    let naming = Form::action(language, NAME, &device.id, &title);
    Item {
        mark: device.current.then(|| say(language, "this-device")),
        lines,
        forms: vec![
            Form { fields: vec![name.optional().at_most(100).told_by(&device.id, &title)], ..naming },
            Form::action(language, FORGET, &device.id, &title),
        ],
        title,
    }
}
