//! What the safety of the controller rests on, made checkable: see [`explore`].

pub mod explore;
