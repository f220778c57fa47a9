//! The control pages as HTML. They need nothing from elsewhere and run no code; what others have written is escaped, and a mail's
//! own HTML is shown in a frame that may do nothing.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use jiff::Timestamp;

use crate::bus::CrossedEvent;
use crate::inner::Inner;
use crate::mailbox::Mail;
use crate::queues::DeadLetter;
use crate::schedules::ScheduleRun;

#[derive(Template)]
#[template(path = "index.html")]
struct Index<'page> {
    url: &'page str,
    now: Timestamp,
    mails: &'page [Mail],
    events: &'page [CrossedEvent],
    dead_letters: usize,
    runs: &'page [ScheduleRun],
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct Mailbox<'page> {
    mails: &'page [Mail],
}

#[derive(Template)]
#[template(path = "mail.html")]
struct OneMail<'page> {
    mail: &'page Mail,
    lines: Vec<Line<'page>>,
}

/// A line of a mail's text, and whether it is a link.
struct Line<'page> {
    text: &'page str,
    is_link: bool,
}

#[derive(Template)]
#[template(path = "events.html")]
struct Events {
    events: Vec<ShownEvent>,
}

/// An event, its parts as texts.
struct ShownEvent {
    time: String,
    detail_type: String,
    source: String,
    bus: String,
    rules: Vec<String>,
    json: String,
}

#[derive(Template)]
#[template(path = "dead_letters.html")]
struct DeadLetters<'page> {
    letters: &'page [DeadLetter],
}

#[derive(Template)]
#[template(path = "schedules.html")]
struct Schedules<'page> {
    runs: &'page [ScheduleRun],
}

/// How many of each kind the index shows.
const LATEST: usize = 5;

/// How many a list shows.
const LISTED: usize = 200;

pub(super) fn index(cloud: &Inner) -> Response {
    let (mails, events, runs) = (cloud.mailbox.all(), cloud.bus.history(), cloud.schedules.runs());
    page(&Index {
        url: &cloud.url,
        now: cloud.clock.now(),
        mails: &mails[..mails.len().min(LATEST)],
        events: &events[..events.len().min(LATEST)],
        dead_letters: cloud.queues.all().len(),
        runs: &runs[..runs.len().min(LATEST)],
    })
}

pub(super) fn mailbox(mails: &[Mail]) -> Response {
    page(&Mailbox { mails: &mails[..mails.len().min(LISTED)] })
}

pub(super) fn mail(mail: &Mail) -> Response {
    let line = |text| Line { text, is_link: is_link(text) };
    page(&OneMail { mail, lines: mail.text.lines().map(line).collect() })
}

pub(super) fn events(events: &[CrossedEvent]) -> Response {
    page(&Events { events: events.iter().take(LISTED).map(shown).collect() })
}

pub(super) fn dead_letters(letters: &[DeadLetter]) -> Response {
    page(&DeadLetters { letters })
}

pub(super) fn schedules(runs: &[ScheduleRun]) -> Response {
    page(&Schedules { runs })
}

fn is_link(line: &str) -> bool {
    (line.starts_with("http://") || line.starts_with("https://")) && !line.contains(char::is_whitespace)
}

fn shown(crossed: &CrossedEvent) -> ShownEvent {
    let text = |name: &str| crossed.event[name].as_str().unwrap_or_default().to_owned();
    ShownEvent {
        time: text("time"),
        detail_type: text("detail-type"),
        source: text("source"),
        bus: crossed.bus.clone(),
        rules: crossed.rules.clone(),
        json: serde_json::to_string_pretty(&crossed.event).unwrap_or_default(),
    }
}

fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(page) => Html(page).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
