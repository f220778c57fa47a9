//! Who may call what: the one place where a request is authorised.
//!
//! An endpoint names its kind of access as a type, so none can be written without one. A kind says who gets in and what the path
//! names; [`crate::Endpoint`] says when it is asked. To those who are not let in, what they may not even see does not exist.

use std::marker::PhantomData;

use decision::Actor;
use domain_accounts::{Holder, Permission, looks_after_employees, sees};
use runtime::{Problem, ProblemKind};
use values::{AccountId, CustomerId, EmployeeId};

use crate::Caller;
use crate::target::{NamesCustomer, Target};

/// A kind of access: who may call, and what their path names.
pub trait Access: Send + Sync + 'static {
    /// What the path names.
    type Target: Target;
    /// Who calls.
    type Caller: Calling;
    /// What [`Endpoint::find`](crate::Endpoint::find) finds things by: what the path names, and where it lies in the caller's own
    /// account, that account.
    type Lookup: Send + Sync;
    /// What those are told who are logged in and not let in, for the OpenAPI document.
    const REFUSAL: Option<&'static str>;

    /// Passes whoever may call. `target` is none if the path names nothing that can be there.
    ///
    /// # Errors
    /// [`ProblemKind::Forbidden`], or [`ProblemKind::NotFound`] where the caller may not even see what the path names.
    fn admit(caller: &Self::Caller, target: Option<&Self::Target>) -> Result<(), Problem>;

    /// What to find things by. `account` is the one that the access token names.
    ///
    /// # Errors
    /// [`ProblemKind::Unauthenticated`] if the account is part of it and there is none.
    fn lookup(account: Option<AccountId>, target: &Self::Target) -> Result<Self::Lookup, Problem>;
}

/// Everybody, logged in or not.
pub struct Anyone<T = ()>(PhantomData<T>);

/// Whoever is logged in. What the path names is looked for in their own account.
pub struct LoggedIn<T = ()>(PhantomData<T>);

/// Whoever may see the customer that the path names: the customer, its employees, and staff who see customers.
pub struct OfCustomer<T = CustomerId>(PhantomData<T>);

/// Whoever may say who else sees the company that the path names: the one who registered it, and its managers.
pub struct LooksAfterEmployees<T = CustomerId>(PhantomData<T>);

/// Whoever may remove the employee that the path names: those who look after the company's employees, and the employee, who leaves.
pub struct RemovesEmployee;

/// Staff whose role includes the permission `P`, one of [`permission`].
pub struct Staff<P, T = ()>(PhantomData<(P, T)>);

/// Whoever is on the staff, with any role.
pub struct AnyStaff<T = ()>(PhantomData<T>);

impl<T: Target> Access for Anyone<T> {
    type Target = T;
    type Caller = Visitor;
    type Lookup = T;
    const REFUSAL: Option<&'static str> = None;

    fn admit(_: &Visitor, _: Option<&T>) -> Result<(), Problem> {
        Ok(())
    }

    fn lookup(_: Option<AccountId>, target: &T) -> Result<T, Problem> {
        Ok(target.clone())
    }
}

impl<T: Target> Access for LoggedIn<T> {
    type Target = T;
    type Caller = Caller;
    type Lookup = (AccountId, T);
    const REFUSAL: Option<&'static str> = None;

    fn admit(_: &Caller, _: Option<&T>) -> Result<(), Problem> {
        Ok(())
    }

    fn lookup(account: Option<AccountId>, target: &T) -> Result<Self::Lookup, Problem> {
        let account = account.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))?;
        Ok((account, target.clone()))
    }
}

impl<T: Target + NamesCustomer> Access for OfCustomer<T> {
    type Target = T;
    type Caller = Caller;
    type Lookup = T;
    const REFUSAL: Option<&'static str> = None;

    fn admit(caller: &Caller, target: Option<&T>) -> Result<(), Problem> {
        let target = target.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        caller.must_see(target.customer())
    }

    fn lookup(_: Option<AccountId>, target: &T) -> Result<T, Problem> {
        Ok(target.clone())
    }
}

impl<T: Target + NamesCustomer> Access for LooksAfterEmployees<T> {
    type Target = T;
    type Caller = Caller;
    type Lookup = T;
    const REFUSAL: Option<&'static str> = Some("not allowed");

    fn admit(caller: &Caller, target: Option<&T>) -> Result<(), Problem> {
        let target = target.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        caller.must_look_after_employees(target.customer())
    }

    fn lookup(_: Option<AccountId>, target: &T) -> Result<T, Problem> {
        Ok(target.clone())
    }
}

impl Access for RemovesEmployee {
    type Target = (CustomerId, EmployeeId);
    type Caller = Caller;
    type Lookup = Self::Target;
    const REFUSAL: Option<&'static str> = Some("not allowed");

    fn admit(caller: &Caller, target: Option<&Self::Target>) -> Result<(), Problem> {
        let (company, employee) = *target.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        match caller.account.holder {
            Holder::Employee { employee_id, .. } if employee_id == employee => caller.must_see(company),
            _ => caller.must_look_after_employees(company),
        }
    }

    fn lookup(_: Option<AccountId>, target: &Self::Target) -> Result<Self::Lookup, Problem> {
        Ok(*target)
    }
}

impl<P: permission::Permitted, T: Target> Access for Staff<P, T> {
    type Target = T;
    type Caller = Caller;
    type Lookup = T;
    const REFUSAL: Option<&'static str> = Some("not allowed");

    fn admit(caller: &Caller, _: Option<&T>) -> Result<(), Problem> {
        caller.must_be_permitted(P::PERMISSION)
    }

    fn lookup(_: Option<AccountId>, target: &T) -> Result<T, Problem> {
        Ok(target.clone())
    }
}

impl<T: Target> Access for AnyStaff<T> {
    type Target = T;
    type Caller = Caller;
    type Lookup = T;
    const REFUSAL: Option<&'static str> = Some("not staff");

    fn admit(caller: &Caller, _: Option<&T>) -> Result<(), Problem> {
        match caller.account.holder {
            Holder::Staff { .. } => Ok(()),
            Holder::Customer { .. } | Holder::Employee { .. } => Err(Problem::new(ProblemKind::Forbidden)),
        }
    }

    fn lookup(_: Option<AccountId>, target: &T) -> Result<T, Problem> {
        Ok(target.clone())
    }
}

/// The permissions of staff as types, for [`Staff`].
pub mod permission {
    use super::Permission;

    /// A permission as a type.
    pub trait Permitted: Send + Sync + 'static {
        /// The permission.
        const PERMISSION: Permission;
    }

    macro_rules! permissions {
        ($($name:ident),* $(,)?) => {$(
            #[doc = concat!("[`Permission::", stringify!($name), "`]")]
            pub struct $name;

            impl Permitted for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )*};
    }

    permissions!(SeeCustomers, DecideRegistrations, BlockAccounts, ManageSettings, ManageStaff);
}

impl Caller {
    /// Passes if the caller may see the customer. Otherwise there is no such customer for them.
    ///
    /// # Errors
    /// [`ProblemKind::NotFound`]
    pub fn must_see(&self, customer: CustomerId) -> Result<(), Problem> {
        let sees = sees(&self.account, &self.permissions, customer);
        if sees { Ok(()) } else { Err(Problem::new(ProblemKind::NotFound)) }
    }

    /// Passes if the caller may say who else sees the company.
    ///
    /// # Errors
    /// [`ProblemKind::Forbidden`] for those who see it, [`ProblemKind::NotFound`] for all others.
    pub fn must_look_after_employees(&self, company: CustomerId) -> Result<(), Problem> {
        self.must_see(company)?;
        if looks_after_employees(&self.account, company) { Ok(()) } else { Err(Problem::new(ProblemKind::Forbidden)) }
    }

    /// Passes if the caller is staff whose role includes it.
    ///
    /// # Errors
    /// [`ProblemKind::Forbidden`]
    pub fn must_be_permitted(&self, permission: Permission) -> Result<(), Problem> {
        if self.permissions.contains(&permission) { Ok(()) } else { Err(Problem::new(ProblemKind::Forbidden)) }
    }
}

/// Nobody in particular.
#[derive(Debug, Clone, Copy)]
pub struct Visitor;

/// Who can call: a [`Caller`], who is logged in, or any [`Visitor`].
pub trait Calling: Sized + Send + Sync + 'static {
    /// Whether they have to be logged in.
    const IS_LOGGED_IN: bool;

    /// Who calls, given who is logged in.
    ///
    /// # Errors
    /// [`ProblemKind::Unauthenticated`] if somebody has to be and nobody is.
    fn of(caller: Option<Caller>) -> Result<Self, Problem>;

    /// Who acts, for the history.
    fn actor(&self) -> Actor;
}

impl Calling for Caller {
    const IS_LOGGED_IN: bool = true;

    fn of(caller: Option<Caller>) -> Result<Self, Problem> {
        caller.ok_or_else(|| Problem::new(ProblemKind::Unauthenticated))
    }

    fn actor(&self) -> Actor {
        self.account.actor()
    }
}

impl Calling for Visitor {
    const IS_LOGGED_IN: bool = false;

    fn of(_: Option<Caller>) -> Result<Self, Problem> {
        Ok(Self)
    }

    fn actor(&self) -> Actor {
        Actor::Visitor
    }
}
