//! Every order of events, explored: the shipped `Run` and its decisions against a small model of the pair.
//!
//! # The model
//!
//! [`world`] is the pair: two units, their standings in each group, what each displays of its mate, the
//! two links, sessions and preempt. [`moves`] is what may happen by itself, and the faults, each of
//! which costs one of a budget. [`lines`] is what a unit says and does on a line. [`monitor`] judges
//! every effect and shares no code with the decisions. [`runs`] steps the shipped [`Run`], once for
//! each pair of an [essence](asa_failover_core::run::Run::into_essence) and an answer. [`search`] visits
//! every state of the product in layers of faults, so that a counterexample is one with the fewest, and leaves out
//! what is covered by a state it has met: it says what that is, and why. No run loses patience there, which covers every
//! run that does; where such a run waits in a circle, `circles` sends the shipped one round until it ends. [`plain`] leaves out
//! nothing, and a test holds that both come to the same verdict; [`outlast`] asks the run itself whether the reason is true.
//!
//! [`Run`]: asa_failover_core::run::Run
//!
//! # What stands for what
//!
//! A poll is the only time that passes: a line and its reply take none, a sleep takes one poll. How
//! long a boot or a synchronisation takes is left open: in each sleep any of it may happen, or none.
//! A wait sees no progress, part of it, or all of it, over as many polls as it takes: no deadline ends it, so that every
//! deadline is covered. Where the shipped run is asked for its end the deadlines are one poll (two for a boot where
//! preempt is on both groups: there a session dies of the group that goes home). A unit that was
//! told to reload goes down within `t_quiet`, a boot outlasts the hold time of the mate, and a unit that
//! was ready and synchronises anew takes longer for it than a poll.
//!
//! Preempt begins to wait when the preferred unit gets ready, after a boot or a recovery, and moves the group
//! within `preempt_s`; a group that was moved from a unit that stays ready is left there. An operator's reload
//! takes the unit down at once. A unit boots what its startup configuration says and its flash holds, and has the
//! preempt of that, until it is ready and has the configuration of its mate, or even then. Where no source tells what a unit does,
//! it does the harmful thing: told to give its groups to a mate that cannot take them it gives them up.
//!
//! # Choices
//!
//! Most cases begin with both units staged, both addresses reached and no pauses, preempt that stays and takes no longer
//! than a pair is looked at before it is called ready, and intents that are durable at once. Where a guard stands against
//! what is none of that, there is a [choice] of it: a boot list that is not saved, an image that went bad, preempt that
//! takes longer, and a record that takes a poll; and of what a policy asks for: pauses with a probe between them, one
//! address only, and preempt that is removed while units reboot.
//!
//! [choice]: case::Choice
//!
//! # What is left out, and why no verdict changes
//!
//! - Records and decisions touch no device, so they are no steps of their own. The controller may die
//!   at each line, each connection and each sleep, with the journal as it stands there.
//! - Standings move at every reading that shows it, before every line that changes something, and in
//!   every sleep. At any other point nobody could tell.
//! - Faults that change nothing in a state are not taken.
//!
//! # What is given up
//!
//! A plan has one hop, so that what is told apart by hops is not, and its images are on flash already. Nobody but the
//! run configures preempt meanwhile.
//!
//! Boots and synchronisation go on in sleeps and pauses alone, not inside one round of readings; and a unit shows a
//! standing of its living mate at once, while a hello takes a second. A boot may end within the sleep that it began
//! in, but not where the mate is read through the active unit ([`Reach::ActiveOnly`](asa_failover_core::link::Reach)):
//! there no session tells of a restart, so that it shows in the looks alone, of which there is one a poll, while a boot takes
//! minutes. A plan whose polls may be longer than a boot is refused there (`reach.polls`).
//!
//! No unit prints when it last changed, so that a change which no look fell into is told by nothing here: the run knows
//! less than it does of a pair.
//!
//! A pause and a probe are answered at once, before anything but a standing moves, or later than any wait; that an
//! operator says no, or a probe that traffic is not well, is a halt and not explored.

pub mod case;
mod chains;
mod circles;
mod column;
pub mod diagram;
pub mod found;
pub mod lines;
pub mod monitor;
pub mod moves;
mod next;
pub mod outlast;
mod pairs;
mod patience;
pub mod plain;
mod pool;
mod recent;
pub mod runs;
pub mod search;
mod steps;
mod store;
mod trace;
pub mod walk;
pub mod world;
