//! Release numbers: their order is total, and what is printed reads as what it was.

use std::cmp::Ordering;

use asa_failover_core::{AsaVersion, Train};
use proptest::prelude::*;

/// Small numbers collide often enough to tell an order by its last field.
fn any_version() -> impl Strategy<Value = AsaVersion> {
    let number = || prop_oneof![0_u16..4, any::<u16>()];
    (number(), number(), number(), number()).prop_map(|(a, b, c, d)| AsaVersion::new(a, b, c, d))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn the_order_is_total(a in any_version(), b in any_version(), c in any_version()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.partial_cmp(&b), Some(a.cmp(&b)));
        prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
        prop_assert_eq!(u8::from(a < b) + u8::from(a == b) + u8::from(b < a), 1);
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        let numbers = |version: AsaVersion| [version.major, version.minor, version.maintenance, version.interim];
        prop_assert_eq!(a.cmp(&b), numbers(a).cmp(&numbers(b)));
        // The order of trains is that of their releases.
        prop_assert!(a > b || a.train() <= b.train());
    }

    #[test]
    fn what_is_printed_reads_as_what_it_was(version in any_version()) {
        let AsaVersion { major, minor, maintenance, interim } = version;
        prop_assert_eq!(version.to_string().parse(), Ok(version));
        prop_assert_eq!(version.train().to_string().parse(), Ok(Train::new(major, minor)));
        prop_assert_eq!(format!("{version:>40}").trim().parse(), Ok(version));
        let of_documents = [
            format!("{major}.{minor}({maintenance}.{interim})"),
            format!("{major}.{minor}.{maintenance}.{interim}"),
            format!("{major}.{minor}({maintenance}){interim}"),
        ];
        for text in of_documents {
            prop_assert_eq!(text.parse(), Ok(version), "{}", text);
        }
        let json = serde_json::to_string(&version).unwrap();
        prop_assert_eq!(serde_json::from_str::<AsaVersion>(&json).unwrap(), version);
    }

    #[test]
    fn no_text_is_two_versions(text in "[0-9.()]{1,12}") {
        if let Ok(version) = text.parse::<AsaVersion>() {
            prop_assert_eq!(version.to_string().parse::<AsaVersion>(), Ok(version));
        }
    }
}
