//! Different values, each by its number.

use std::hash::{BuildHasher, Hash};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// Values in the order they were met in, in as few bytes beside them as it takes to find them.
#[derive(Debug)]
pub(super) struct Pool<T> {
    values: Vec<T>,
    table: HashTable<u32>,
}

impl<T> Pool<T> {
    pub(super) fn new() -> Self {
        Self { values: Vec::new(), table: HashTable::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }

    pub(super) fn get(&self, number: u32) -> &T {
        self.values.get(number as usize).unwrap_or_else(|| unreachable!("numbers are given out here"))
    }
}

impl<T: Clone + Eq + Hash> Pool<T> {
    /// The number of a value that is likely to be the one of this number.
    pub(super) fn number_near(&mut self, likely: u32, value: &T) -> u32 {
        if self.values.get(likely as usize) == Some(value) { likely } else { self.number(value) }
    }

    /// The number of a value, a new one where it was not met before.
    pub(super) fn number(&mut self, value: &T) -> u32 {
        let new = u32::try_from(self.values.len()).unwrap_or_else(|_| unreachable!("memory ends before"));
        let values = &self.values;
        let hash = |value: &T| FxBuildHasher.hash_one(value);
        let known = |at: &u32| values.get(*at as usize);
        let entry =
            self.table.entry(hash(value), |at| known(at) == Some(value), |at| known(at).map_or(0, hash));
        let number = *entry.or_insert(new).get();
        if number == new {
            self.values.push(value.clone());
        }
        number
    }
}
