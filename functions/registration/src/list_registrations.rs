//! `GET /v1/registrations`: what waits for a decision, the longest first.

use decision::List;
use domain_customers::{Company, Kind};
use domain_registration::{Registration, RegistrationState};
use jiff::Timestamp;
use runtime::{Problem, Request, Route, documented};
use serde::Serialize;
use service::openapi::Operation;
use service::permission::DecideRegistrations;
use service::{Call, Endpoint, Input, Page, PageRequest, Service, Staff};
use store::{ListPage, ListPlace};
use utoipa::ToSchema;
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Ref, Required, Type};
use values::{AccountId, CustomerId, EmailAddress, Invalid, Language, PhoneNumber, RegistrationId, Text};

const AWAITING_APPROVAL: &str = "awaiting-approval";

/// Lists registrations that wait for a decision.
pub struct ListRegistrations;

impl Endpoint for ListRegistrations {
    const NAME: &'static str = "list_registrations";
    const ROUTE: Route = Route::get("/v1/registrations");
    const SUMMARY: &'static str = "Registrations that wait for a decision";
    const DESCRIPTION: &'static str = "For staff who decide about them. The longest waiting come first.";

    type Access = Staff<DecideRegistrations>;
    type Input = (Waiting, PageRequest<ListPlace>);
    type Found = ListPage<Registration>;
    type Output = Page<WaitingRegistration, ListPlace>;

    async fn find(service: &Service, (): &(), (waiting, page): &Self::Input) -> Result<Self::Found, Problem> {
        Ok(service.store.list(&waiting.lists(), page.after.as_ref(), page.limit).await?)
    }

    async fn answer(call: Call<Self::Access>, _: &Self::Input, found: Self::Found) -> Result<Self::Output, Problem> {
        let now = call.clock.now();
        let items = found.records.into_iter().filter_map(|registration| WaitingRegistration::new(registration, now));
        Ok(Page { items: items.collect(), next: found.next })
    }
}

/// Which registrations are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Of which kind of customer; none for both.
    pub kind: Option<Kind>,
}

impl Waiting {
    fn lists(self) -> Vec<List> {
        let kinds = self.kind.map_or_else(|| vec![Kind::Person, Kind::Company], |kind| vec![kind]);
        kinds.into_iter().map(RegistrationState::awaiting_approval).collect()
    }
}

impl Input for Waiting {
    fn read(request: &Request) -> Result<Self, Problem> {
        let state: Option<String> = request.query("state", Invalid::Unknown)?;
        match state.as_deref() {
            Some(AWAITING_APPROVAL) => {}
            Some(_) => return Err(Problem::field("state", Invalid::NotOneOf(vec![AWAITING_APPROVAL.into()]))),
            None => return Err(Problem::field("state", Invalid::Required)),
        }
        let kind: Option<String> = request.query("kind", Invalid::Unknown)?;
        let kind = match kind.as_deref() {
            None => None,
            Some("person") => Some(Kind::Person),
            Some("company") => Some(Kind::Company),
            Some(_) => return Err(Problem::field("kind", Invalid::NotOneOf(vec!["person".into(), "company".into()]))),
        };
        Ok(Self { kind })
    }

    fn describe(operation: &mut Operation) {
        let parameter = |name, description, required| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Query)
                .description(Some(description))
                .required(required)
        };
        let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some(format!("^{AWAITING_APPROVAL}$")));
        let state = parameter("state", "Always `awaiting-approval`", Required::True);
        operation.takes(state.schema(Some(schema)).build());
        let kind = parameter("kind", "Both if not given", Required::False);
        operation.takes(kind.schema(Some(Ref::from_schema_name(documented::CustomerKind::name()))).build());
    }
}

/// A registration that waits for a decision.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WaitingRegistration {
    /// The registration.
    #[schema(value_type = String, example = "reg_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    pub id: RegistrationId,
    #[schema(value_type = String)]
    customer_id: CustomerId,
    #[schema(value_type = String)]
    account_id: AccountId,
    /// Person or company.
    #[schema(value_type = documented::CustomerKind)]
    pub kind: Kind,
    /// The name to call the customer by.
    #[schema(value_type = String)]
    pub name: Text<200>,
    /// The address that was registered.
    #[schema(value_type = String, format = Email)]
    pub email: EmailAddress,
    /// Whether the address is proven.
    pub email_confirmed: bool,
    /// The language to write in.
    #[schema(value_type = documented::Language)]
    pub language: Language,
    /// A telephone number.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// What a company said of itself.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<Company>,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    /// Since when it waits for a decision.
    #[schema(value_type = String, format = DateTime)]
    pub waiting_since: Timestamp,
    /// For how long that is, in seconds.
    pub waiting_seconds: i64,
}

impl WaitingRegistration {
    /// None if it was decided about a moment ago.
    fn new(registration: Registration, now: Timestamp) -> Option<Self> {
        let RegistrationState::AwaitingApproval { since } = registration.state else { return None };
        let profile = registration.profile;
        Some(Self {
            id: registration.id,
            customer_id: registration.customer_id,
            account_id: registration.account_id,
            kind: profile.kind,
            name: profile.name,
            email: registration.email,
            email_confirmed: registration.confirmed_at.is_some(),
            language: profile.language,
            phone: profile.phone,
            company: profile.company,
            received_at: registration.received_at,
            waiting_since: since,
            waiting_seconds: now.duration_since(since).as_secs().max(0),
        })
    }
}
