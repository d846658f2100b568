//! What a unit says when it does not do what was typed, or not all of it.

use super::Text;

/// Captured; the caret stands under the first wrong word, prompt included.
pub(in super::super) const INVALID: Text =
    Text::sure("{0}^\nERROR: % Invalid input detected at '^' marker.\n");
/// Nowhere: a first word that no command has. Captures have the form with the caret for a known one.
pub(in super::super) const UNKNOWN: Text = Text::believed(
    "{0}^\nERROR: % Invalid input detected at '^' marker.\n",
    "ERROR: % Unrecognized command\n",
);
/// Captured.
pub(in super::super) const INCOMPLETE: Text = Text::sure("ERROR: % Incomplete command\n");
/// Nowhere; both forms are known from the family.
pub(in super::super) const AMBIGUOUS: Text = Text::believed(
    "{0}^\nERROR: % Ambiguous command at '^' marker.\n",
    "ERROR: % Ambiguous command:  \"{1}\"\n",
);
/// Captured on 9.1(3); another capture is without the head.
pub(in super::super) const REFUSED: Text =
    Text::believed("ERROR: Command authorization failed\n", "Command authorization failed\n");
/// Driver for the first three words; the others are nowhere.
pub(in super::super) const WRONG_SPACE: Text = Text::believed(
    "Command not valid in current execution space\n",
    "Command not valid here, change to the system execution space\n",
);
/// Captured.
pub(in super::super) const NO_CONTEXT: Text = Text::sure("ERROR: '{0}' is not valid\n");

/// Nowhere.
pub(in super::super) const BAD_PASSWORD: Text =
    Text::believed("Invalid password\n", "% Password is not right\n");
/// Nowhere.
pub(in super::super) const ACCESS_DENIED: Text = Text::believed("Access denied.\n", "% Bad passwords\n");
/// Nowhere.
pub(in super::super) const PASSWORDS_DIFFER: Text =
    Text::believed("Passwords do not match\n", "The two passwords differ. Try again.\n");

/// Guide, with the first line from a capture.
pub(in super::super) const STANDBY_WARNING: Text = Text::sure(
    "**** WARNING ****\n\tConfiguration Replication is NOT performed from Standby unit to Active unit.\n\
     \tConfigurations are no longer synchronized.\n",
);
/// Driver, which tries again after a second.
pub(in super::super) const COPY_IN_SYNC: Text = Text::sure("Command Ignored, configuration in progress\n");
/// Driver: a configuration line on the unit that receives a configuration.
pub(in super::super) const RECEIVES: Text = Text::sure("This unit is in syncing state\n");

/// Nowhere; that the line fails is in the guide.
pub(in super::super) const UNREACHABLE: Text = Text::believed(
    "ERROR: Failover exec: unable to communicate with mate\n",
    "Failover exec: no response from the other unit\n",
);
/// Nowhere; that `changeto`, `debug` and a second `failover exec` are not allowed is in the guide.
pub(in super::super) const NOT_FOR_MATE: Text = Text::believed(
    "ERROR: % Invalid input detected at '^' marker.\n",
    "ERROR: Failover exec: command is not supported\n",
);
/// Nowhere; that a command with a question must come with `/noconfirm` is in the guide.
pub(in super::super) const ASKS: Text = Text::believed(
    "ERROR: Failover exec: command requires user input\n",
    "Failover exec: command aborted, confirmation required\n",
);
/// Nowhere: a role command that is refused because the taker is not ready.
pub(in super::super) const NOT_READY: Text = Text::believed(
    "ERROR: the other unit is not ready\n",
    "Failover is not performed: peer has not reached Standby Ready\n",
);
/// Nowhere: `failover reload-standby` that is refused because the mate forwards.
pub(in super::super) const OWNS_A_GROUP: Text = Text::believed(
    "ERROR: the other unit is active for a failover group\n",
    "Reload of the peer is not performed: it is not standby for all groups\n",
);
/// Nowhere: a line that needs failover, where it is off.
pub(in super::super) const FAILOVER_IS_OFF: Text =
    Text::believed("ERROR: failover is not enabled\n", "Failover must be enabled\n");

/// Nowhere; a save without `[OK]` is one that failed.
pub(in super::super) const NO_SAVE: Text = Text::believed(
    "%Error opening disk0:/.private/startup-config (Read-only file system)\n",
    "%Error writing disk0:/.private/startup-config (I/O error)\n",
);
/// Nowhere.
pub(in super::super) const NO_RESYNC: Text =
    Text::believed("[FAILED]\n", "Peer did not accept the configuration\n");

/// Captured.
pub(in super::super) const NO_FILE: Text =
    Text::sure("%Error opening disk0:/{0} (No such file or directory)\n");
/// Nowhere.
pub(in super::super) const NOT_DELETED: Text = Text::believed(
    "%Error deleting disk0:/{0} (No such file or directory)\n",
    "%Error deleting disk0:/{0} (File not found)\n",
);
/// Family.
pub(in super::super) const NOT_READ: Text = Text::believed(
    "%Error reading disk0:/{0} (No such file or directory)\n",
    "%Error reading disk0:/{0} (I/O error)\n",
);
/// Family: the server does not answer.
pub(in super::super) const SERVER_SILENT: Text =
    Text::believed("%Error opening {0} (Timed out)\n", "%Error opening {0} (Host unreachable)\n");
/// Family: the server has no such file.
pub(in super::super) const SERVER_WITHOUT: Text = Text::believed(
    "%Error opening {0} (No such file or directory)\n",
    "%Error opening {0} (Undefined error)\n",
);
/// Family: the server ceases to send.
pub(in super::super) const SERVER_CEASED: Text =
    Text::believed("%Error reading {0} (Timed out)\n", "%Error reading {0} (Connection reset by peer)\n");
/// Nowhere: found before anything is written.
pub(in super::super) const NOT_ENOUGH_SPACE: Text = Text::believed(
    "%Error copying {0} (Not enough space on device)\n",
    "%Error copying {0} (Insufficient space)\n",
);
/// Nowhere: found on the way.
pub(in super::super) const NO_SPACE_LEFT: Text = Text::believed(
    "%Error writing disk0:/{0} (No space left on device)\n",
    "%Error writing disk0:/{0} (Disk full)\n",
);
/// Captured for the first three words.
pub(in super::super) const BAD_NAME: Text =
    Text::believed("%Error parsing filename (No such device)\n", "%Error parsing filename\n");
/// Captured: the hash of a file is not the one that was given.
pub(in super::super) const OTHER_HASH: Text = Text::sure("%Error verifying disk0:/{0}\n");

/// Captured; the entry is taken all the same.
pub(in super::super) const NO_SUCH_IMAGE: Text =
    Text::sure("WARNING: BOOT variable added, but unable to find disk0:/{0}\n");
/// Captured.
pub(in super::super) const CONVERTED: Text = Text::sure("INFO: Converting {0} to disk0:/{1}\n");
/// Nowhere; that there are four is in the guide.
pub(in super::super) const FOUR_ENTRIES: Text = Text::believed(
    "ERROR: only 4 boot system entries are allowed\n",
    "ERROR: maximum number of boot system commands reached\n",
);
/// Captured.
pub(in super::super) const NO_RELOAD: Text = Text::sure("No reload is scheduled.\n");
/// Nowhere: a role command on a unit that is what it asks for. Most believe that it says nothing.
pub(in super::super) const ALREADY: Text =
    Text::believed("ERROR: this unit has that role already\n", "Command ignored, the role does not change\n");
