//! What a terminal makes of characters that print nothing, and what bytes that are no text become.
//!
//! A line is read as it was sent. Characters that move a cursor or print nothing have a meaning on a
//! screen only, and one that stands for a damaged byte has none, so a line with one of them inside is
//! never claimed by a rule: it is unread. The exceptions are the two that a terminal line is made of:
//! `\r` around the text, and `\r` with the NUL that telnet sends behind it (RFC 854). A NUL elsewhere
//! may be fill, and may be what a broken disk left of a word: `no failover` with its first word lost
//! must not turn failover on.

use std::borrow::Cow;

/// The text of bytes as captured, for the readers: what is no UTF-8 becomes U+FFFD.
///
/// Line ends stay where they are, so line numbers count in the bytes as well; spans count in the text
/// that this function gives. No damaged byte makes a word that is known: a line with U+FFFD in it is
/// kept as unread, whoever put it there, and a needed line that is lost so is an error.
///
/// ```
/// use asa_failover_core::show;
///
/// let text = show::text_of(b"Security context mode: single\r\nnot \xff text\r\n");
/// let reading = show::mode(&text)?;
/// assert_eq!(reading.unread[0].text, "not \u{fffd} text\r");
/// assert!(show::mode(&show::text_of(b"Security context mode: sing\xff\r\n")).is_err());
/// # Ok::<(), show::ParseError>(())
/// ```
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    // Most bytes are whole, and known to be at many times the speed.
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Whether any line of a text may have a character inside that prints nothing; cheap, and true for every
/// character beyond ASCII. `\r\n` is plain.
pub(super) fn may_be_strange(text: &str) -> bool {
    // Counted from a tab on, what prints ends below everything beyond it and below what comes before a tab; counted
    // from behind `\n` on, what prints, `\n` and a tab lie above the other control characters. Two folds without a
    // branch pass over a text at many bytes a step, and most texts have no `\r`.
    let (highest, lowest) = text.bytes().fold((0, u8::MAX), |(high, low): (u8, u8), byte| {
        (high.max(byte.wrapping_sub(b'\t')), low.min(byte.wrapping_sub(b'\n' + 1)))
    });
    if highest <= b'~' - b'\t' && lowest >= b' ' - (b'\n' + 1) {
        return false;
    }
    let plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    // Each byte is looked at with the one behind it.
    let Some((last, _)) = text.as_bytes().split_last() else { return false };
    let pairs = text.bytes().zip(text.bytes().skip(1));
    let strange = |strange, pair: (u8, u8)| strange | !(pair == (b'\r', b'\n') || plain(pair.0));
    !plain(*last) | pairs.fold(false, strange)
}

/// The first character of a line's text, and its place, that prints nothing or stands for damage.
pub(super) fn strange(text: &str) -> Option<(usize, char)> {
    if !may_be_strange(text) {
        return None;
    }
    text.char_indices().find(|(_, c)| (c.is_control() && *c != '\t') || *c == '\u{fffd}')
}

/// Cuts off most blanks: between columns and in front of lines they are many, so that they go by eights.
fn without_blanks(mut text: &str) -> &str {
    while let Some(shorter) = text.strip_suffix("        ") {
        text = shorter;
    }
    while let Some(shorter) = text.strip_prefix("        ") {
        text = shorter;
    }
    text
}

const fn is_around(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\u{c}')
}

/// A line without what stands around its text: blanks, `\r`, and a NUL right behind a `\r`.
pub(super) fn trimmed(raw: &str) -> &str {
    let text = without_blanks(raw).trim_ascii();
    if !text.starts_with('\0') && !text.ends_with('\0') {
        return text;
    }
    let mut rest = raw;
    while let Some(behind) = rest.strip_prefix("\r\0").or_else(|| rest.strip_prefix(is_around)) {
        rest = behind;
    }
    while let Some(before) = rest.strip_suffix("\r\0").or_else(|| rest.strip_suffix(is_around)) {
        rest = before;
    }
    rest
}

/// What a screen shows of a line whose typing was corrected: `\x08` moves back, what comes next
/// overwrites, and `\r` begins anew. `None` for a character whose effect is not known.
pub(super) fn shown(line: &str) -> Option<String> {
    let (mut cells, mut at) = (Vec::new(), 0_usize);
    for c in line.chars() {
        match c {
            '\u{8}' => at = at.saturating_sub(1),
            '\r' => at = 0,
            '\u{7}' => {}
            c if strange(c.encode_utf8(&mut [0; 4])).is_some() => return None,
            c => {
                match cells.get_mut(at) {
                    Some(cell) => *cell = c,
                    None => cells.push(c),
                }
                at += 1;
            }
        }
    }
    Some(cells.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_text_is_cut_off() {
        for (raw, text) in [
            ("\r show mode \r", "show mode"),
            ("\r\0fw# ", "fw# "),
            ("\r\0fw# \r\0", "fw# "),
            ("\r\0 \r\0", ""),
            ("\0no", "\0no"),
            ("no\0", "no\0"),
            ("no\0\r", "no\0\r"),
        ] {
            assert_eq!(trimmed(raw).trim_ascii(), text.trim_ascii(), "{raw:?}");
        }
    }

    #[test]
    fn a_corrected_line_shows_what_the_screen_shows() {
        for (line, text) in [
            ("fw# show fo\u{8} \u{8}ailover", "fw# show failover"),
            ("fw# sh\rfw# show mode", "fw# show mode"),
            ("fw# shwo\u{8}\u{8}ow", "fw# show"),
            ("\u{8}\u{8}fw#\u{7} ", "fw# "),
        ] {
            assert_eq!(shown(line).as_deref(), Some(text), "{line:?}");
        }
        assert_eq!(shown("fw# \u{1b}[K"), None);
        assert_eq!(shown("fw# \u{fffd}"), None);
    }
}
