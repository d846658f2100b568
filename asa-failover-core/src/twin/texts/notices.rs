//! What a unit prints without being asked, on every terminal.

use super::Text;

/// Captured: on the unit that sends its configuration.
pub(in super::super) const SENDS: Text =
    Text::sure("Beginning configuration replication: Sending to mate.\n");
/// Captured.
pub(in super::super) const SENT: Text = Text::sure("End Configuration Replication to mate\n");
/// Captured: on the unit that joins. Older images begin with `State check`.
pub(in super::super) const FOUND_MATE: Text =
    Text::believed("\tDetected an Active mate\n", "\tState check detected an Active mate\n");
/// Captured.
pub(in super::super) const TAKES: Text = Text::sure("Beginning configuration replication from mate.\n");
/// Captured.
pub(in super::super) const TAKEN: Text = Text::sure("End configuration replication from mate.\n");
/// Captured: on a unit that takes a configuration, which is none the worse for it.
pub(in super::super) const NO_CRASHINFO: Text =
    Text::sure("Crashinfo is NOT enabled on Full Distribution Environment\n");
/// Captured on ASAv in the same place.
pub(in super::super) const NO_RECOVERY: Text =
    Text::sure("ERROR: Password recovery was not changed, unable to access\nthe configuration register.\n");

/// Captured, and 103007: the mate runs another release with which a pair is possible.
pub(in super::super) const OTHER_RELEASE: Text = Text::sure(
    "************WARNING****WARNING****WARNING********************************\n\
     \x20  Mate version {0} is not identical with ours {1}\n\
     ************WARNING****WARNING****WARNING********************************\n",
);
/// 103006: one with which none is possible.
pub(in super::super) const STRANGE_RELEASE: Text =
    Text::sure("Mate version {0} is not compatible with ours {1}\n");
/// 105040.
pub(in super::super) const STRANGE_VERSION: Text = Text::sure("Mate failover version is not compatible.\n");
/// Captured, and 105045.
pub(in super::super) const STRANGE_LICENCE: Text = Text::sure(
    "Mate's license (3DES-AES Enabled) is not compatible with my license (3DES-AES Disabled). \
     Failover will be disabled.\n",
);
/// 105044.
pub(in super::super) const STRANGE_MODE: Text =
    Text::sure("Mate operational mode (Multi) is not compatible with my mode (Single).\n");
/// 105046.
pub(in super::super) const STRANGE_CHASSIS: Text = Text::sure("Mate has a different chassis\n");
/// 105047.
pub(in super::super) const STRANGE_CARD: Text =
    Text::sure("Mate has a SSM-4GE card in slot 1 which is different from my None\n");
/// 105048.
pub(in super::super) const STRANGE_MODULE: Text =
    Text::sure("Mate's service module (SFR) is different from mine (N/A).\n");

/// Captured.
pub(in super::super) const NOW_ACTIVE: Text = Text::sure("\tSwitching to Active\n");
/// Captured.
pub(in super::super) const NOW_STANDBY: Text = Text::sure("\tSwitching to Standby\n");
/// Nowhere: the failover link is back.
pub(in super::super) const LINK_IS_BACK: Text = Text::believed(
    "Failover LAN became OK\nSwitchover enabled\n",
    "Failover interface is up, failover is possible again\n",
);

/// Captured: on a unit that its mate reloads.
pub(in super::super) const DOWN_BY_MATE: Text = Text::sure(
    "\n\n***\n*** --- SHUTDOWN NOW ---\n***\n*** Message to all terminals:\n***\n***   requested by active unit\n",
);
/// Captured.
pub(in super::super) const DOWN: Text = Text::sure(
    "\n\n***\n*** --- START GRACEFUL SHUTDOWN ---\nShutting down isakmp\nShutting down webvpn\n\
     Shutting down sw-module\nShutting down License Controller\nShutting down File system\n\n\n\n\
     ***\n*** --- SHUTDOWN NOW ---\n",
);
/// Family: a reload at a later time.
pub(in super::super) const DOWN_LATER: Text = Text::sure("\n\n***\n*** --- SHUTDOWN in {0} ---\n***\n");
/// Family.
pub(in super::super) const DOWN_CANCELLED: Text = Text::sure("\n\n***\n*** --- SHUTDOWN ABORTED ---\n***\n");
/// Captured on a Firepower 2130: failover was on in its configuration and is off.
pub(in super::super) const STAYS_OFF: Text = Text::sure(", failover can not be enabled. \n");

/// Captured: nothing more comes.
pub(in super::super) const LOGOFF: Text = Text::sure("\nLogoff\n\n");
/// Captured.
pub(in super::super) const HELP: Text = Text::sure("Type help or '?' for a list of available commands.\n");
