//! `PATCH /v1/me`: changes what one says of oneself.

use domain_access::{ProfileChange, profiles};
use domain_accounts::Holder;
use domain_customers::Customer;
use runtime::{FieldProblems, Patch, Problem, Route, documented};
use serde::Deserialize;
use service::{Body, Call, Endpoint, IfMatch, LoggedIn, LookupOf, Service, Versioned};
use utoipa::ToSchema;
use values::{Invalid, Language, PhoneNumber, Text};

use crate::me::MeView;

/// Changes the profile.
pub struct ChangeProfile;

impl Endpoint for ChangeProfile {
    const NAME: &'static str = "change_profile";
    const ROUTE: Route = Route::patch("/v1/me");
    const SUMMARY: &'static str = "Change the profile";
    const DESCRIPTION: &'static str = "The version is that of `GET /v1/me`; any change of the profile makes another.";

    type Access = LoggedIn;
    type Input = (Body<ProfileRequest>, IfMatch);
    type Found = ();
    type Output = Versioned<MeView>;

    async fn find(_: &Service, _: &LookupOf<Self>, _: &Self::Input) -> Result<(), Problem> {
        Ok(())
    }

    async fn answer(call: Call<LoggedIn>, (profile, if_match): &Self::Input, (): ()) -> Result<Self::Output, Problem> {
        let account = &call.caller.account;
        let change = profile.change_of(&account.holder)?;
        if_match.check(account.version)?;
        let customer = match account.holder {
            Holder::Customer { customer_id } => call.store.get(Customer::key_of(customer_id)).await?,
            Holder::Employee { .. } | Holder::Staff { .. } => None,
        };
        let (changed, decision) = profiles::change(account, customer.as_ref(), change, &call.context());
        let version = changed.version;
        let body = MeView::new(changed, call.caller.permissions.clone());
        call.commit(decision, Versioned { version, body }).await
    }
}

/// What is to become different. What is not named stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfileRequest {
    /// The name to go by.
    #[schema(min_length = 1, max_length = 200, example = "Ada Lovelace")]
    pub name: Option<String>,
    /// The language to write in.
    #[schema(value_type = Option<documented::Language>)]
    pub language: Option<Language>,
    /// In international format; null takes it away. For customers only.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = r"^$|^(\+|00)[ ./()-]*[1-9]([ ./()-]*[0-9]){6,14}[ ./()-]*$", example = "+44 20 7946 0000")]
    pub phone: Patch<String>,
    /// Whether promotional mail is welcome. For customers only.
    pub promotional_mail: Option<bool>,
}

impl ProfileRequest {
    fn change_of(&self, holder: &Holder) -> Result<ProfileChange, Problem> {
        let mut problems = FieldProblems::default();
        let phone = self.phone.clone().change();
        let is_customer = matches!(holder, Holder::Customer { .. });
        let only_for_customers =
            |given: bool| if given && !is_customer { Err(Invalid::OnlyForCustomers) } else { Ok(()) };
        problems.check("phone", only_for_customers(phone.is_some()));
        problems.check("promotionalMail", only_for_customers(self.promotional_mail.is_some()));
        let name = problems.check_optional("name", self.name.as_deref().map(Text::parse));
        let phone = phone.map(|phone| {
            let given = phone.as_deref().filter(|phone| !phone.is_empty());
            problems.check_optional("phone", given.map(PhoneNumber::parse))
        });
        if !problems.is_empty() {
            return Err(problems.into_problem());
        }
        Ok(ProfileChange { name, language: self.language, phone, promotional_mail: self.promotional_mail })
    }
}
