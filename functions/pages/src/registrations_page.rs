//! `/staff/registrations`: staff look through the registrations that wait for a decision, and approve or reject one or several.
//!
//! What came of it is told by the answer to the form itself, above the list as it is then, because it names everybody who was decided
//! about. A browser that is asked to load that answer again sends the form again, which has the same outcome and no further effect.

use domain_customers::{Company, Kind};
use registration::{
    DecideRegistrations, DecidedRegistration, DecisionRequest, ListRegistrations, Outcome, RequestedVerdict, Waiting,
    WaitingRegistration,
};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, Need, PageRequest};
use store::ListPlace;
use values::{Invalid, Language};

use crate::account::me;
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Button, Field, Filter, Form, Line, Page, Row, Table};
use crate::visit::Visit;
use crate::words::{moment, own_name, say, say_of};

pub(crate) const FUNCTION: Function = Function {
    handler: "registrations_page",
    routes: &[Route::any(ADDRESS)],
    build: |environment| site::page(environment, &[Need::TokenKeys], registrations_page),
};

const ADDRESS: &str = "/staff/registrations";

/// As many as one looks through before deciding.
const AT_ONCE: u32 = 20;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

async fn registrations_page(visit: Visit) -> Result<Reply, Problem> {
    let reply = if visit.is_sent() { decide(&visit).await } else { look(&visit).await };
    // To those who do not decide about registrations, the page does not exist.
    reply.map_err(|problem| match problem.kind() {
        ProblemKind::Forbidden => Problem::new(ProblemKind::NotFound),
        _ => problem,
    })
}

async fn look(visit: &Visit) -> Result<Reply, Problem> {
    let page = Listed::read(visit, Asked::by(visit)?).await?.page(&Entered::default());
    visit.show(page)
}

async fn decide(visit: &Visit) -> Result<Reply, Problem> {
    let decision = match visit.typed("decision") {
        "approve" => RequestedVerdict::Approve,
        "reject" => RequestedVerdict::Reject,
        _ => return Err(Problem::new(ProblemKind::NotFound)),
    };
    let asked = Asked::by(visit)?;
    let entered = Entered { ticked: visit.typed_all("ids"), reason: visit.typed("reason").to_owned() };
    if entered.ticked.is_empty() {
        let page = Listed::read(visit, asked).await?.page(&entered);
        let problem = Problem::field("ids", Invalid::Required);
        return Ok(visit.show_mistake_at("ids", "selection-is-empty", page, &problem));
    }
    let reason = visit.typed_optional("reason").map(ToOwned::to_owned);
    let body = match Body::new(DecisionRequest { decision, ids: entered.ticked.clone(), reason, only_waiting: true }) {
        Ok(body) => body,
        Err(problem) => return visit.again(Listed::read(visit, asked).await?.page(&entered), problem),
    };
    let decided = visit.ask::<DecideRegistrations>((), body).await?;
    let decided = decided.0.items;
    let page = Listed::read(visit, asked).await?.page(&entered.left_by(&decided));
    visit.show(told(page, &decided))
}

/// What is entered into the form.
#[derive(Default)]
struct Entered {
    ticked: Vec<String>,
    reason: String,
}

impl Entered {
    /// What is left to send again.
    fn left_by(self, decided: &[DecidedRegistration]) -> Self {
        let failed = decided.iter().filter(|decided| decided.outcome == Outcome::Failed);
        let ticked: Vec<String> = failed.map(|decided| decided.id.to_string()).collect();
        if ticked.is_empty() { Self::default() } else { Self { ticked, ..self } }
    }
}

/// Which registrations the address asks for.
struct Asked {
    kind: Option<Kind>,
    after: Option<ListPlace>,
}

impl Asked {
    fn by(visit: &Visit) -> Result<Self, Problem> {
        let kind = match visit.parameter("kind").as_deref() {
            None => None,
            Some("person") => Some(Kind::Person),
            Some("company") => Some(Kind::Company),
            Some(_) => return Err(Problem::new(ProblemKind::NotFound)),
        };
        let after: Option<ListPlace> = match visit.parameter("cursor") {
            Some(cursor) => Some(cursor.parse().map_err(|_| Problem::new(ProblemKind::NotFound))?),
            None => None,
        };
        Ok(Self { kind, after })
    }
}

/// The registrations that are shown, and which they are.
struct Listed {
    language: Language,
    kind: Option<Kind>,
    is_first: bool,
    items: Vec<WaitingRegistration>,
    next: Option<ListPlace>,
}

impl Listed {
    async fn read(visit: &Visit, Asked { kind, after }: Asked) -> Result<Self, Problem> {
        let is_first = after.is_none();
        let (me, listed) = tokio::join!(me(visit), some(visit, kind, after));
        let (language, listed) = (visit.language_for(me?.language), listed?);
        Ok(Self { language, kind, is_first, items: listed.items, next: listed.next })
    }

    fn page(self, entered: &Entered) -> Page {
        let language = self.language;
        let page = Page::new(language, "registrations").of_account().wide().block(Block::Filter(self.filter()));
        let page = match (self.items.is_empty(), self.is_first) {
            (false, _) => page.text("registrations-text").block(Block::Form(self.form(entered))),
            (true, true) => page.text("registrations-none"),
            (true, false) => page.text("registrations-no-more"),
        };
        let mut ways = Vec::new();
        if let Some(next) = &self.next {
            ways.push(("registrations-next", self.address(self.kind, Some(next))));
        }
        if !self.is_first {
            ways.push(("registrations-first", self.address(self.kind, None)));
        }
        ways.push(("to-account", "/account".to_owned()));
        let ways: Vec<(&str, &str)> = ways.iter().map(|(key, address)| (*key, address.as_str())).collect();
        page.quiet_links(&ways)
    }

    fn address(&self, kind: Option<Kind>, after: Option<&ListPlace>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kind.map(|kind| ("kind", name(kind))));
        query.extend_pairs(after.map(|place| ("cursor", place.to_string())));
        let query = query.finish();
        if query.is_empty() { ADDRESS.to_owned() } else { format!("{ADDRESS}?{query}") }
    }

    fn filter(&self) -> Filter {
        let way = |kind: Option<Kind>, key: &str| {
            let is_current = kind == self.kind;
            (say(self.language, key), self.address(kind, None), is_current)
        };
        Filter {
            label: say(self.language, "customers-shown"),
            ways: vec![
                way(None, "customers-all"),
                way(Some(Kind::Person), "customers-people"),
                way(Some(Kind::Company), "customers-companies"),
            ],
        }
    }

    fn form(&self, entered: &Entered) -> Form {
        let language = self.language;
        let has_companies = self.items.iter().any(|item| item.company.is_some());
        let heads =
            [Some("customer"), has_companies.then_some("company-details"), Some("contact"), Some("waiting-since")];
        let table = Table {
            heads: heads.into_iter().flatten().map(|key| say(language, key)).collect(),
            rows: self.items.iter().map(|item| row(language, item, has_companies, entered)).collect(),
        };
        let reason = Field::area(language, "reason", "reason", &entered.reason).optional().at_most(500);
        let button = |value, key, is_quiet| Button { name: "decision", value, words: say(language, key), is_quiet };
        Form {
            fields: vec![Field::table(language, "ids", "selection", table), reason.hint(language, "reason-hint")],
            buttons: vec![button("approve", "approve", false), button("reject", "reject", true)],
            ..Form::default()
        }
    }
}

/// The first page that has any: of those who were decided about a moment ago, the index may still know all of a page.
async fn some(
    visit: &Visit,
    kind: Option<Kind>,
    mut after: Option<ListPlace>,
) -> Result<service::Page<WaitingRegistration, ListPlace>, Problem> {
    loop {
        let input = (Waiting { kind }, PageRequest { limit: AT_ONCE, after });
        let page = visit.ask::<ListRegistrations>((), input).await?;
        if !page.items.is_empty() || page.next.is_none() {
            return Ok(page);
        }
        after = page.next;
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Company => "company",
    }
}

fn row(language: Language, item: &WaitingRegistration, has_companies: bool, entered: &Entered) -> Row {
    let id = item.id.to_string();
    let cells = [
        Some(vec![Line::plain(say(language, &format!("customer-{}", name(item.kind))))]),
        has_companies
            .then(|| item.company.as_ref().map(|company| company_lines(language, company)).unwrap_or_default()),
        Some(contact_lines(language, item)),
        Some(vec![
            Line::plain(moment(language, item.waiting_since)),
            Line::plain(waited(language, item.waiting_seconds)),
        ]),
    ];
    Row {
        is_ticked: entered.ticked.contains(&id),
        value: id,
        title: item.name.as_str().to_owned(),
        cells: cells.into_iter().flatten().collect(),
    }
}

fn company_lines(language: Language, company: &Company) -> Vec<Line> {
    let line = |key: &str, text: &str| Line::about(say(language, key), text);
    let number = company.registration_number.as_ref().map(|number| line("registration-number", number.as_str()));
    let vat = company.vat_number.as_ref().map(|number| line("vat-number", number.as_str()));
    let legal_name = line("registered-name", company.legal_name.as_str());
    let contact = line("contact-person", company.contact_name.as_str());
    [Some(legal_name), number, vat, Some(contact)].into_iter().flatten().collect()
}

fn contact_lines(language: Language, item: &WaitingRegistration) -> Vec<Line> {
    let proven = if item.email_confirmed { "address-proven" } else { "address-unproven" };
    let email = Line::plain(item.email.as_str().to_owned());
    let phone = item.phone.as_ref().map(|phone| Line::plain(phone.as_str().to_owned()));
    let proven = Line { is_doubtful: !item.email_confirmed, ..Line::marked(say(language, proven)) };
    let speaks = Line::about(say(language, "speaks"), own_name(item.language));
    [Some(email), Some(proven), phone, Some(speaks)].into_iter().flatten().collect()
}

fn waited(language: Language, seconds: i64) -> String {
    match seconds {
        ..HOUR => say(language, "waited-briefly"),
        HOUR..DAY => say_of(language, "waited-hours", &[("number", (seconds / HOUR).into())]),
        DAY.. => say_of(language, "waited-days", &[("number", (seconds / DAY).into())]),
    }
}

/// The page with what came of a decision: what was done, and what was not.
fn told(mut page: Page, decided: &[DecidedRegistration]) -> Page {
    let language = page.language;
    let mut undone = Vec::new();
    for DecidedRegistration { outcome, by_somebody_else, name, .. } in decided {
        let (key, is_done) = match (outcome, by_somebody_else) {
            (Outcome::Approved, false) => ("approved", true),
            (Outcome::Approved, true) => ("approved-before", false),
            (Outcome::Rejected, false) => ("rejected", true),
            (Outcome::Rejected, true) => ("rejected-before", false),
            (Outcome::NotWaiting, _) => ("not-waiting", false),
            (Outcome::NotFound, _) => ("registration-gone", false),
            (Outcome::Failed, _) => ("not-decided", false),
        };
        let name = name.as_ref().map_or_else(|| say(language, "somebody"), |name| name.as_str().to_owned());
        let sentence = say_of(language, key, &[("name", name.into())]);
        if is_done { page.done.push(sentence) } else { undone.push(sentence) }
    }
    if undone.is_empty() { page } else { page.with_undone("decided-otherwise", undone) }
}
