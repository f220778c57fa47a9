//! Who may do what: every operation of the API, asked by everybody there is, and compared with docs/rights.md. An operation that is new
//! is a row that is not there.

use std::collections::BTreeMap;
use std::fmt::Write;

use reqwest::Method;
use serde_json::{Value, json};

use crate::employees::Company;
use crate::world::{LoggedIn, PASSWORD, World, logged_in};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rights.md");

const HEAD: &str = "# Who may do what

Measured by `cargo test -p end-to-end rights`, which sends every operation of the API as everybody, and compared with this table;
`UPDATE_RIGHTS=1` writes it anew. What a path names is the company's, or its owner's, or a member of staff's.

- **yes**: may, whatever else becomes of the request.
- **401**: nobody gets this far without logging in. **403**: sees it, and may not. **404**: for this caller it does not exist.

A *stranger* is another customer. *Owner* is the login that registered the company; *manager* and *member* are its employees. The roles
of staff are those that there are from the start.
";

/// Whoever asks: nobody, or somebody who is logged in.
struct Principal {
    name: &'static str,
    email: Option<String>,
    login: Option<LoggedIn>,
}

/// What the paths of the operations name.
struct Things {
    company: Company,
    employee: String,
    owner_account: String,
    owner_session: String,
    owner_device: String,
    staff_account: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_open_to_those_it_is_meant_for() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let (things, mut principals) = people(&world, &administrator).await;
    let mut rows = BTreeMap::new();
    for (name, method, path) in operations() {
        let mut row = Vec::new();
        for (number, principal) in principals.iter_mut().enumerate() {
            let employee = match name.as_str() {
                "remove_employee" => things.invite(&world, &format!("employee-{number}@example.com")).await,
                _ => things.employee.clone(),
            };
            let path = things.addressed(&path, &employee);
            row.push(principal.ask(&world, &method, &path, &body(&name, number)).await);
            if name == "log_out" {
                principal.log_in(&world).await;
            }
        }
        rows.insert(name, row);
    }
    let table = table(&principals, &rows);
    if std::env::var_os("UPDATE_RIGHTS").is_some() {
        std::fs::write(COMMITTED, &table).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap();
    assert!(
        table == committed,
        "docs/rights.md says otherwise: UPDATE_RIGHTS=1 cargo test -p end-to-end rights\n{table}"
    );
}

/// Name, method and path of each operation that is documented; what removes things comes last.
fn operations() -> Vec<(String, Method, String)> {
    let document = crate::openapi::document();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            operations.push((name, method.to_uppercase().parse().unwrap(), path.clone()));
        }
    }
    operations.sort_by_key(|(_, method, _)| *method == Method::DELETE);
    operations
}

async fn people(world: &World, administrator: &LoggedIn) -> (Things, Vec<Principal>) {
    let company = world.company("owner@example.com").await;
    let owner_account = world.get("/v1/me", &company.owner).await.expect(200).text("accountId").to_owned();
    world.customer("stranger@example.com").await;
    let mut employee = String::new();
    for role in ["manager", "member"] {
        employee = world.employee(&company, &format!("{role}@example.com"), role).await.1;
    }
    let (_, staff_account) = world.member(administrator, "other@example.com", "agent").await;
    let mut emails = vec![("nobody", None)];
    for name in ["stranger", "owner", "manager", "member"] {
        emails.push((name, Some(format!("{name}@example.com"))));
    }
    for (name, role) in [
        ("staff: administrator", "administrator"),
        ("staff: manager", "manager"),
        ("staff: agent", "agent"),
        ("staff: read-only", "read-only"),
    ] {
        let email = format!("staff-{role}@example.com");
        world.member(administrator, &email, role).await;
        emails.push((name, Some(email)));
    }
    let owner_device = first(world, &company.owner, "/v1/devices").await;
    let elsewhere = logged_in(&world.log_in("owner@example.com", PASSWORD).await.expect(201));
    let owner_session = first(world, &elsewhere, "/v1/sessions").await;
    let mut principals = Vec::new();
    for (name, email) in emails {
        let mut principal = Principal { name, email, login: None };
        principal.log_in(world).await;
        principals.push(principal);
    }
    (Things { company, employee, owner_account, owner_session, owner_device, staff_account }, principals)
}

/// The id of the first item of a list.
async fn first(world: &World, who: &LoggedIn, list: &str) -> String {
    world.get(list, who).await.expect(200).body["items"][0]["id"].as_str().unwrap().to_owned()
}

impl Things {
    async fn invite(&self, world: &World, email: &str) -> String {
        let Company { owner, id } = &self.company;
        world.invite_as(owner, id, email, "member").await.expect(202).text("id").to_owned()
    }

    /// The path with what it names.
    fn addressed(&self, path: &str, employee: &str) -> String {
        let mut parts: Vec<&str> = path.split('/').collect();
        for at in 1..parts.len() {
            parts[at] = match (parts[at - 1], parts[at]) {
                ("accounts", "{id}") => &self.owner_account,
                ("sessions", "{id}") => &self.owner_session,
                ("devices", "{id}") => &self.owner_device,
                ("staff", "{id}") => &self.staff_account,
                ("settings", "{name}") => "registration",
                ("roles", "{name}") => "agent",
                ("customers", "{id}") => &self.company.id,
                ("employees", "{employeeId}") => employee,
                (_, part) if part.starts_with('{') => panic!("this test does not know what {part} is in {path}"),
                (_, part) => part,
            };
        }
        let query = if path == "/v1/registrations" { "?state=awaiting-approval" } else { "" };
        format!("{}{query}", parts.join("/"))
    }
}

/// What is not acceptable shows as well that somebody may, and changes nothing. Where only the thing itself says whose it is, it has
/// to be acceptable.
fn body(operation: &str, number: usize) -> Value {
    match operation {
        "invite_employee" => json!({"email": format!("new-{number}@example.com"), "role": "member", "language": "en"}),
        "name_device" => json!({"name": "Phone"}),
        _ => json!({"surprise": true}),
    }
}

impl Principal {
    async fn log_in(&mut self, world: &World) {
        if let Some(email) = &self.email {
            self.login = Some(logged_in(&world.log_in(email, PASSWORD).await.expect(201)));
        }
    }

    async fn ask(&self, world: &World, method: &Method, path: &str, body: &Value) -> &'static str {
        let request = world.request(method.clone(), path).json(body);
        let request = match &self.login {
            Some(who) => request.bearer_auth(&who.access_token),
            None => request,
        };
        match world.send(request).await.status {
            401 => "401",
            403 => "403",
            404 => "404",
            status if status < 500 => "yes",
            status => panic!("{method} {path} as {}: {status}", self.name),
        }
    }
}

fn table(principals: &[Principal], rows: &BTreeMap<String, Vec<&'static str>>) -> String {
    let mut table = format!("{HEAD}\n| operation |");
    for principal in principals {
        write!(table, " {} |", principal.name).unwrap();
    }
    table.push_str("\n|---|");
    table.push_str(&"---|".repeat(principals.len()));
    for (name, row) in rows {
        write!(table, "\n| `{name}` | {} |", row.join(" | ")).unwrap();
    }
    table.push('\n');
    table
}
