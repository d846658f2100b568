//! A terminal on a unit, sans-IO: bytes in, bytes out.
//!
//! [`Terminal`] logs in, enables, switches the pager off and then types one command at a time. It
//! knows prompts, echoes, questions and notices, and nothing of what a reply means. It has no
//! socket, no clock and no thread: it is fed what came, asked for what to send, and told when the
//! line has been silent for as long as it asked for.
//!
//! ```
//! use asa_failover_core::command::Command;
//! use asa_failover_core::link::Via;
//! use asa_failover_core::session::{Happened, Login, Patience, Terminal};
//!
//! let mut terminal = Terminal::login(Login::default(), Patience::default());
//! let mut device = |shown: &str, typed: &str| {
//!     terminal.feed(shown.as_bytes());
//!     terminal.wake(); // the line stayed silent for `terminal.wake_after()`
//!     assert_eq!(terminal.take_output(), typed.as_bytes());
//! };
//! device("Type help or '?' for a list of available commands.\r\nfw/pri/act# ", "\r");
//! device("\r\nfw/pri/act# ", "terminal pager 0");
//! device("terminal pager 0", "\r");
//! device("\r\nfw/pri/act# ", "");
//! let Some(Happened::Ready(prompt)) = terminal.poll() else { panic!("not ready") };
//! assert_eq!(prompt.label, "fw/pri/act");
//!
//! terminal.send(&Command::ShowMode, Via::Direct).expect("it stands at a prompt");
//! assert_eq!(terminal.take_output(), b"show mode"); // no Enter before the echo was seen
//! ```
mod echo;
mod prompt;
mod question;
mod report;
mod screen;
mod terminal;

pub use prompt::{Prompt, prompt};
pub use report::{Happened, Login, NotSent, Patience, Trouble};
pub use screen::Limit;
pub use terminal::Terminal;

#[cfg(test)]
mod tests;
