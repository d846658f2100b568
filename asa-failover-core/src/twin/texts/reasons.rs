//! Why a standing changed, as `show failover history` and the log of a unit say it.

use super::Text;

texts! {
    /// Captured: a unit that boots.
    NO_ERROR = Text::sure("No Error");
    /// Captured in a pair with groups, for the same.
    STATE_CHECK = Text::sure("Failover state check");
    /// Captured.
    ACTIVE_MATE = Text::sure("Detected an Active mate");
    /// Captured.
    NOBODY_ACTIVE = Text::sure("No Active unit found");
    /// Captured: the unit on which the command was typed.
    BY_COMMAND = Text::sure("Set by the config command");
    /// Captured: its mate, which gives way.
    GIVES_WAY = Text::sure("Other unit wants me Standby");
    /// Captured: its mate, which takes over.
    TAKES_OVER = Text::sure("Other unit wants me Active");
    /// The log says the same in other words: 104001.
    WANTED_ACTIVE =
        Text::believed("mate want me Active", "other unit set to active by CLI config command fail active");
    /// Captured.
    NO_HELLO = Text::sure("HELLO not heard from mate");
    /// Cisco's own example of `write standby`; a newer text is longer.
    OTHER_CONFIG =
        Text::believed("Configuration mismatch", "Configuration mismatch due to wr standby in active");
    /// Nowhere: the service module of the unit died.
    MODULE = Text::believed("Detect service card failure", "Service card failure");
    /// Nowhere: what a unit last failed by, where that is its service module.
    BY_MODULE = Text::believed("Backplane Failure", "Service card failure");
    /// Nowhere: interfaces of the unit failed.
    INTERFACE = Text::believed("Interface check", "Interface failure");
}
