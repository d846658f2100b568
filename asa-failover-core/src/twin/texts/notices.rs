//! What a unit prints without being asked, on every terminal.

use super::Text;

texts! {
    /// Captured: on the unit that sends its configuration.
    SENDS =
        Text::sure("Beginning configuration replication: Sending to mate.\n");
    /// Captured.
    SENT = Text::sure("End Configuration Replication to mate\n");
    /// Captured: on the unit that joins. Older images begin with `State check`.
    FOUND_MATE =
        Text::believed("\tDetected an Active mate\n", "\tState check detected an Active mate\n");
    /// Captured.
    TAKES = Text::sure("Beginning configuration replication from mate.\n");
    /// Captured.
    TAKEN = Text::sure("End configuration replication from mate.\n");
    /// Captured: on a unit that takes a configuration, which is none the worse for it.
    NO_CRASHINFO =
        Text::sure("Crashinfo is NOT enabled on Full Distribution Environment\n");
    /// Captured on ASAv in the same place.
    NO_RECOVERY =
        Text::sure("ERROR: Password recovery was not changed, unable to access\nthe configuration register.\n");

    /// Nowhere in these words: a data interface without a standby address, which waits for its mate for ever.
    NO_STANDBY_ADDRESS = Text::believed(
        "WARNING: Failover enabled but standby IP address is not configured for this interface.\n",
        "WARNING: interface has no standby address, it is not monitored\n",
    );

    /// Captured, and 103007: the mate runs another release with which a pair is possible.
    OTHER_RELEASE = Text::sure(
        "************WARNING****WARNING****WARNING********************************\n\
     \x20  Mate version {0} is not identical with ours {1}\n\
         ************WARNING****WARNING****WARNING********************************\n",
    );
    /// 103006: one with which none is possible.
    STRANGE_RELEASE =
        Text::sure("Mate version {0} is not compatible with ours {1}\n");
    /// 105040.
    STRANGE_VERSION = Text::sure("Mate failover version is not compatible.\n");
    /// Captured, and 105045.
    STRANGE_LICENCE = Text::sure(
        "Mate's license (3DES-AES Enabled) is not compatible with my license (3DES-AES Disabled). \
         Failover will be disabled.\n",
    );
    /// 105044.
    STRANGE_MODE =
        Text::sure("Mate operational mode (Multi) is not compatible with my mode (Single).\n");
    /// 105046.
    STRANGE_CHASSIS = Text::sure("Mate has a different chassis\n");
    /// 105047.
    STRANGE_CARD =
        Text::sure("Mate has a SSM-4GE card in slot 1 which is different from my None\n");
    /// 105048.
    STRANGE_MODULE =
        Text::sure("Mate's service module (SFR) is different from mine (N/A).\n");

    /// Captured.
    NOW_ACTIVE = Text::sure("\tSwitching to Active\n");
    /// Captured.
    NOW_STANDBY = Text::sure("\tSwitching to Standby\n");
    /// Nowhere: the failover link is back.
    LINK_IS_BACK = Text::believed(
        "Failover LAN became OK\nSwitchover enabled\n",
        "Failover interface is up, failover is possible again\n",
    );

    /// Captured: on a unit that its mate reloads.
    DOWN_BY_MATE = Text::sure(
        "\n\n***\n*** --- SHUTDOWN NOW ---\n***\n*** Message to all terminals:\n***\n***   requested by active unit\n",
    );
    /// Captured.
    DOWN = Text::sure(
        "\n\n***\n*** --- START GRACEFUL SHUTDOWN ---\nShutting down isakmp\nShutting down webvpn\n\
         Shutting down sw-module\nShutting down License Controller\nShutting down File system\n\n\n\n\
         ***\n*** --- SHUTDOWN NOW ---\n",
    );
    /// Family: a reload at a later time.
    DOWN_LATER = Text::sure("\n\n***\n*** --- SHUTDOWN in {0} ---\n***\n");
    /// Family.
    DOWN_CANCELLED = Text::sure("\n\n***\n*** --- SHUTDOWN ABORTED ---\n***\n");
    /// Captured on a Firepower 2130: failover was on in its configuration and is off.
    STAYS_OFF = Text::sure(", failover can not be enabled. \n");

    /// Nowhere, in the prompt: the unit has no role yet.
    NEGOTIATES = Text::believed("nego", "negotiation");
    /// Captured: nothing more comes.
    LOGOFF = Text::sure("\nLogoff\n\n");
    /// Captured.
    HELP = Text::sure("Type help or '?' for a list of available commands.\n");
}
