//! Figures of a policy that no run could keep to, or below what its guards were proven with.

use super::Findings;
use crate::goal::Policy;

/// Every wait of nothing ends in a halt before the device could answer; a re-read older than 5 s is none; and one good
/// reading may be the last that a dead unit leaves behind. `reply_s` and `connect_s` may be nothing: whoever drives without a
/// wire has its answers at once.
pub(super) fn figures(policy: &Policy, findings: &mut Findings<'_>) {
    let waits = [
        ("slow_read_s", policy.slow_read_s),
        ("staged_read_s", policy.staged_read_s),
        ("t_quiet_s", policy.t_quiet_s),
        ("ready_for_s", policy.ready_for_s),
        ("poll_s", policy.poll_s),
        ("boot_s", policy.boot_s),
        ("boot_with_module_s", policy.boot_with_module_s),
        ("sync_config_s", policy.sync_config_s),
        ("bulk_sync_s", policy.bulk_sync_s),
        ("module_s", policy.module_s),
        ("sync_s", policy.sync_s),
        ("copy_s", policy.copy_s),
        ("verify_s", policy.verify_s),
        ("save_s", policy.save_s),
        ("switch_s", policy.switch_s),
        ("silence_s", policy.silence_s),
        ("probe_s", policy.probe_s.unwrap_or(1)),
    ];
    let waits = waits.map(|(name, found)| (name, found, 1, u64::MAX));
    let others = [
        ("w_ms", policy.w_ms, 1, 5_000),
        ("ready_polls", u64::from(policy.ready_polls), 2, u64::MAX),
        ("caught_up_percent", policy.caught_up_percent, 0, 100),
    ];
    for (name, found, least, most) in waits.into_iter().chain(others) {
        if (least..=most).contains(&found) {
            continue;
        }
        let expected = match most {
            u64::MAX => format!("at least {least}"),
            _ => format!("{least} to {most}"),
        };
        findings.block("policy.figure", None, format!("{name}: expected {expected}, found {found}"), None);
    }
}
