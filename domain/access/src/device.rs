//! What becomes of a known device.

use decision::{Context, Decision, Guard, Record};
use domain_accounts::events::SessionEnded;
use domain_accounts::{Account, Device, DeviceNaming, Session};
use values::DeviceLabel;

use crate::events::{DeviceForgotten, DeviceNamed};

/// Gives a device a name, or takes it away.
pub fn name(device: &Device, account: &Account, name: Option<DeviceLabel>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if device.name != name {
        DeviceNaming { account_id: account.id, device_id: device.id, name }.note(&mut decision);
        let event = DeviceNamed { device_id: device.id };
        decision.events.push(context.event(account.subject(), event));
    }
    decision
}

/// So many sessions of a device are ended one by one; for more, all sessions of the account are.
const ENDED_ONE_BY_ONE: usize = 20;

/// Forgets a device and ends the account's `sessions` on it.
pub fn forget(device: &Device, account: &Account, sessions: &[Session], context: &Context) -> Decision {
    let mut decision = Decision::default();
    decision.delete(device.key(), Guard::Present);
    decision.events.push(context.event(account.subject(), DeviceForgotten { device_id: device.id }));
    let on_it: Vec<&Session> = sessions.iter().filter(|session| session.device_id == device.id).collect();
    if on_it.len() > ENDED_ONE_BY_ONE {
        let session_revision = account.session_revision + 1;
        decision.update(account, &Account { session_revision, ..account.clone() });
        return decision;
    }
    for session in on_it {
        decision.remove(session);
        let event = SessionEnded { session_id: session.id };
        decision.events.push(context.event(account.subject(), event));
    }
    decision
}
