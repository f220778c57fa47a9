//! Clients that are made when they are first used.
//!
//! A client of the SDK reads the list of all regions of AWS and their endpoints when it is made. That is more work than all else that
//! a function does before it asks for its first event, so it is done after that, while the event is on its way, or never if the event
//! does not need it.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

/// A client that is made when it is first used. Clones share it.
pub struct Deferred<Client>(Arc<LazyLock<Client, Making<Client>>>);

type Making<Client> = Box<dyn FnOnce() -> Client + Send>;

impl<Client> Deferred<Client> {
    pub(crate) fn new(make: impl FnOnce() -> Client + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }
}

impl<Client> Deref for Deferred<Client> {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

impl<Client> Clone for Deferred<Client> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn is_made_once_and_not_before_it_is_used() {
        let made = Arc::new(AtomicU32::new(0));
        let count = made.clone();
        let deferred = Deferred::new(move || count.fetch_add(1, Ordering::Relaxed));
        let clone = deferred.clone();
        assert_eq!(made.load(Ordering::Relaxed), 0);
        assert_eq!((*deferred, *clone, *deferred), (0, 0, 0));
        assert_eq!(made.load(Ordering::Relaxed), 1);
    }
}
