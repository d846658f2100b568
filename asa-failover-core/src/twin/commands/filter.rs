//! `| include`, `| exclude`, `| begin`, `| grep [-v]` with simple alternation.

use super::grammar::abbreviates;

/// A filter behind a command.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Filter {
    kind: Kind,
    choices: Vec<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Include,
    Exclude,
    Begin,
}

/// A line as its command and its filter. The line of a `failover exec` keeps its filter for the mate.
pub(super) fn split(line: &str) -> (&str, Option<Filter>) {
    let mut words = line.split_whitespace();
    let for_mate = words.next().is_some_and(|word| abbreviates(word, "fa|ilover"))
        && words.next().is_some_and(|word| word == "exec");
    let Some((command, filter)) = line.split_once('|').filter(|_| !for_mate) else { return (line, None) };
    let (verb, rest) = filter.trim_start().split_once(' ').unwrap_or_else(|| (filter.trim(), ""));
    let inverted = rest.trim_start().strip_prefix("-v ");
    let kind = match verb {
        _ if abbreviates(verb, "i|nclude") => Kind::Include,
        _ if abbreviates(verb, "e|xclude") => Kind::Exclude,
        _ if abbreviates(verb, "b|egin") => Kind::Begin,
        _ if abbreviates(verb, "g|rep") && inverted.is_some() => Kind::Exclude,
        _ if abbreviates(verb, "g|rep") => Kind::Include,
        _ => return (line, None),
    };
    let pattern = inverted.unwrap_or(rest).trim_start();
    let pattern = pattern.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(pattern);
    let choices = pattern.split('|').map(str::to_owned).collect();
    (command.trim_end(), Some(Filter { kind, choices }))
}

impl Filter {
    pub(super) fn apply(&self, text: &str) -> String {
        let found = |line: &str| {
            self.choices.iter().any(|choice| match choice.strip_prefix('^') {
                Some(head) => line.starts_with(head),
                None => line.contains(choice.as_str()),
            })
        };
        let lines = text.split_inclusive('\n');
        match self.kind {
            Kind::Include => lines.filter(|line| found(line)).collect(),
            Kind::Exclude => lines.filter(|line| !found(line)).collect(),
            Kind::Begin => lines.skip_while(|line| !found(line)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternation_keeps_the_lines_of_either() {
        let (command, filter) = split("show failover | include (Version|host)");
        let kept = filter.unwrap().apply("Version: Ours\nother\n  This host: x\n");
        assert_eq!((command, kept.as_str()), ("show failover", "Version: Ours\n  This host: x\n"));
    }

    #[test]
    fn grep_minus_v_drops_them() {
        let (_, filter) = split("sh run | grep -v ^boot");
        assert_eq!(filter.unwrap().apply("boot x\n boot\n"), " boot\n");
    }
}
