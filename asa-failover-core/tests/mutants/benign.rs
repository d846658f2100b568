//! Changes that leave what an output says as it is: the reader has to go on reading it.

use crate::dice::Dice;

/// A kind of harmless change.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Kind {
    /// A row with a name not known yet in the statistics.
    Row,
    /// A banner in front of or behind the output.
    Banner,
    /// Blanks at the ends of lines.
    Blanks,
    /// A line not known outside of the host blocks.
    Line,
    /// The other line ends.
    Ends,
    /// Prompts in front of and behind.
    Prompts,
    /// Empty lines.
    Empty,
}

pub(crate) const KINDS: [Kind; 7] =
    [Kind::Row, Kind::Banner, Kind::Blanks, Kind::Line, Kind::Ends, Kind::Prompts, Kind::Empty];

const BANNERS: [&str; 6] = [
    "*** Authorized access only ***",
    "Unit is Standby Ready",
    "Maintenance of this pair: Other host is next",
    "|  fw.example.net  |",
    "Welcome. Failover is tested monthly; call the Primary engineer",
    "Type help or '?' for a list of available commands.",
];

const LINES: [&str; 5] = [
    "Failover tunnel state: established",
    "Encryption of the link: AES-256",
    "Peer software is compatible: Active, Standby Ready",
    "Replication rate 4000 a second",
    "Mate's clock is 12 milliseconds behind",
];

pub(crate) fn changed(dice: &mut Dice, kind: Kind, text: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: Vec<&str> = text.lines().collect();
    let at = |start: &str| lines.iter().position(|line| line.trim().starts_with(start));
    let with = |place: usize, line: String| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines.insert(place, line);
        lines.join(end) + end
    };
    let hosts = at("This host:").unwrap();
    let first = at("Failover On").unwrap();
    let behind = at("Stateful Failover").unwrap();
    match kind {
        Kind::Row => match at("General") {
            Some(row) => {
                let name = dice.pick(&["Quic Session", "Host: table", "Zone-Id 7", "This host: rows"]);
                with(row + dice.below(2), format!("        {name:<16}{}    0    17   0   ", dice.below(9999)))
            }
            None => text.to_owned(),
        },
        Kind::Banner => {
            let banner = dice.pick(&BANNERS);
            match dice.below(2) {
                0 => format!("{banner}{end}{text}"),
                _ if lines.last().is_some_and(|line| line.contains('#')) => text.to_owned(),
                _ => format!("{text}{banner}{end}"),
            }
        }
        Kind::Blanks => {
            let blanks = lines.iter().map(|line| line.to_string() + &" ".repeat(dice.below(9)));
            blanks.collect::<Vec<_>>().join(end) + end
        }
        Kind::Line => {
            let line = format!("    {}", dice.pick(&LINES));
            let place = if dice.once_in(2) { first + 1 + dice.below(hosts - first) } else { behind + 1 };
            with(place, line)
        }
        Kind::Ends if end == "\n" => text.replace('\n', "\r\n"),
        Kind::Ends => text.replace("\r\n", "\n"),
        Kind::Prompts => {
            let prompt = dice.pick(&["fw#", "fw/pri/act(config)#", "asa-1.example/stby>", "fw/admin#"]);
            let bare = lines.first().is_some_and(|line| line.starts_with("Failover On"));
            let echo = if bare { format!("{prompt} sh failover{end}") } else { String::new() };
            format!("{prompt} {end}{echo}{text}{end}{prompt} {end}{prompt}")
        }
        Kind::Empty => with(dice.below(lines.len()), " ".repeat(dice.below(3))),
    }
}
