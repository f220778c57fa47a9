//! `POST /v1/employees/join`: somebody who was invited to a company chooses a name and a password.

use decision::LinkTarget;
use domain_accounts::Attempt;
use domain_employees::{Employee, EmployeeState, JoinRefused};
use runtime::{Problem, ProblemKind, Route};
use service::{Acceptance, AccountOpened, Anyone, Body, Call, Endpoint, IdempotencyKey, Json, Need, Service};

/// Joins a company.
pub struct JoinCompany;

impl Endpoint for JoinCompany {
    const NAME: &'static str = "join_company";
    const ROUTE: Route = Route::post("/v1/employees/join");
    const SUMMARY: &'static str = "Join a company";
    const DESCRIPTION: &'static str = "Works once per invitation, and not where the address has an account.";
    const NEEDS: &'static [Need] = &[Need::TokenKeys, Need::BusinessName];

    type Access = Anyone;
    type Input = (Body<Acceptance>, IdempotencyKey);
    type Found = Option<Employee>;
    type Output = Json<AccountOpened>;

    async fn find(service: &Service, (): &(), (acceptance, _): &Self::Input) -> Result<Option<Employee>, Problem> {
        let target = service.token_keys().await?.read_link(&acceptance.token);
        let Some(LinkTarget::JoinCompany { customer_id, employee_id }) = target else {
            return Err(Problem::new(ProblemKind::LinkInvalid));
        };
        Ok(service.store.get(Employee::key_of(customer_id, employee_id)).await?)
    }

    async fn answer(
        call: Call<Anyone>,
        (acceptance, _): &Self::Input,
        employee: Option<Employee>,
    ) -> Result<Self::Output, Problem> {
        let attempts = [Attempt::Source(call.request().source())];
        let email = match &employee {
            Some(Employee { state: EmployeeState::Invited { email, .. }, .. }) => Some(email),
            _ => None,
        };
        let (counted, login) = tokio::join!(call.count(&attempts), call.login_of(email));
        counted?;
        let Some(employee) = &employee else { return Err(Problem::new(ProblemKind::LinkExpired)) };
        let Some(email) = email else { return Err(refusal(JoinRefused::Used)) };
        let login = login?;
        let unproven = login.as_ref().map(|(credential, account)| (credential, account));
        let context = call.context();
        domain_employees::check(employee, unproven.map(|(credential, _)| credential), &context).map_err(refusal)?;
        let joining = acceptance.joining(email, &call.business_name().await?).await?;
        let decision = domain_employees::join(employee, unproven, joining, &context).map_err(refusal)?;
        let (committed, ()) =
            tokio::join!(call.commit(decision, Json(AccountOpened::default())), call.take_back(&attempts));
        committed
    }
}

fn refusal(refused: JoinRefused) -> Problem {
    Problem::new(match refused {
        JoinRefused::Used => ProblemKind::LinkUsed,
        JoinRefused::Expired => ProblemKind::LinkExpired,
        JoinRefused::Taken => ProblemKind::AddressTaken,
    })
}
