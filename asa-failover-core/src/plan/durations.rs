//! How long a step takes, typically. Deadlines are the policy's; these are for reading a plan.
//!
//! Boot times by model are vendor forum lore without a stored source; the copy time was measured on
//! a 5525-X pair (82 MB by TFTP in 190 to 210 s).

use crate::command::Command;

/// Seconds from the reload of a unit to its login prompt.
fn boot_s(hardware: Option<&str>) -> u64 {
    match hardware.unwrap_or_default() {
        name if name.starts_with("ASAv") => 120,
        name if name.contains("5506") || name.contains("5508") || name.contains("5516") => 390,
        name if name.contains("5585") => 480,
        name if ["5505", "5510", "5520", "5540", "5550"].iter().any(|old| name.contains(old)) => 240,
        _ => 330,
    }
}

/// Seconds from the login prompt to Standby Ready, with a small configuration: 2 Cold Standby, 24
/// Sync Config, 16 Bulk Sync (Cisco 117906).
const SYNC_S: u64 = 42;

/// Seconds that a reload takes until the unit is Standby Ready again.
pub(super) fn reload_s(hardware: Option<&str>) -> u64 {
    boot_s(hardware) + SYNC_S
}

/// Seconds until the reply of a command.
pub(super) const fn reply_s(command: &Command) -> u64 {
    match command {
        Command::Copy { .. } => 210,
        Command::Verify { .. } => 30,
        Command::WriteMemory | Command::WriteMemoryAll => 5,
        _ => 1,
    }
}
