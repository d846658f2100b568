//! The sources and the README held to what is said of them.

#[cfg(all(feature = "ssh", feature = "twin"))]
mod autotraits;
mod layers;
mod readme;
mod readme_tables;
mod source_rules;
