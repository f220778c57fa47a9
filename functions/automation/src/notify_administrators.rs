//! Tells administrators of registrations that wait for them or are complete. Invoked by the rule on `account.opened` and
//! `registration.approval-requested`.
//!
//! Each is told in a transaction of its own, with a run of its own: whoever joins while an event is handed over again is told
//! once, and so is everybody else.

use std::sync::Arc;

use aws_lambda_events::event::eventbridge::EventBridgeEvent;
use decision::{Event, Record};
use domain_accounts::{Account, Roles, STAFF};
use domain_automation::{Automation, Run, notify_administrator};
use domain_customers::Customer;
use runtime::{Error, Function, LambdaEvent};
use service::Service;
use store::{CommitError, ListPage, ListPlace, retry_on_conflict};
use tracing::Instrument;

use crate::answering::Occasion;

pub(crate) const FUNCTION: Function = Function {
    handler: "notify_administrators",
    routes: &[],
    build: |environment| service::consumer(environment, &[], notify_administrators),
};

const PAGE: u32 = 100;

async fn notify_administrators(
    service: Arc<Service>,
    event: LambdaEvent<EventBridgeEvent<Event>>,
) -> Result<(), Error> {
    let Some(occasion) = Occasion::new(event) else { return Ok(()) };
    Ok(tell_all(&service, &occasion).instrument(occasion.span.clone()).await?)
}

async fn tell_all(service: &Service, occasion: &Occasion) -> Result<(), CommitError> {
    let found = service.store.get_all((Customer::key_of(occasion.customer_id), Roles::key_of_all())).await?;
    let (Some(customer), roles) = found else { return Ok(()) };
    let roles = roles.unwrap_or_default();
    let mut after: Option<ListPlace> = None;
    loop {
        let page: ListPage<Account> = service.store.list(&[STAFF], after.as_ref(), PAGE).await?;
        for administrator in page.records {
            tell(service, occasion, &customer, (&administrator, &roles)).await?;
        }
        let Some(next) = page.next else { return Ok(()) };
        after = Some(next);
    }
}

async fn tell(
    service: &Service,
    occasion: &Occasion,
    customer: &Customer,
    (administrator, roles): (&Account, &Roles),
) -> Result<(), CommitError> {
    let context = occasion.context(service, Automation::NotifyAdministrators);
    let permissions = administrator.permissions(roles);
    let decision = notify_administrator(&occasion.event, customer, administrator, &permissions, &context);
    if decision.is_empty() {
        return Ok(());
    }
    let run = Run::of(Automation::NotifyAdministrators, &occasion.event, Some(administrator.id), &context);
    retry_on_conflict(async || match service.store.get(run.key()).await? {
        Some(_) => Ok(()),
        None => service.store.commit(decision.clone()).await,
    })
    .await
}
