//! `show clock`: the unit's own time, as text. It is read and never computed with.

use serde::{Deserialize, Serialize};

use super::token::{is_time, squeezed};
use super::walk::Walk;
use super::{ParseError, Reading};

/// What `show clock` says.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Clock {
    /// Time, zone and date as printed: `15:48:33.799 UTC Wed Aug 16 2017`.
    pub now: String,
    /// Where the time comes from, in the words of `show clock detail`: `NTP`.
    pub source: Option<String>,
}

const NOW: &str = "HH:MM:SS.MMM ZONE DAY MON DD YYYY";

/// Reads the output of `show clock` or `show clock detail`.
///
/// ```
/// use asa_failover_core::show;
///
/// let clock = show::clock("fw# show clock\r\n15:48:33.799 UTC Wed Aug 16 2017\r\n")?.value;
/// assert_eq!(clock.now, "15:48:33.799 UTC Wed Aug 16 2017");
/// # Ok::<(), show::ParseError>(())
/// ```
///
/// The lines it knows:
///
/// ```text
/// 15:48:33.799 UTC Wed Aug 16 2017
/// Time source is NTP
/// Summer time starts 02:00:00 CET Sun Mar 29 2026
/// ```
///
/// The time is known from captures; the lines of `detail` are remembered.
///
/// # Errors
///
/// [`ParseError`] where the time is missing or printed twice, and where the device refused the command.
pub fn clock(text: &str) -> Result<Reading<Clock>, ParseError> {
    let mut walk = Walk::new("show clock", text)?;
    let (mut now, mut source) = (None, None);
    while let Some(line) = walk.line()? {
        if is_now(line.text) {
            line.put(&mut now, NOW, squeezed(line.text))?;
        } else if let Some(words) = line.text.strip_prefix("Time source is ") {
            line.put(&mut source, "Time source is ...", squeezed(words))?;
        } else if !walk.without_fact(line.text.starts_with("Summer time ")) {
            walk.unclaimed(line)?;
        }
    }
    let now = now.ok_or_else(|| walk.missing(NOW))?;
    walk.reading(Clock { now, source })
}

/// `15:48:33.799 UTC Wed Aug 16 2017`
fn is_now(text: &str) -> bool {
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let timed = |word: &str| match word.split_once('.') {
        Some((time, fraction)) => is_time(time) && digits(fraction),
        None => is_time(word),
    };
    let [time, _zone, weekday, month, day, year] = words.as_slice() else { return false };
    let name = |word: &str| word.len() == 3 && word.bytes().all(|b| b.is_ascii_alphabetic());
    timed(time) && name(weekday) && name(month) && digits(day) && digits(year) && year.len() == 4
}
