//! The C ABI of asa-failover: handles and conversions only.
