//! Live progress: a line for every change, and on a terminal a line that is always now.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use asa_failover_core::command::Effect;
use asa_failover_core::decide::Question;
use asa_failover_core::drive::Operator;
use asa_failover_core::elapsed::Elapsed;
use asa_failover_core::run::{Action, Answer, Event, Progress, Run};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long nothing changes before it is said again what is awaited, and since when.
const REMIND: Duration = Duration::from_secs(60);

pub(super) struct Watcher {
    stop: Arc<AtomicBool>,
    bar: ProgressBar,
    last: String,
    said: Elapsed,
}

impl Watcher {
    pub(super) fn new(stop: Arc<AtomicBool>) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stdout());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        Self { stop, bar, last: String::new(), said: Elapsed::ZERO }
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn say(&self, line: &str) {
        if self.bar.is_hidden() { println!("{line}") } else { self.bar.println(line) }
    }

    /// Where the units are and what is awaited, without the times that change with every look.
    fn gist(progress: &Progress) -> String {
        format!("{:?} {:?}", progress.units, progress.awaited.map(|(awaited, _)| awaited))
    }
}

impl Operator for Watcher {
    fn ask(&mut self, _: &Question) -> Answer {
        Answer::Go
    }

    fn saw(&mut self, at: Elapsed, event: &Event, action: &Action, run: &Run) {
        let progress = run.progress(at);
        self.bar.set_message(progress.to_string());
        self.bar.tick();
        if let Event::Resume(records) = event {
            self.say(&format!("{at}  going on from {} records", records.records.len()));
        }
        if let Action::Send { via, command, .. } = action
            && command.effect() >= Effect::Changes
        {
            let unit = progress.unit.map_or_else(String::new, |unit| format!("{unit}: "));
            self.say(&format!("{at}  > {unit}{}", command.line(*via)));
        }
        // While something is only read again nothing changes that a person would want to know.
        if matches!(action, Action::Sleep { .. }) {
            let gist = Self::gist(&progress);
            if gist != self.last || at.since(self.said) >= REMIND {
                self.say(&progress.to_string());
                self.last = gist;
                self.said = at;
            }
        }
    }

    fn wants_stop(&mut self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
