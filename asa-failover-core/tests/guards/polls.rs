//! I7: which look at a calm pair counts, to the moment.

use asa_failover_core::elapsed::Elapsed;

use super::pairs::situation::before_switch;

/// The look that makes a calm long enough counts once, be it no poll after the last one that counted. Looks
/// behind it have to be a poll apart again: two moments prove no more than one.
#[test]
fn a_calm_is_made_long_enough_by_one_look() {
    let mut situation = before_switch();
    let calm = situation.memory.calm.as_mut().unwrap();
    (calm.since, calm.last, calm.polls) = (Elapsed::from_secs(33), Elapsed::from_secs(60), 6);
    for (look_s, last_s, polls) in [(62, 60, 6), (63, 63, 7), (64, 63, 7), (67, 63, 7), (68, 68, 8)] {
        situation.now = Elapsed::from_secs(look_s);
        for unit in &mut situation.observed {
            unit.sight.as_mut().unwrap().at = situation.now;
        }
        situation.memory.saw(&situation.brief, &situation.observed, situation.now);
        let calm = situation.memory.calm.unwrap();
        assert_eq!((calm.last, calm.polls), (Elapsed::from_secs(last_s), polls), "{look_s} s");
    }
}
