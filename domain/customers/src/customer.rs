//! The customer record: who a person or company is to the business.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use decision::{Key, Record, Subject, versioned};
use values::{AccountId, CustomerId, EmailAddress, Language, PhoneNumber, RegistrationNumber, Text, VatNumber};

/// What sort of customer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Someone on their own behalf.
    Person,
    /// An organisation, with [`Company`] data.
    Company,
}

/// How far the relationship has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Has shown interest.
    Lead,
    /// Is being won.
    Prospect,
    /// Has bought.
    Customer,
}

/// What is known of a company besides its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Company {
    /// The name in the register of companies.
    pub legal_name: Text<200>,
    /// Its number there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_number: Option<RegistrationNumber>,
    /// Its number for value added tax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_number: Option<VatNumber>,
    /// The person to talk to.
    pub contact_name: Text<200>,
}

/// What customers say of themselves when they register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Person or company.
    pub kind: Kind,
    /// The name they go by.
    pub name: Text<200>,
    /// The language to write to them in.
    pub language: Language,
    /// Where to call them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// Whether they agreed to promotional mail.
    pub promotional_mail: bool,
    /// Given by companies only, and by all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Company>,
}

/// What the mail service reported about an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AddressTrouble {
    /// A mail came back for good.
    Bounced,
    /// The reader reported a mail as unwanted.
    Complained,
}

/// The record. It exists from the first registration on, so that nothing that happens has nowhere to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// The account that its registration opened.
    pub account_id: AccountId,
    /// The address given at registration.
    pub email: EmailAddress,
    /// When the address was proven to be theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_confirmed_at: Option<Timestamp>,
    /// What the mail service last reported about it, if that is bad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_trouble: Option<AddressTrouble>,
    /// Lead, prospect or customer.
    pub stage: Stage,
    /// What they said of themselves.
    #[serde(flatten)]
    pub profile: Profile,
    /// When the record began.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Record for Customer {
    const KIND: &'static str = "CUSTOMER";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.id)
    }

    versioned!();
}

impl Customer {
    /// Where a customer lies, with a company's employees.
    pub fn key_of(id: CustomerId) -> Key<Self> {
        Key::new(Self::partition(id), Self::KIND)
    }

    /// The partition of a customer.
    pub fn partition(id: CustomerId) -> String {
        format!("CUSTOMER#{id}")
    }

    /// Its history.
    pub fn subject(&self) -> Subject {
        Subject::customer(self.id)
    }
}
