//! How any settings change.

use decision::{Context, Decision, Record, changes_between};
use serde::Serialize;

use crate::SettingsName;
use crate::events::SettingsChanged;

impl SettingsName {
    /// Puts other settings in force, with what differs in their history; nothing if nothing does. Each state is the record and what it
    /// says.
    pub(crate) fn change<R: Record, Said: Serialize>(
        self,
        before: (&R, &Said),
        after: (&R, &Said),
        context: &Context,
    ) -> Decision {
        let mut decision = Decision::default();
        let changes = changes_between(before.1, after.1);
        if !changes.is_empty() {
            decision.save(before.0, after.0);
            let changed = SettingsChanged { name: self, version: before.0.version() + 1, changes };
            decision.events.push(context.event(self.subject(), changed));
        }
        decision
    }
}
