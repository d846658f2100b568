//! What a unit asks, and waits for the answer on the same line.

use super::Text;

/// Captured.
pub(in super::super) const PASSWORD: Text = Text::sure("Password: ");
/// Captured: `login`.
pub(in super::super) const USERNAME: Text = Text::sure("Username: ");
/// Captured on 9.12 and later, where no enable password was ever set.
pub(in super::super) const NEW_PASSWORD: Text =
    Text::sure("The enable password is not set.  Please set it now.\n");
/// Captured, with its two blanks.
pub(in super::super) const ENTER_PASSWORD: Text = Text::sure("Enter  Password: ");
/// Captured.
pub(in super::super) const REPEAT_PASSWORD: Text = Text::sure("Repeat Password: ");

/// Captured: unsaved changes in single mode.
pub(in super::super) const SAVE: Text = Text::sure("System config has been modified. Save? [Y]es/[N]o: ");
/// Captured: unsaved changes in multiple mode, of the system space (`System`) or of a context.
pub(in super::super) const SAVE_ONE: Text =
    Text::sure("{0} config has been modified. Save? [Y]es/[N]o/[S]ave all/[C]ancel: ");
/// Captured; a single key answers.
pub(in super::super) const RELOAD: Text = Text::sure("Proceed with reload? [confirm] ");
/// Driver; the words are those of the family.
pub(in super::super) const OVERWRITE_CONFIG: Text =
    Text::sure("Overwrite the previous NVRAM configuration?[confirm]");
/// Captured: `copy running-config startup-config`.
pub(in super::super) const SAVE_SOURCE: Text = Text::sure("\nSource filename [running-config]? ");

/// Captured.
pub(in super::super) const REMOTE_HOST: Text = Text::sure("\nAddress or name of remote host [{0}]? ");
/// Captured by Cisco's test library: FTP and SCP have a user.
pub(in super::super) const SOURCE_USER: Text = Text::sure("\nSource username [{0}]? ");
/// Captured.
pub(in super::super) const SOURCE_FILE: Text = Text::sure("\nSource filename [{0}]? ");
/// Captured.
pub(in super::super) const TARGET_FILE: Text = Text::sure("\nDestination filename [{0}]? ");
/// Captured by Cisco's test library; the line before it is the family's.
pub(in super::super) const OVERWRITE_FILE: Text = Text::believed(
    "%Warning:There is a file already existing with this name\nDo you want to over write? [confirm]",
    "Do you want to over write? [confirm]",
);
/// Captured by Cisco's test library: SCP to a server whose key the unit does not know.
pub(in super::super) const STRANGE_SERVER: Text = Text::sure(
    "The authenticity of host '{0} ({0})' can't be established.\n\
     Are you sure you want to continue connecting (yes/no)? ",
);

/// Captured.
pub(in super::super) const DELETE_FILE: Text = Text::sure("\nDelete filename [{0}]? ");
/// Captured.
pub(in super::super) const DELETE_SURELY: Text = Text::sure("\nDelete disk0:/{0}? [confirm]");

/// Driver for the first four words and for the answer; the rest is nowhere.
pub(in super::super) const IN_SYNC: Text = Text::believed(
    "WARNING: Configuration syncing is in progress. Do you want to continue? (yes/no): ",
    "WARNING: Configuration syncing is in progress\nRun it on this unit only [yes/no]? ",
);
/// Captured by Cisco's test library: once, at the first entry into configuration mode.
pub(in super::super) const CALL_HOME: Text = Text::sure(
    "Would you like to enable anonymous error reporting to help improve\nthe product? [Y]es, [N]o, [A]sk later: ",
);
