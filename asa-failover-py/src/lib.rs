//! The Python binding of asa-failover: handles and conversions only.
#![forbid(unsafe_code)]
