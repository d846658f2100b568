//! The kinds of hostile text: a head, and lines below it until there is enough.

use asa_failover_core::show::Limit;

const HEAD: &str = "Failover On \nFailover unit Primary\nFailover LAN Interface: folink GigabitEthernet0/3 (up)\n\
                    Version: Ours 9.8(4), Mate 9.8(4)\n";
const HOST: &str = "Failover On \nVersion: Ours 9.8(4), Mate 9.8(4)\n\tThis host: Primary - Active \n";
const HOSTS: &str = "Failover On \n\tThis host: Primary - Active \n\tOther host: Secondary - Standby Ready \n\n\
                     Stateful Failover Logical Update Statistics\n";

/// A text that goes on for as long as it is let.
pub(crate) struct Kind {
    /// What it is made of.
    pub name: String,
    head: String,
    /// The line of this number, with its end.
    line: Box<dyn Fn(usize) -> String>,
}

impl Kind {
    fn new(name: &str, head: &str, line: impl Fn(usize) -> String + 'static) -> Self {
        Self { name: name.to_owned(), head: head.to_owned(), line: Box::new(line) }
    }

    /// At most so many bytes and lines.
    pub(crate) fn text(&self, bytes: usize, lines: usize) -> String {
        let mut text = self.head.clone();
        for number in 0..lines {
            let line = (self.line)(number);
            if text.len() + line.len() > bytes {
                break;
            }
            text.push_str(&line);
        }
        text
    }
}

/// As much of a pattern as a line may have.
fn wide(pattern: &str) -> String {
    pattern.repeat((Limit::Line.value() - 16) / pattern.len())
}

/// Kinds that any reader may be given.
pub(crate) fn all() -> Vec<Kind> {
    let same = |name: &str, head: &str, line: &str| {
        let line = line.to_owned();
        Kind::new(name, head, move |_| line.clone())
    };
    let long = |name: &str, head: &str, pattern: &str| same(name, head, &format!("{}\n", wide(pattern)));
    vec![
        same(
            "one unknown line, again and again",
            HEAD,
            "The quick brown firewall jumps over the lazy mate\n",
        ),
        same("one known line, again and again", "", "Failover On \n"),
        same("line ends and nothing else", "", "\n"),
        same("carriage returns and line ends", "", "\r\n"),
        long("blanks", "", " "),
        long("blanks and tabs behind a word", HEAD, "x \t"),
        same("one line that never ends", "", &"x".repeat(4096)),
        same("prompts", HEAD, "fw/pri/act(config)# \n"),
        same("prompts with a command", "", "fw-edge-1/pri/act> show failover history details\n"),
        long("ends of prompts", HEAD, "a#b>"),
        long("opened parentheses", HEAD, "a("),
        same(
            "pager on each line",
            HEAD,
            "<--- More --->\r              \r          Nothing that anybody knows\n",
        ),
        long("pager after pager", HEAD, "<--- More --->"),
        long("pager erased by backspaces", HEAD, "<--- More --->\u{8}\u{8}\u{8}\u{8} \u{8}"),
        Kind::new("statistics rows", HOSTS, |n| format!("\tObject {n} of many     {n}  0  4294967295  0\n")),
        Kind::new("statistics rows of long names", HOSTS, |n| format!("{} {n} {n} {n} {n}\n", wide("ab "))),
        long("numbers in a statistics row", HOSTS, "1 "),
        Kind::new("groups", HOST, |n| format!("  Group {}       State:          Active     \n", n % 255 + 1)),
        Kind::new("groups far in", HOST, |n| format!("{}Group {n} State: Active\n", wide("  "))),
        same("host lines, nearly", HEAD, "        This hosts: Primary - Active and Standby\n"),
        same("host lines", HEAD, "        Other host: Secondary - Standby Ready \n"),
        Kind::new("interfaces", HOST, |n| format!("\t\t  Interface if{n} (192.0.2.1): Normal (Monitored)\n")),
        Kind::new("interfaces, nearly", HOST, |n| {
            format!("\t\t  Interface if{n} 192.0.2.1: Normal (Monitored)\n")
        }),
        long("parentheses in an interface", &format!("{HOST}  Interface a (192.0.2.1): "), "()"),
        Kind::new("modules", HOST, |n| format!("\t\tslot {n}: ASA5525 hw/sw rev (1.0/9.8(4)) status (Up)\n")),
        long("a module without end", &format!("{HOST}slot 0: "), "a hw/sw rev ("),
        long("commas in a host", HOST, "a, "),
        same("queue lines", HOSTS, "        Recv Q:         0       12      33082\n"),
        same(
            "log lines",
            HEAD,
            "%ASA-1-104002: (Primary) Switching to STANDBY - Other unit wants me Standby.\n",
        ),
        long("stars", HEAD, "*WARNING*"),
        long("letters of two bytes", HEAD, "é"),
        long("zero bytes", HEAD, "\0"),
        long("marks of a byte order", "", "\u{feff}"),
    ]
}

/// Each line of an output, repeated below the whole of it with other numbers in the place of its first.
pub(crate) fn own_lines(output: &str) -> Vec<Kind> {
    let head = format!("{}\n", output.trim_end());
    let lines = output.lines().filter(|line| !line.trim().is_empty());
    let kind = |line: &str| {
        let is_digit = |c: char| c.is_ascii_digit();
        let (front, rest) = line.split_at(line.find(is_digit).unwrap_or(line.len()));
        let behind = rest.trim_start_matches(is_digit);
        let (front, behind, numbered) = (front.to_owned(), behind.to_owned(), !rest.is_empty());
        let name = format!("its own {:?}", line.trim().chars().take(32).collect::<String>());
        Kind::new(&name, &head, move |n| {
            let number = if numbered { n.to_string() } else { String::new() };
            format!("{front}{number}{behind}\n")
        })
    };
    lines.map(kind).collect()
}
