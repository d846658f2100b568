//! The SSH host keys of the units. A unit has a number on the simulated pair; each number is a key.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use russh::MethodKind;
use russh::keys::PublicKey;
use russh::server::Config;

use super::{Era, client};

/// The keys that were shown so far, each with what it is served with.
pub(super) struct Keys {
    era: Era,
    methods: Vec<MethodKind>,
    shown: Mutex<BTreeMap<u32, (PublicKey, Arc<Config>)>>,
}

impl Keys {
    pub(super) fn new(era: Era, methods: Vec<MethodKind>) -> Self {
        Self { era, methods, shown: Mutex::default() }
    }

    /// The key of this number, and the configuration of a connection that shows it.
    pub(super) fn of(&self, number: u32) -> (PublicKey, Arc<Config>) {
        let mut shown = client::locked(&self.shown);
        let (key, config) = shown.entry(number).or_insert_with(|| {
            let key = self.era.host_key();
            (key.public_key().clone(), Arc::new(self.era.config(key, &self.methods)))
        });
        (key.clone(), Arc::clone(config))
    }
}
