//! Whole pairs: read, planned for and driven, from any standing, whatever moves meanwhile and whoever was at them.
#![cfg(feature = "twin")]

mod back;
mod captures_of_pairs;
mod conditions;
mod drift;
mod glance;
#[path = "../pairs/mod.rs"]
mod pairs;
mod policy;
mod refusals;
mod rehearsals;
mod restart;
mod resume;
mod takeover;
mod upgrade;
