//! Handles: numbers that no address has, each good for one object and never used again.
//!
//! A handle is never followed as a pointer. It is looked up in the table of what was handed out and
//! not freed, together with its kind. So a handle that was freed, one of another kind, and a pointer
//! from elsewhere are each told apart from a good one, whatever the caller did.

use std::any::Any;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::ptr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use crate::status::Failure;

/// The type that stands for a kind of handle in the header.
pub(crate) trait Handle: Sized {
    /// What it stands for.
    type Inner: Any + Send + Sync;
    /// Its name in messages: `asaf_plan`.
    const NAME: &'static str;
}

/// Makes a type of the header a kind of handle.
macro_rules! handle {
    ($name:ident, $inner:ty) => {
        impl $crate::handle::Handle for $name {
            type Inner = $inner;
            const NAME: &'static str = stringify!($name);
        }
    };
}
pub(crate) use handle;

/// The upper bits of every handle: no address of a program on a 64-bit machine begins so.
const MAGIC: usize = if usize::BITS == 64 { (0xA5AF << (usize::BITS / 2)) << 16 } else { 0 };

struct Table {
    last: usize,
    live: BTreeMap<usize, Entry>,
}

struct Entry {
    kind: &'static str,
    inner: Arc<dyn Any + Send + Sync>,
}

impl Entry {
    fn of_kind<H: Handle>(&self, argument: &str) -> Result<(), Failure> {
        if self.kind == H::NAME { Ok(()) } else { Err(Failure::wrong_handle(argument, H::NAME, self.kind)) }
    }
}

static TABLE: Mutex<Table> = Mutex::new(Table { last: MAGIC, live: BTreeMap::new() });

/// The table is whole even if a thread panicked with its lock: each change to it is one call.
fn table() -> MutexGuard<'static, Table> {
    TABLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts an object into the table and hands out its number.
pub(crate) fn give<T: Any + Send + Sync, H: Handle<Inner = T>>(inner: T) -> *mut H {
    let entry = Entry { kind: H::NAME, inner: Arc::new(inner) };
    let mut table = table();
    // One that wraps meets numbers in use; on 64 bits none ever does.
    loop {
        table.last = if table.last == usize::MAX { MAGIC + 1 } else { table.last + 1 };
        let number = table.last;
        if let Slot::Vacant(free) = table.live.entry(number) {
            free.insert(entry);
            return ptr::without_provenance_mut(number);
        }
    }
}

/// What a handle stands for.
pub(crate) fn borrow<H: Handle>(handle: *const H, argument: &'static str) -> Result<Arc<H::Inner>, Failure> {
    if handle.is_null() {
        return Err(Failure::null(argument));
    }
    let table = table();
    let entry = table.live.get(&handle.addr()).ok_or_else(|| Failure::stale(argument, H::NAME))?;
    entry.of_kind::<H>(argument)?;
    let wrong = |_| Failure::wrong_handle(argument, H::NAME, entry.kind);
    Arc::clone(&entry.inner).downcast().map_err(wrong)
}

/// Takes a handle back; NULL is nothing to take back. A call that uses the object now ends in peace.
pub(crate) fn release<H: Handle>(handle: *mut H) -> Result<(), Failure> {
    if handle.is_null() {
        return Ok(());
    }
    let mut table = table();
    let entry = match table.live.entry(handle.addr()) {
        Slot::Vacant(_) => return Err(Failure::stale("handle", H::NAME)),
        Slot::Occupied(slot) => {
            slot.get().of_kind::<H>("handle")?;
            slot.remove()
        }
    };
    // The lock is given back first: dropping an object may take its time.
    drop(table);
    drop(entry);
    Ok(())
}

/// How many handles are handed out.
pub(crate) fn live() -> usize {
    table().live.len()
}

/// An object that calls change: one call at a time.
pub(crate) fn exclusive<T>(inner: &Mutex<T>) -> Result<MutexGuard<'_, T>, Failure> {
    inner.try_lock().map_err(|why| match why {
        TryLockError::WouldBlock => Failure::busy(),
        TryLockError::Poisoned(_) => Failure::panicked(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::asaf_status;

    #[derive(Debug)]
    struct asaf_one;
    handle!(asaf_one, u8);
    #[derive(Debug)]
    struct asaf_other;
    handle!(asaf_other, Mutex<u8>);

    #[test]
    fn a_number_is_good_for_one_object_of_one_kind_until_it_is_freed() {
        let one: *mut asaf_one = give(7);
        assert_eq!(*borrow(one, "one").unwrap(), 7);
        let wrong = borrow(one.cast::<asaf_other>(), "other").unwrap_err();
        assert_eq!(wrong.message, "other: expected a handle of asaf_other, found one of asaf_one");
        release(one).unwrap();
        let next: *mut asaf_one = give(8);
        assert_ne!(one, next, "a number is not used again");
        let stale = borrow(one, "one").unwrap_err();
        assert_eq!(
            (stale.status, stale.message.as_str()),
            (asaf_status::BadHandle, "one: expected a handle of asaf_one, found none that is in use")
        );
        assert_eq!(release(one).unwrap_err().status, asaf_status::BadHandle);
        release(next).unwrap();
    }

    #[test]
    fn an_object_in_use_is_busy_not_waited_for() {
        let other: *mut asaf_other = give(Mutex::new(1));
        let inner = borrow(other, "other").unwrap();
        let held = exclusive(&inner).unwrap();
        assert_eq!(exclusive(&inner).unwrap_err().status, asaf_status::Busy);
        drop(held);
        release(other).unwrap();
    }
}
