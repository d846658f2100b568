//! The simulated pair: two units with virtual time that speak text as a device does.
