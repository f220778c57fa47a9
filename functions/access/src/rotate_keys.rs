//! When the stack stands, and every few minutes: makes the keys that are missing or due, publishes the public ones and forgets the
//! oldest.

use aws::Aws;
use identity::rotate;
use jiff::Timestamp;
use runtime::{Environment, Error, Function, Handler, LambdaEvent};
use serde::Serialize;
use serde::de::IgnoredAny;
use store::KeyStore;

pub(crate) const FUNCTION: Function =
    Function { handler: "rotate_keys", routes: &[], build: |environment| Box::pin(build(environment)) };

/// What was done.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rotated {
    made: usize,
    forgotten: usize,
}

async fn build(environment: Environment) -> Result<Handler, Error> {
    let keys = KeyStore::new(Aws::new(&environment)?.dynamodb(), &environment)?;
    let clock = environment.clock;
    Ok(runtime::handler(move |_: LambdaEvent<IgnoredAny>| {
        let (keys, now) = (keys.clone(), clock.now());
        async move { run(&keys, now).await }
    }))
}

async fn run(keys: &KeyStore, now: Timestamp) -> Result<Rotated, Error> {
    let rotation = rotate(&keys.key_ring().await?, now);
    if rotation.is_needed()
        && let Err(error) = keys.commit(&rotation).await
    {
        if rotate(&keys.key_ring().await?, now).is_needed() {
            return Err(error.into());
        }
        tracing::info!("another run has rotated the keys meanwhile");
        return Ok(Rotated { made: 0, forgotten: 0 });
    }
    let made = usize::from(rotation.new_signing_key.is_some()) + usize::from(rotation.new_token_key.is_some());
    let forgotten = rotation.old_signing_keys.len() + rotation.old_token_keys.len();
    tracing::info!(made, forgotten, "keys rotated");
    Ok(Rotated { made, forgotten })
}
