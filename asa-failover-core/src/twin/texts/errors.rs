//! What a unit says when it does not do what was typed, or not all of it.

use super::Text;

texts! {
    /// Captured; the caret stands under the first wrong word, prompt included.
    INVALID =
        Text::sure("{0}^\nERROR: % Invalid input detected at '^' marker.\n");
    /// Nowhere: a first word that no command has. Captures have the form with the caret for a known one.
    UNKNOWN = Text::believed(
        "{0}^\nERROR: % Invalid input detected at '^' marker.\n",
        "ERROR: % Unrecognized command\n",
    );
    /// Nowhere: `?` where nothing fits.
    NO_HELP = Text::believed("ERROR: % Unrecognized command\n", "% There is no help for this line\n");
    /// Captured.
    INCOMPLETE = Text::sure("ERROR: % Incomplete command\n");
    /// Nowhere; both forms are known from the family.
    AMBIGUOUS = Text::believed(
        "{0}^\nERROR: % Ambiguous command at '^' marker.\n",
        "ERROR: % Ambiguous command:  \"{1}\"\n",
    );
    /// Captured on 9.1(3); another capture is without the head.
    REFUSED =
        Text::believed("ERROR: Command authorization failed\n", "Command authorization failed\n");
    /// Driver for the first three words; the others are nowhere.
    WRONG_SPACE = Text::believed(
        "Command not valid in current execution space\n",
        "Command not valid here, change to the system execution space\n",
    );
    /// Captured.
    NO_CONTEXT = Text::sure("ERROR: '{0}' is not valid\n");

    /// Nowhere.
    BAD_PASSWORD =
        Text::believed("Invalid password\n", "% Password is not right\n");
    /// Nowhere.
    ACCESS_DENIED = Text::believed("Access denied.\n", "% Bad passwords\n");
    /// Nowhere.
    PASSWORDS_DIFFER =
        Text::believed("Passwords do not match\n", "The two passwords differ. Try again.\n");

    /// Guide, with the first line from a capture.
    STANDBY_WARNING = Text::sure(
        "**** WARNING ****\n\tConfiguration Replication is NOT performed from Standby unit to Active unit.\n\
     \tConfigurations are no longer synchronized.\n",
    );
    /// Driver, which tries again after a second.
    COPY_IN_SYNC = Text::sure("Command Ignored, configuration in progress\n");
    /// Driver, which tries again up to ten times: `config-url`.
    URL_IN_SYNC = Text::sure("Command Failed. Configuration in progress...\n");
    /// Driver: a configuration line on the unit that receives a configuration.
    RECEIVES = Text::sure("This unit is in syncing state\n");

    /// Nowhere; that the line fails is in the guide.
    UNREACHABLE = Text::believed(
        "ERROR: Failover exec: unable to communicate with mate\n",
        "Failover exec: no response from the other unit\n",
    );
    /// Nowhere; that `changeto`, `debug` and a second `failover exec` are not allowed is in the guide.
    NOT_FOR_MATE = Text::believed(
        "ERROR: % Invalid input detected at '^' marker.\n",
        "ERROR: Failover exec: command is not supported\n",
    );
    /// Nowhere; that a command with a question must come with `/noconfirm` is in the guide.
    ASKS = Text::believed(
        "ERROR: Failover exec: command requires user input\n",
        "Failover exec: command aborted, confirmation required\n",
    );
    /// Nowhere: a role command that is refused because the taker is not ready.
    NOT_READY = Text::believed(
        "ERROR: the other unit is not ready\n",
        "Failover is not performed: peer has not reached Standby Ready\n",
    );
    /// Nowhere: `failover reload-standby` that is refused because the mate forwards.
    OWNS_A_GROUP = Text::believed(
        "ERROR: the other unit is active for a failover group\n",
        "Reload of the peer is not performed: it is not standby for all groups\n",
    );
    /// Nowhere: a line that needs failover, where it is off.
    FAILOVER_IS_OFF =
        Text::believed("ERROR: failover is not enabled\n", "Failover must be enabled\n");

    /// Nowhere: `failover` where no failover link is configured.
    NO_LINK = Text::believed(
        "ERROR: failover LAN interface is not configured\n",
        "Failover LAN interface must be configured first\n",
    );
    /// Captured.
    NO_OBJECT_GROUP = Text::sure("Removing object-group ({0}) failed; it does not exist\n");

    /// Nowhere; a save without `[OK]` is one that failed.
    NO_SAVE = Text::believed(
        "%Error opening disk0:/.private/startup-config (Read-only file system)\n",
        "%Error writing disk0:/.private/startup-config (I/O error)\n",
    );
    /// Nowhere.
    NO_RESYNC =
        Text::believed("[FAILED]\n", "Peer did not accept the configuration\n");

    /// Captured.
    NO_FILE =
        Text::sure("%Error opening disk0:/{0} (No such file or directory)\n");
    /// Nowhere.
    NOT_DELETED = Text::believed(
        "%Error deleting disk0:/{0} (No such file or directory)\n",
        "%Error deleting disk0:/{0} (File not found)\n",
    );
    /// Family.
    NOT_READ = Text::believed(
        "%Error reading disk0:/{0} (No such file or directory)\n",
        "%Error reading disk0:/{0} (I/O error)\n",
    );
    /// Family: the server does not answer.
    SERVER_SILENT =
        Text::believed("%Error opening {0} (Timed out)\n", "%Error opening {0} (Host unreachable)\n");
    /// Family: the server has no such file.
    SERVER_WITHOUT = Text::believed(
        "%Error opening {0} (No such file or directory)\n",
        "%Error opening {0} (Undefined error)\n",
    );
    /// Family: the server ceases to send.
    SERVER_CEASED =
        Text::believed("%Error reading {0} (Timed out)\n", "%Error reading {0} (Connection reset by peer)\n");
    /// Nowhere: found before anything is written.
    NOT_ENOUGH_SPACE = Text::believed(
        "%Error copying {0} (Not enough space on device)\n",
        "%Error copying {0} (Insufficient space)\n",
    );
    /// Nowhere: found on the way.
    NO_SPACE_LEFT = Text::believed(
        "%Error writing disk0:/{0} (No space left on device)\n",
        "%Error writing disk0:/{0} (Disk full)\n",
    );
    /// Captured for the first three words.
    BAD_NAME =
        Text::believed("%Error parsing filename (No such device)\n", "%Error parsing filename\n");
    /// Captured: the hash of a file is not the one that was given.
    OTHER_HASH = Text::sure("%Error verifying disk0:/{0}\n");

    /// Captured; the entry is taken all the same.
    NO_SUCH_IMAGE =
        Text::sure("WARNING: BOOT variable added, but unable to find disk0:/{0}\n");
    /// Captured.
    CONVERTED = Text::sure("INFO: Converting {0} to disk0:/{1}\n");
    /// Nowhere; that there are four is in the guide.
    FOUR_ENTRIES = Text::believed(
        "ERROR: only 4 boot system entries are allowed\n",
        "ERROR: maximum number of boot system commands reached\n",
    );
    /// Captured.
    NO_RELOAD = Text::sure("No reload is scheduled.\n");
    /// Nowhere: a role command on a unit that is what it asks for. Most believe that it says nothing.
    ALREADY =
        Text::believed("ERROR: this unit has that role already\n", "Command ignored, the role does not change\n");
}
