//! Prompts: `fw/pri/act(config)# `.

use crate::command::Mode;

/// A finished prompt.
///
/// The label is what an operator chose it to be and proves nothing about the unit: `fw/pri/act` may
/// be the label before a switch that has already happened.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Prompt {
    /// What stands before the mode: `fw/pri/act`.
    pub label: String,
    /// The level of the command line.
    pub mode: Mode,
}
