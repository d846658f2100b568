//! The journal under fire: power lost at any call of the disk, a disk that fails or fills up, bits that
//! turn, a journal of another form. What is left is right, or refused with its reason; nothing is sent
//! on a guess.
#![cfg(feature = "twin")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test starts from is there, or the test has failed"
)]
#![expect(clippy::disallowed_methods, reason = "a test may lay a file down, and look at it")]

mod damage;
mod failing;
#[path = "../pairs/mod.rs"]
mod pairs;
mod platter;
mod power;
