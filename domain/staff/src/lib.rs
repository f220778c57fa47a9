//! The staff: invitations, members, roles.

pub mod events;
mod invitation;
mod member;
mod role;
mod roster;

pub use invitation::{
    AcceptRefused, Invitation, InvitationState, InviteRefused, InvitedAddress, Known, StaffInvitation,
};
pub use member::{MemberRefused, Staff};
pub use role::RoleRefused;
pub use roster::{Member, Roster, StaffRefused};

pub mod invitations {
    //! How staff come in: [`invite`], [`check`] and [`accept`].
    pub use crate::invitation::{LIFETIME, accept, check, invite};
}

pub mod members {
    //! What becomes of members of staff: [`change_role`], [`deactivate`], [`reactivate`] and [`choose_notifications`].
    pub use crate::member::{change_role, choose_notifications, deactivate, reactivate};
}

pub mod roles {
    //! Roles as administrators edit them: [`create`], [`change`] and [`delete`].
    pub use crate::role::{MOST, change, create, delete};
}
