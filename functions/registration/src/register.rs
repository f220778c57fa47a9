//! `POST /v1/registrations`: a person or a company registers.
//!
//! The answer follows from the policy alone, and the work behind it is the same, whether the address is new, waits to be
//! confirmed, or has an account. (One case takes a further read: the address waits for a proof that the policy asks for no more.)

use domain_accounts::{Account, Attempt, Credential, Holder, PasswordHash};
use domain_customers::{Company, Customer, Kind, Profile};
use domain_registration::{Receipt, Unopened};
use domain_settings::{NextStep, RegistrationSettings};
use identity::{Password, hash_password};
use runtime::{FieldProblems, Problem, Route, documented};
use serde::{Deserialize, Serialize};
use service::{Accepted, Anyone, Body, Call, Endpoint, IdempotencyKey, Need, ReadAs, Service};
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::{EmailAddress, Invalid, Language, PhoneNumber, RegistrationNumber, Text, VatNumber};

/// Registers.
pub struct Register;

impl Endpoint for Register {
    const NAME: &'static str = "register";
    const ROUTE: Route = Route::post("/v1/registrations");
    const SUMMARY: &'static str = "Register";
    const DESCRIPTION: &'static str = "What comes next follows from the registration policy. Nothing in the answer tells whether the address was known before.";
    const NEEDS: &'static [Need] = &[Need::TokenKeys, Need::BusinessName];

    type Access = Anyone;
    type Input = (Body<RegisterRequest, Application>, IdempotencyKey);
    type Found = Applicant;
    type Output = Accepted<Registered>;

    async fn find(service: &Service, (): &(), (application, _): &Self::Input) -> Result<Applicant, Problem> {
        application.form.check(&service.business_name().await?)
    }

    async fn answer(
        call: Call<Anyone>,
        (application, _): &Self::Input,
        applicant: Applicant,
    ) -> Result<Self::Output, Problem> {
        let Applicant { email, profile, password } = applicant;
        let attempts = [Attempt::Mail(email.clone()), Attempt::Source(call.request().source())];
        let keys = (Credential::key_of(&email), RegistrationSettings::key_of_current());
        let (counted, found) = tokio::join!(call.count(&attempts), call.store.get_all(keys));
        counted?;
        let (known, settings) = found?;
        let password_hash = application.password_hash.get_or_init(|| hash_password(&password)).await.clone();
        let terms = settings.unwrap_or_default().policy.terms(profile.kind);
        let unopened = match known.as_ref().filter(|known| domain_registration::opens_the_unopened(terms, Some(known)))
        {
            Some(known) => unopened(&call, known).await?,
            None => None,
        };
        let context = call.context();
        let device_id = context.mint();
        let device_label = call.request().device_label();
        let receipt = Receipt { email, profile, password_hash, device_id, device_label, terms };
        let device_token = call.token_keys().await?.device(device_id, None, context.now);
        let decision = domain_registration::receive(receipt, known, unopened, &context);
        call.commit(decision, Accepted(Registered { next: terms.first_step(), device_token })).await
    }
}

/// Who registers.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterRequest {
    /// Person or company.
    #[schema(value_type = documented::CustomerKind)]
    pub kind: Kind,
    /// The name they go by.
    #[schema(min_length = 1, max_length = 200, example = "Ada Lovelace")]
    pub name: String,
    /// The address that the link is mailed to, and that logs in afterwards. Its domain may be international; it is kept in ASCII.
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    pub email: String,
    /// 8 to 128 characters of any kind.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "correct horse battery")]
    pub password: String,
    /// The language to write in.
    #[schema(value_type = documented::Language)]
    pub language: Language,
    /// In international format.
    #[schema(pattern = r"^$|^(\+|00)[ ./()-]*[1-9]([ ./()-]*[0-9]){6,14}[ ./()-]*$", example = "+44 20 7946 0000")]
    pub phone: Option<String>,
    /// Whether promotional mail is welcome.
    pub promotional_mail: bool,
    /// For companies, and only for them.
    pub company: Option<CompanyRequest>,
}

/// What a company says of itself.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompanyRequest {
    /// The name in the register of companies.
    #[schema(min_length = 1, max_length = 200)]
    pub legal_name: String,
    /// The number there: digits, letters of European alphabets, and what stands between them.
    #[schema(
        max_length = 50,
        pattern = r"^$|^[0-9A-Za-zÀ-ɏΆ-ӿ .,/()&':+-]*[0-9][0-9A-Za-zÀ-ɏΆ-ӿ .,/()&':+-]*$",
        example = "HRB 12345"
    )]
    pub registration_number: Option<String>,
    /// The number for value added tax, with its country code. It is checked by the rules of the member states of the European Union,
    /// the United Kingdom (`GB`, `XI`), Switzerland and Norway; companies of other countries leave it out.
    #[schema(max_length = 30, pattern = "^$|^ *[A-Za-z]{2}[0-9A-Za-z +*.-]{2,}$", example = "DE136695976")]
    pub vat_number: Option<String>,
    /// The person to talk to.
    #[schema(min_length = 1, max_length = 200)]
    pub contact_name: String,
}

/// What to do next, and how this device is known from now on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
    /// `confirm-email`: follow the link in the mail. `await-approval`: wait for a mail with the decision. `log-in`.
    #[schema(value_type = String, example = "confirm-email")]
    pub next: NextStep,
    /// Send it when logging in from this device.
    pub device_token: String,
}

/// A request to register, whose password is hashed once however often it is answered.
pub struct Application {
    form: RegisterRequest,
    password_hash: OnceCell<PasswordHash>,
}

/// Who registers, checked.
pub struct Applicant {
    email: EmailAddress,
    profile: Profile,
    password: Password,
}

impl ReadAs<Application> for RegisterRequest {
    fn read(self) -> Result<Application, Problem> {
        Ok(Application { form: self, password_hash: OnceCell::new() })
    }
}

impl RegisterRequest {
    fn check(&self, business: &str) -> Result<Applicant, Problem> {
        let mut problems = FieldProblems::default();
        let name = problems.check("name", Text::parse(&self.name));
        let email = problems.check("email", EmailAddress::parse(&self.email));
        let personal = [self.name.as_str(), self.email.as_str(), business];
        let password = problems.check("password", Password::choose(self.password.clone(), &personal));
        let phone = problems.check_optional("phone", self.phone.as_deref().map(PhoneNumber::parse));
        let company = company(self.kind, self.company.as_ref(), &mut problems);
        let (Some(name), Some(email), Some(password), true) = (name, email, password, problems.is_empty()) else {
            return Err(problems.into_problem());
        };
        let Self { kind, language, promotional_mail, .. } = *self;
        Ok(Applicant { email, profile: Profile { kind, name, language, phone, promotional_mail, company }, password })
    }
}

fn company(kind: Kind, company: Option<&CompanyRequest>, problems: &mut FieldProblems) -> Option<Company> {
    let company = match (kind, company) {
        (Kind::Company, Some(company)) => company,
        (Kind::Company, None) => return problems.check("company", Err(Invalid::Required)),
        (Kind::Person, Some(_)) => return problems.check("company", Err(Invalid::OnlyForCompanies)),
        (Kind::Person, None) => return None,
    };
    let legal_name = problems.check("company.legalName", Text::parse(&company.legal_name));
    let contact_name = problems.check("company.contactName", Text::parse(&company.contact_name));
    let number = company.registration_number.as_deref().map(RegistrationNumber::parse);
    let registration_number = problems.check_optional("company.registrationNumber", number);
    let vat_number = problems.check_optional("company.vatNumber", company.vat_number.as_deref().map(VatNumber::parse));
    Some(Company { legal_name: legal_name?, contact_name: contact_name?, registration_number, vat_number })
}

async fn unopened(service: &Service, known: &Credential) -> Result<Option<Unopened>, Problem> {
    let Holder::Customer { customer_id } = known.holder else { return Ok(None) };
    let (account, customer) =
        service.store.get_all((Account::key_of(known.account_id), Customer::key_of(customer_id))).await?;
    Ok(account.zip(customer).map(|(account, customer)| Unopened { account, customer }))
}
