//! What whole-screen tests stand on.

pub mod corpus;
pub mod emulator;
pub mod stage;
