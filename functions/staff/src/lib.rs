//! The people who work with customers: how they come in, what they may do, and how they are shut out.

mod accept_invitation;
mod change_permissions;
mod change_role;
mod create_role;
mod deactivate_staff;
mod delete_role;
mod get_notifications;
mod invite_administrator;
mod invite_staff;
mod invited;
mod list_roles;
mod list_staff;
mod member;
mod put_notifications;
mod reactivate_staff;
mod role;

// Pages ask this inside their own process.
pub use accept_invitation::AcceptInvitation;

service::area! {
    endpoints: [
        accept_invitation::AcceptInvitation,
        change_permissions::ChangePermissions,
        change_role::ChangeRole,
        create_role::CreateRole,
        deactivate_staff::DeactivateStaff,
        delete_role::DeleteRole,
        get_notifications::GetNotifications,
        invite_staff::InviteStaff,
        list_roles::ListRoles,
        list_staff::ListStaff,
        put_notifications::PutNotifications,
        reactivate_staff::ReactivateStaff,
    ],
    functions: [invite_administrator::FUNCTION],
}
