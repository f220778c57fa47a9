//! `POST /v1/customers/{id}/employees`: invites somebody to a company. Inviting again sends a new mail.
//!
//! The answer is the same whether the address has an account or not: whoever invites is a stranger to it. The company's own address
//! has to be proven: until then somebody else may prove it and take the record over, and must find nobody there.

use domain_accounts::{Attempt, CompanyRole, Credential, Holder};
use domain_customers::{Customer, Kind};
use domain_employees::Employee;
use runtime::{Problem, ProblemKind, Route, documented};
use serde::{Deserialize, Serialize};
use service::{Accepted, Body, Call, Endpoint, IdempotencyKey, LooksAfterEmployees, ReadAs, Service};
use utoipa::ToSchema;
use values::{CustomerId, EmailAddress, EmployeeId, Invalid, Language};

/// Invites an employee.
pub struct InviteEmployee;

/// The company, and who is there.
pub struct Found {
    company: Option<Customer>,
    /// What the invited address logs in with.
    known: Option<Credential>,
    employees: Vec<Employee>,
}

impl Endpoint for InviteEmployee {
    const NAME: &'static str = "invite_employee";
    const ROUTE: Route = Route::post("/v1/customers/{id}/employees");
    const SUMMARY: &'static str = "Invite an employee";
    const DESCRIPTION: &'static str = "For the login that registered the company, once its address is proven, and for its managers. \
                                       The invitation can be accepted for seven days. It cannot by somebody whose address has an \
                                       account already; the mail says so.";

    type Access = LooksAfterEmployees;
    type Input = (Body<InviteEmployeeRequest, Invitee>, IdempotencyKey);
    type Found = Found;
    type Output = Accepted<EmployeeInvited>;

    async fn find(service: &Service, id: &CustomerId, (invitee, _): &Self::Input) -> Result<Found, Problem> {
        let keys = (Customer::key_of(*id), Credential::key_of(&invitee.email));
        let (found, employees) =
            tokio::join!(service.store.get_all(keys), service.store.all_in(Customer::partition(*id)));
        let (company, known) = found?;
        Ok(Found { company, known, employees: employees? })
    }

    async fn answer(
        call: Call<Self::Access>,
        (invitee, _): &Self::Input,
        Found { company, known, employees }: Found,
    ) -> Result<Self::Output, Problem> {
        let company = company.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        if company.profile.kind != Kind::Company {
            return Err(Problem::field("id", Invalid::OnlyForCompanies));
        }
        if company.email_confirmed_at.is_none() {
            return Err(Problem::new(ProblemKind::EmailUnconfirmed));
        }
        if known.is_some_and(|known| works_at(&known, call.target)) {
            return Err(Problem::new(ProblemKind::AddressTaken));
        }
        let Invitee { email, role, language } = Invitee::clone(invitee);
        let source = Attempt::Source(call.request().source());
        call.count(&[source, Attempt::Invitation(call.target), Attempt::Mail(email.clone())]).await?;
        let (employee, decision) =
            domain_employees::invite(&company, &employees, email, role, language, &call.context());
        call.commit(decision, Accepted(EmployeeInvited { id: employee.id, next: "accept-invitation" })).await
    }
}

/// Whom to invite, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteEmployeeRequest {
    /// Where the invitation goes.
    #[schema(format = Email, max_length = 254, example = "charles@example.com")]
    pub email: String,
    /// What they may do.
    #[schema(value_type = documented::CompanyRole)]
    #[serde(deserialize_with = "CompanyRole::chosen")]
    pub role: CompanyRole,
    /// The language to write in.
    #[schema(value_type = documented::Language)]
    pub language: Language,
}

/// Whom to invite, checked.
#[derive(Clone)]
pub struct Invitee {
    email: EmailAddress,
    role: CompanyRole,
    language: Language,
}

impl ReadAs<Invitee> for InviteEmployeeRequest {
    fn read(self) -> Result<Invitee, Problem> {
        let email = EmailAddress::parse(&self.email).map_err(|invalid| Problem::field("email", invalid))?;
        Ok(Invitee { email, role: self.role, language: self.language })
    }
}

/// The mail is on its way.
#[derive(Serialize, ToSchema)]
pub struct EmployeeInvited {
    /// The employee to be.
    #[schema(value_type = String, example = "emp_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: EmployeeId,
    /// Always `accept-invitation`.
    next: &'static str,
}

fn works_at(known: &Credential, company: CustomerId) -> bool {
    matches!(known.holder, Holder::Employee { customer_id, .. } if customer_id == company)
}
