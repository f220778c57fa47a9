//! What hashing takes of memory: the second hash is given none, because the first one's is kept. A test program of its own, because it
//! counts what is allocated in the whole process.

use std::alloc::System;

use identity::{Password, hash_password, verify_password};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const MIB: usize = 1024 * 1024;

#[tokio::test]
async fn hashes_that_follow_one_another_share_their_memory() {
    let password = Password::choose("correct horse battery".into(), &[]).unwrap();
    let allocated = Region::new(ALLOCATOR);
    let hash = hash_password(&password).await;
    let first = allocated.change().bytes_allocated;
    assert!((19 * MIB..21 * MIB).contains(&first), "{first}");
    for _ in 0..4 {
        assert!(verify_password("correct horse battery".into(), Some(hash.clone())).await);
        assert!(!verify_password("correct horse battery".into(), None).await);
        hash_password(&password).await;
    }
    let all = allocated.change().bytes_allocated;
    assert!(all - first < MIB, "{all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hashes_beside_one_another_do_not_meet() {
    let hashes = (0..8).map(|number| {
        tokio::spawn(async move {
            let password = format!("correct horse {number} battery");
            let hash = hash_password(&Password::choose(password.clone(), &[]).unwrap()).await;
            assert!(verify_password(password, Some(hash.clone())).await);
            assert!(!verify_password("another horse".into(), Some(hash)).await);
        })
    });
    for hash in hashes.collect::<Vec<_>>() {
        hash.await.unwrap();
    }
}
