//! Links in mails.

use serde::{Deserialize, Serialize};
use values::{AccountId, AddressChangeId, CustomerId, EmployeeId, InvitationId, PasswordResetId, RegistrationId};

/// What a mailed link leads to. The link's token is derived from these ids and a key; it is stored nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum LinkTarget {
    /// Proves the address of a registration.
    ConfirmAddress {
        /// The customer.
        customer_id: CustomerId,
        /// The account.
        account_id: AccountId,
        /// The registration.
        registration_id: RegistrationId,
    },
    /// Accepts an invitation to the staff.
    AcceptInvitation {
        /// The account.
        account_id: AccountId,
        /// The invitation.
        invitation_id: InvitationId,
    },
    /// Accepts an invitation to a company.
    JoinCompany {
        /// The company.
        customer_id: CustomerId,
        /// The employee.
        employee_id: EmployeeId,
    },
    /// Sets another password.
    ResetPassword {
        /// The account.
        account_id: AccountId,
        /// The reset that was asked for.
        reset_id: PasswordResetId,
    },
    /// Makes another address the account's.
    ChangeAddress {
        /// The account.
        account_id: AccountId,
        /// The change that was asked for.
        change_id: AddressChangeId,
    },
}

/// A page that a mail leads to without a token: whoever follows the link shows there who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    /// Where one logs in.
    LogIn,
    /// Where one asks for a link that sets another password.
    ForgotPassword,
    /// Where somebody who is logged in changes the password.
    ChangePassword,
    /// Where staff see the registrations that wait for a decision.
    Registrations,
    /// A page that newer code wrote down. The mail is sent without a link to it.
    #[serde(other)]
    Unknown,
}
