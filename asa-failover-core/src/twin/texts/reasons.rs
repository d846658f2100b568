//! Why a standing changed, as `show failover history` and the log of a unit say it.

use super::Text;

/// Captured: a unit that boots.
pub(in super::super) const NO_ERROR: Text = Text::sure("No Error");
/// Captured in a pair with groups, for the same.
pub(in super::super) const STATE_CHECK: Text = Text::sure("Failover state check");
/// Captured.
pub(in super::super) const ACTIVE_MATE: Text = Text::sure("Detected an Active mate");
/// Captured.
pub(in super::super) const NOBODY_ACTIVE: Text = Text::sure("No Active unit found");
/// Captured: the unit on which the command was typed.
pub(in super::super) const BY_COMMAND: Text = Text::sure("Set by the config command");
/// Captured: its mate, which gives way.
pub(in super::super) const GIVES_WAY: Text = Text::sure("Other unit wants me Standby");
/// Captured: its mate, which takes over.
pub(in super::super) const TAKES_OVER: Text = Text::sure("Other unit wants me Active");
/// The log says the same in other words: 104001.
pub(in super::super) const WANTED_ACTIVE: Text =
    Text::believed("mate want me Active", "other unit set to active by CLI config command fail active");
/// Captured.
pub(in super::super) const NO_HELLO: Text = Text::sure("HELLO not heard from mate");
/// Cisco's own example of `write standby`; a newer text is longer.
pub(in super::super) const OTHER_CONFIG: Text =
    Text::believed("Configuration mismatch", "Configuration mismatch due to wr standby in active");
/// Nowhere: interfaces of the unit failed.
pub(in super::super) const INTERFACE: Text = Text::believed("Interface check", "Interface failure");
