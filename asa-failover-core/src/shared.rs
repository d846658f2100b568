//! `Shared`: what many hold and few change.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A value that is kept once however many hold it, up to where one of them changes it: a copy of it is a count, and who
/// changes it has one of its own from then on. It reads, compares and prints as the value it is.
///
/// ```
/// use asa_failover_core::shared::Shared;
///
/// let found: Shared<Vec<u8>> = vec![1, 2].into();
/// let mut changed = found.clone();
/// changed.push(3);
/// assert_eq!((found.len(), changed.len()), (2, 3));
/// ```
#[derive(Clone, Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Whoever asks for this changes the value: it is copied where others hold it.
impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T: Eq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || *self.0 == *other.0
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: Hash> Hash for Shared<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<I, T: FromIterator<I>> FromIterator<I> for Shared<T> {
    fn from_iter<C: IntoIterator<Item = I>>(items: C) -> Self {
        T::from_iter(items).into()
    }
}
