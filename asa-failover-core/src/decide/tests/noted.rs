//! When the time of a wait is put on record: seldom, or a run would do nothing else, and in full.

use super::*;

/// What was waited for since it was last on record, once that is a minute, and then not for another minute.
#[test]
fn the_time_of_a_wait_is_on_record_once_a_minute() {
    let Scene { brief, mut memory, .. } = active_standby();
    let mut noted = |ms: u64| memory.wait(&brief, Awaited::Settled, Elapsed::from_millis(ms));
    for at in (0..60).map(|second| second * 1_000).chain([59_999]) {
        assert_eq!(noted(at), None, "{at} ms");
    }
    assert_eq!(noted(60_000), Some(60_000));
    for at in (60..120).map(|second| second * 1_000).chain([119_999]) {
        assert_eq!(noted(at), None, "{at} ms");
    }
    assert_eq!(noted(120_500), Some(60_500));
    assert_eq!(noted(120_500), None, "it is on record already");
}
