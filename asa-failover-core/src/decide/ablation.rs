//! The guards by number, and what the decisions are without one of them.
//!
//! A guard stands in the code as `guarded!(Links, condition)`. In a build that is meant for use that is the condition and
//! nothing else: neither the table below nor a branch is compiled. Built with `--cfg asaf_ablation`, which no feature
//! and no dependency sets and which does not compile together with `ssh`, a test takes guards away on its own thread, and
//! shows what harm each of them prevents. What a guard protects a unit from is in the table; where it stands, in the
//! code that names it.

/// What a guard asks for.
#[cfg(not(asaf_ablation))]
macro_rules! guarded {
    ($guard:ident, $asked:expr) => {
        $asked
    };
}
#[cfg(asaf_ablation)]
macro_rules! guarded {
    ($guard:ident, $asked:expr) => {
        $crate::decide::ablation::Guard::$guard.is_off() || $asked
    };
}

/// What is done where a guard is off.
#[cfg(not(asaf_ablation))]
macro_rules! unguarded {
    ($guard:ident, $instead:stmt) => {};
}
#[cfg(asaf_ablation)]
macro_rules! unguarded {
    ($guard:ident, $instead:stmt) => {
        if $crate::decide::ablation::Guard::$guard.is_off() {
            $instead
        }
    };
}

/// The most that a unit's own view of the pair may be old: without G3 or G4 that it once was as it should be is enough.
#[cfg(not(asaf_ablation))]
macro_rules! guarded_age {
    ($unit:expr, $most:expr) => {
        $most
    };
}
#[cfg(asaf_ablation)]
macro_rules! guarded_age {
    ($unit:expr, $most:expr) => {
        if $crate::decide::ablation::is_believed($unit) { std::time::Duration::MAX } else { $most }
    };
}

pub(crate) use {guarded, guarded_age, unguarded};

#[cfg(asaf_ablation)]
pub(crate) use switches::is_believed;
#[cfg(asaf_ablation)]
pub use switches::{Guard, without};

#[cfg(asaf_ablation)]
mod switches {
    use std::cell::Cell;
    use std::fmt;

    use crate::decide::Observed;
    use crate::unit::Standing;

    macro_rules! guards {
        ($($guard:ident $number:literal $what:literal,)*) => {
            /// A guard, with its number.
            #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
            #[repr(u8)]
            #[non_exhaustive]
            pub enum Guard {
                $(#[doc = $what] $guard = $number,)*
            }

            impl Guard {
                /// All of them, in the order of their numbers.
                pub const ALL: &[Self] = &[$(Self::$guard,)*];

                /// What it asks for.
                pub const fn what(self) -> &'static str {
                    match self {
                        $(Self::$guard => $what,)*
                    }
                }
            }
        };
    }

    guards! {
        Identity 1 "the unit that a line reaches has said who it is in the session of the line",
        SameSession 2 "a line goes out in the session of the readings, and none is opened anew for it",
        MateReread 3 "the readiness of the unit that takes over or reboots is read again inside the step",
        OwnReread 4 "the standing of the unit that gives or keeps the groups is read again inside the step",
        OwnWords 5 "each unit is judged by its own words, not by what its mate displays of it",
        SavedBootEntry 6 "both units have the boot list in their startup configuration",
        Image 7 "both units have the image, whole",
        Links 8 "the failover link and the state link are up",
        OneOutstanding 9 "one disruptive command at a time",
        NeverResent 10 "what became of a command whose reply was lost is read, and it is not sent again on a guess",
        OneReload 11 "one reload of ours a unit, and none for one that came back on the old release",
        PreemptSettled 12 "nothing disrupts while preempt may move a group",
        Deadlines 13 "every wait has a deadline",
        Window 14 "from the first reading to the line no more than W, also behind the record of the intent",
    }

    thread_local! {
        /// The guards that are off on this thread, a bit each.
        static OFF: Cell<u32> = const { Cell::new(0) };
    }

    impl Guard {
        const fn bit(self) -> u32 {
            1 << self as u32
        }

        /// Whether it is off on this thread.
        pub fn is_off(self) -> bool {
            OFF.get() & self.bit() != 0
        }
    }

    impl fmt::Display for Guard {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.pad(&format!("G{}", *self as u8))
        }
    }

    /// Does this on this thread without these guards.
    pub fn without<T>(guards: &[Guard], what: impl FnOnce() -> T) -> T {
        /// Puts the guards back, also where a test ends in the middle.
        struct Back(u32);
        impl Drop for Back {
            fn drop(&mut self) {
                OFF.set(self.0);
            }
        }
        let off = guards.iter().fold(0, |off, guard| off | guard.bit());
        let _back = Back(OFF.replace(off));
        what()
    }

    /// Whether what a unit said is taken for true however long ago it was: without G3 that it was ready for every
    /// group beside an active mate, without G4 that it was active for every group beside a mate that was ready.
    pub(crate) fn is_believed(unit: &Observed) -> bool {
        let Some(sight) = &unit.sight else { return false };
        let all = |own: &Standing, mate: &Standing| {
            sight.value.groups.values().all(|group| group.own == *own && group.mate == *mate)
        };
        let (active, ready) = (&Standing::Active, &Standing::StandbyReady);
        (Guard::MateReread.is_off() && all(ready, active))
            || (Guard::OwnReread.is_off() && all(active, ready))
    }
}
