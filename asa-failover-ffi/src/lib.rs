//! The C ABI of asa-failover: handles and conversions only.
//!
//! What holds for every function, once:
//!
//! - **Status.** A function that can fail returns an [`asaf_status`](status::asaf_status). Results
//!   leave through the trailing `out` arguments: written on success only, but that an `out` for a
//!   handle is set to NULL first. Where the last argument is `error`, it may be NULL; else it takes a
//!   handle with the detail of a failure (message, line, span), or NULL.
//! - **Handles.** `_new`, `_parse`, `_from_json` and the like give a handle to the caller; its `_free`
//!   takes it back and ignores NULL. A handle is a number and no address: one that was freed, one of
//!   another kind and one that never was are each answered by `ASAF_STATUS_BAD_HANDLE`. Objects do not
//!   lean on each other: handles may be freed in any order.
//! - **Text in.** [`asaf_str`](text::asaf_str) is pointer and length, UTF-8, and copied where it is
//!   kept. NULL is allowed when the length is 0.
//! - **Text out** is lent: readable until the handle it came from is freed. It is not terminated.
//! - **Enums** leave by value, and come in as `uint32_t` and are checked.
//! - **Options** begin with `size`, which is set to the `sizeof` of the struct.
//! - **Threads.** Handles may be used from any thread, and lent texts read from any. What calls change
//!   (captures, goals, runs) answers a second thread with `ASAF_STATUS_BUSY` instead of waiting. A
//!   handle must not be freed while another thread reads texts lent by it.
//! - **Panics** do not cross: `ASAF_STATUS_PANIC` is a bug of ours. The library is built to unwind.
//!
//! What remains with the caller: pointers that are not NULL lead to memory of their type, as long as
//! their length says; texts are terminated where a function asks for that; callbacks return.
#![expect(non_camel_case_types, reason = "the names of the C ABI")]
#![expect(clippy::missing_safety_doc, reason = "the caller's contract is the same for all, and stands above")]

mod guard;
mod handle;
mod options;

pub mod version;

pub mod text;

pub mod status;

pub mod guideline;

pub mod verdict;

pub mod compat;

pub mod asdm;

pub mod model;

pub mod show;

pub mod fact;

pub mod standing;

pub mod transcript;

pub mod syslog;

pub mod pair;

pub mod goal;

pub mod policy;

pub mod findings;

pub mod plan;

pub mod fault;

pub mod rehearse;

pub mod outcome;

pub mod watch;

pub mod ssh;

pub mod run;

pub mod event;

pub mod action;
