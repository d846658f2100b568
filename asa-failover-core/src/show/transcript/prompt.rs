//! What a prompt shows of the unit it stands for.

use crate::show::noise::Prompted;
use crate::unit::Role;

/// A prompt, as far as its label says anything.
///
/// Which words a label shows, and in what order, is for the administrator to choose, and it may show
/// what was true before the last switch: no guard rests on it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Prompt {
    /// The prompt as printed: `fw/pri/act(config)#`.
    pub text: String,
    /// The first word that is neither a role nor a state; `None` where there is none.
    pub hostname: Option<String>,
    /// The second such word: a context (or a domain, where the label is made to show one); `None`
    /// where there is none.
    pub context: Option<String>,
    /// `pri` or `sec`; `None` where the label does not show it.
    pub role: Option<Role>,
    /// What the label shows of the standing; `None` where it does not.
    pub state: Option<PromptState>,
    /// The level of the command line.
    pub mode: PromptMode,
}

/// The standing, in the words of a prompt.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PromptState {
    /// `act`
    Active,
    /// `stby`
    Standby,
    /// `actNoFailover`: failover is off.
    ActiveNoFailover,
    /// `stbyNoFailover`: failover is off.
    StandbyNoFailover,
    /// `nego`: it negotiates. The word is from memory.
    Negotiating,
}

/// The level of a command line.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PromptMode {
    /// `>`
    User,
    /// `#`
    Privileged,
    /// `(config)#` or a mode below it, by the words in parentheses: `config-if`.
    Config(String),
}

impl PromptState {
    /// The word in the label.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "act",
            Self::Standby => "stby",
            Self::ActiveNoFailover => "actNoFailover",
            Self::StandbyNoFailover => "stbyNoFailover",
            Self::Negotiating => "nego",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Active, Self::Standby, Self::ActiveNoFailover, Self::StandbyNoFailover, Self::Negotiating]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

impl PromptMode {
    /// `user`, `privileged`, or the words in parentheses: `config`, `config-if`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::User => "user",
            Self::Privileged => "privileged",
            Self::Config(mode) => mode,
        }
    }
}

/// The words of a label, by what they are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Label<'t> {
    pub(super) hostname: Option<&'t str>,
    context: Option<&'t str>,
    role: Option<Role>,
    state: Option<PromptState>,
}

impl<'t> Label<'t> {
    /// `fw/pri/act`, `pri/act/fw`, `fw/ctx-1`. A word that says what another has said is a name.
    pub(super) fn of(text: &'t str) -> Self {
        let mut label = Self::default();
        for word in text.split('/') {
            let role = match word {
                "pri" => Some(Role::Primary),
                "sec" => Some(Role::Secondary),
                _ => None,
            };
            if label.role.is_none() && role.is_some() {
                label.role = role;
            } else if let (None, state @ Some(_)) = (label.state, PromptState::of(word)) {
                label.state = state;
            } else if label.hostname.is_none() {
                label.hostname = Some(word);
            } else {
                label.context = label.context.or(Some(word));
            }
        }
        // One word alone is what the label shows by default.
        if text.contains('/') { label } else { Self { hostname: Some(text), ..Self::default() } }
    }
}

impl Prompt {
    pub(super) fn of(prompted: &Prompted<'_>) -> Self {
        let Label { hostname, context, role, state } = Label::of(prompted.label);
        let mode = match (prompted.mode, prompted.privileged) {
            (Some(mode), _) => PromptMode::Config(mode.to_owned()),
            (None, true) => PromptMode::Privileged,
            (None, false) => PromptMode::User,
        };
        Self {
            text: prompted.prompt.to_owned(),
            hostname: hostname.map(str::to_owned),
            context: context.map(str::to_owned),
            role,
            state,
            mode,
        }
    }
}
