//! Mails about accounts that more than one area sends.

use decision::{Facts, Mail, Page};
use jiff::Timestamp;

/// Tells the owner of an account that someone tried to register its address.
#[derive(Debug, Clone, Copy)]
pub struct AlreadyRegistered {
    /// When that was.
    pub attempted_at: Timestamp,
}

impl Mail for AlreadyRegistered {
    const TEMPLATE: &'static str = "already-registered";

    fn facts(&self) -> Facts {
        Facts::default().moment("attempted", self.attempted_at)
    }

    fn page(&self) -> Option<Page> {
        Some(Page::LogIn)
    }
}

/// Tells that all sessions were ended, because somebody copied a token.
#[derive(Debug, Clone, Copy)]
pub struct SessionsEnded {
    /// When that was noticed.
    pub noticed_at: Timestamp,
}

impl Mail for SessionsEnded {
    const TEMPLATE: &'static str = "sessions-ended";

    fn facts(&self) -> Facts {
        Facts::default().moment("noticed", self.noticed_at)
    }

    fn page(&self) -> Option<Page> {
        Some(Page::ChangePassword)
    }
}
