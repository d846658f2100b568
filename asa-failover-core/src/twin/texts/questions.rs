//! What a unit asks, and waits for the answer on the same line.

use super::Text;

texts! {
    /// Captured.
    PASSWORD = Text::sure("Password: ");
    /// Captured: `login`.
    USERNAME = Text::sure("Username: ");
    /// Captured on 9.12 and later, where no enable password was ever set.
    NEW_PASSWORD =
        Text::sure("The enable password is not set.  Please set it now.\n");
    /// Captured, with its two blanks.
    ENTER_PASSWORD = Text::sure("Enter  Password: ");
    /// Captured.
    REPEAT_PASSWORD = Text::sure("Repeat Password: ");

    /// Captured: unsaved changes in single mode.
    SAVE = Text::sure("System config has been modified. Save? [Y]es/[N]o: ");
    /// Captured: unsaved changes in multiple mode, of the system space (`System`) or of a context.
    SAVE_ONE =
        Text::sure("{0} config has been modified. Save? [Y]es/[N]o/[S]ave all/[C]ancel: ");
    /// Captured; a single key answers.
    RELOAD = Text::sure("Proceed with reload? [confirm] ");
    /// Driver; the words are those of the family.
    OVERWRITE_CONFIG =
        Text::sure("Overwrite the previous NVRAM configuration?[confirm]");
    /// Captured: `copy running-config startup-config`.
    SAVE_SOURCE = Text::sure("\nSource filename [running-config]? ");

    /// Captured.
    REMOTE_HOST = Text::sure("\nAddress or name of remote host [{0}]? ");
    /// Captured by Cisco's test library: FTP and SCP have a user.
    SOURCE_USER = Text::sure("\nSource username [{0}]? ");
    /// Captured.
    SOURCE_FILE = Text::sure("\nSource filename [{0}]? ");
    /// Captured.
    TARGET_FILE = Text::sure("\nDestination filename [{0}]? ");
    /// Captured by Cisco's test library; the line before it is the family's.
    OVERWRITE_FILE = Text::believed(
        "%Warning:There is a file already existing with this name\nDo you want to over write? [confirm]",
        "Do you want to over write? [confirm]",
    );
    /// Captured by Cisco's test library: SCP to a server whose key the unit does not know.
    STRANGE_SERVER = Text::sure(
        "The authenticity of host '{0} ({0})' can't be established.\n\
         Are you sure you want to continue connecting (yes/no)? ",
    );

    /// Captured.
    DELETE_FILE = Text::sure("\nDelete filename [{0}]? ");
    /// Captured.
    DELETE_SURELY = Text::sure("\nDelete disk0:/{0}? [confirm]");

    /// Driver for the first four words and for the answer; the rest is nowhere.
    IN_SYNC = Text::believed(
        "WARNING: Configuration syncing is in progress. Do you want to continue? (yes/no): ",
        "WARNING: Configuration syncing is in progress\nRun it on this unit only [yes/no]? ",
    );
    /// Captured by Cisco's test library: once, at the first entry into configuration mode.
    CALL_HOME = Text::sure(
        "Would you like to enable anonymous error reporting to help improve\nthe product? [Y]es, [N]o, [A]sk later: ",
    );
}
