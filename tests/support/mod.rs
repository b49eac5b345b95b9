//! What whole-screen tests stand on.
// Every test crate that stands on it uses another part of it.
#![allow(dead_code)]

pub mod corpus;
pub mod stage;
