//! `/account/devices`: where one is logged in, and which devices are known.

use access::{DeviceView, EndSession, ForgetDevice, ListDevices, ListSessions, NameDevice, NameRequest, SessionView};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, Need};
use values::{DeviceLabel, Language};

use crate::account::me;
use crate::cookie::Step;
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Item, Page};
use crate::visit::Visit;
use crate::words::{moment, say, say_of};

pub(crate) const FUNCTION: Function = Function {
    handler: "devices_page",
    routes: &[Route::any("/account/devices")],
    build: |environment| site::page(environment, &[Need::TokenKeys], devices_page),
};

const END: &str = "end-session";
const NAME: &str = "name-device";
const FORGET: &str = "forget-device";

async fn devices_page(visit: Visit) -> Result<Reply, Problem> {
    if visit.is_sent() {
        return change(&visit).await;
    }
    let (me, sessions, devices) =
        tokio::join!(me(&visit), visit.ask::<ListSessions>((), ()), visit.ask::<ListDevices>((), ()));
    let language = visit.language_for(me?.language);
    let sessions = sessions?.0.items.into_iter().map(|session| session_item(language, session)).collect();
    let devices = devices?.0.items.into_iter().map(|device| device_item(language, device)).collect();
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
    let action = visit.typed("action");
    match perform(visit, action).await {
        Ok(()) => {
            let done = format!("{action}-done");
            Reply::go("/account/devices").telling(&Step { done, ..Step::default() })
        }
        Err(problem) if matches!(problem.kind(), ProblemKind::NotFound | ProblemKind::Invalid) => {
            Ok(visit.dead_end(&problem, &[("to-devices", "/account/devices")]))
        }
        Err(problem) => Err(problem),
    }
}

async fn perform(visit: &Visit, action: &str) -> Result<(), Problem> {
    match action {
        END => {
            visit.ask::<EndSession>(visit.typed_id("id")?, ()).await?;
        }
        FORGET => {
            visit.ask::<ForgetDevice>(visit.typed_id("id")?, ()).await?;
        }
        NAME => {
            let name = NameRequest { name: visit.typed_optional("name").map(ToOwned::to_owned) };
            visit.ask::<NameDevice>(visit.typed_id("id")?, Body::new(name)?).await?;
        }
        _ => return Err(Problem::new(ProblemKind::NotFound)),
    }
    Ok(())
}

fn session_item(language: Language, session: SessionView) -> Item {
    let title = labelled(language, session.device.as_ref());
    let since = moment(language, session.started_at);
    let mut end = Form::action(language, END, &session.id.to_string(), &title);
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

fn device_item(language: Language, device: DeviceView) -> Item {
    let id = device.id.to_string();
    let label = labelled(language, device.label.as_ref());
    let title = device.name.as_ref().map_or_else(|| label.clone(), |name| name.as_str().to_owned());
    let last = moment(language, device.last_seen_at);
    let mut lines = vec![say_of(language, "device-last-seen", &[("moment", last.into())])];
    if device.name.is_some() {
        lines.insert(0, label);
    }
    let name = Field::line(language, "name", "device-name", "off")
        .value(device.name.as_ref().map_or("", |name| name.as_str()));
    let naming = Form::action(language, NAME, &id, &title);
    Item {
        mark: device.current.then(|| say(language, "this-device")),
        lines,
        forms: vec![
            Form { fields: vec![name.optional().at_most(100).told_by(&id, &title)], ..naming },
            Form::action(language, FORGET, &id, &title),
        ],
        title,
    }
}

fn labelled(language: Language, label: Option<&DeviceLabel>) -> String {
    label.map_or_else(|| say(language, "unnamed-device"), |label| label.as_str().to_owned())
}
