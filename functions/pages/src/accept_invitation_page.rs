//! `/staff/accept-invitation?token=`: where the link of an invitation to the staff leads.

use runtime::{Function, Problem, Route};
use service::Need;
use staff::AcceptInvitation;

use crate::invitation::{self, Sentences};
use crate::reply::Reply;
use crate::site;
use crate::visit::Visit;

pub(crate) const FUNCTION: Function = Function {
    handler: "accept_invitation_page",
    routes: &[Route::any("/staff/accept-invitation")],
    build: |environment| site::page(environment, &[Need::TokenKeys, Need::BusinessName], accept_invitation_page),
};

async fn accept_invitation_page(visit: Visit) -> Result<Reply, Problem> {
    let sentences =
        Sentences { title: "accept-invitation", text: "accept-invitation-text", done: "invitation-accepted" };
    invitation::answer::<AcceptInvitation>(visit, sentences).await
}
