//! Console logs: cut at their prompts into commands and outputs.

use asa_failover_core::show::{self, Piece, PromptState, ReadError};

use crate::guard::{Detail, Out, guard};
use crate::handle::{self, handle};
use crate::pair::asaf_role;
use crate::show::asaf_reading;
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::asaf_str;

/// The pieces of a log, without it.
pub(crate) struct Pieces(Vec<Piece<'static>>);

/// A console log in pieces, in the order of the log. They cover it: each begins where the last one ends.
pub struct asaf_transcript {
    _opaque: [u8; 0],
}
handle!(asaf_transcript, Pieces);

/// A prompt, what was typed there, and what came up to the next prompt. Texts are empty where there is
/// nothing to say. Lines and bytes count in the log; where it held damaged bytes, bytes count in the
/// text with U+FFFD in their place.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_piece {
    /// The line that the prompt stands in, from 1.
    pub line: usize,
    /// The first byte of the piece, its prompt included.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// The line that the output begins in.
    pub output_line: usize,
    /// The first byte of the output; it ends where the piece does.
    pub output_start: usize,
    /// The unit that the label shows; `ASAF_ROLE_NONE` where it shows none.
    pub role: asaf_role,
    /// The prompt as printed, `fw/pri/act(config)#`; empty for what stands in front of the first one.
    pub prompt: asaf_str,
    /// The first word of the label that is neither a role nor a state.
    pub hostname: asaf_str,
    /// The second such word.
    pub context: asaf_str,
    /// What the label shows of the standing: `act`, `stby`, `actNoFailover`, `stbyNoFailover`, `nego`.
    pub state: asaf_str,
    /// `user`, `privileged`, or the words in parentheses: `config`, `config-if`.
    pub mode: asaf_str,
    /// What was typed, as the screen showed it after corrections.
    pub typed: asaf_str,
    /// The command in full, where a reader knows it and the abbreviation leaves no doubt.
    pub command: asaf_str,
    /// What came.
    pub output: asaf_str,
}

/// Cuts a console log at its prompts. A line is a prompt if it has the form of one and its hostname
/// is the log's only one, or stands in another prompt too. Damaged bytes become U+FFFD.
///
/// `ASAF_STATUS_UNREADABLE` for a log beyond the limits of a reader.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_transcript_parse(
    log: asaf_str,
    out: *mut *mut asaf_transcript,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: the text is readable and `out` is NULL or writable, by the caller's contract.
        let (out, log) = unsafe { (Out::handle(out)?, log.read_captured("log")?) };
        let transcript = show::transcript(&log).map_err(ReadError::from)?;
        out.give(Pieces(transcript.pieces.into_iter().map(Piece::into_owned).collect()));
        Ok(())
    })
}

/// How many pieces there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_transcript_count(
    transcript: *const asaf_transcript,
    out: *mut usize,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(transcript, "transcript")?.0.len());
        Ok(())
    })
}

impl Pieces {
    fn at(&self, index: usize) -> Result<&Piece<'static>, Failure> {
        self.0.get(index).ok_or_else(|| Failure::index("pieces", index, self.0.len()))
    }
}

/// A piece of the log, from index 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_transcript_piece(
    transcript: *const asaf_transcript,
    index: usize,
    out: *mut asaf_piece,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let pieces = handle::borrow(transcript, "transcript")?;
        let piece = pieces.at(index)?;
        let prompt = piece.prompt.as_ref();
        out.put(asaf_piece {
            line: piece.line,
            start: piece.span.start,
            end: piece.span.end,
            output_line: piece.output_line,
            output_start: piece.output_start,
            role: asaf_role::of(prompt.and_then(|prompt| prompt.role)),
            prompt: asaf_str::lend_some(prompt.map(|prompt| prompt.text.as_str())),
            hostname: asaf_str::lend_some(prompt.and_then(|prompt| prompt.hostname.as_deref())),
            context: asaf_str::lend_some(prompt.and_then(|prompt| prompt.context.as_deref())),
            state: asaf_str::lend_some(prompt.and_then(|prompt| prompt.state).map(PromptState::as_str)),
            mode: asaf_str::lend_some(prompt.map(|prompt| prompt.mode.as_str())),
            typed: asaf_str::lend(&piece.typed),
            command: asaf_str::lend_some(piece.command.as_deref()),
            output: asaf_str::lend(&piece.output),
        });
        Ok(())
    })
}

/// Reads the output of a piece by its command. Lines and bytes, of unread lines and of the error,
/// count in the log.
///
/// `ASAF_STATUS_NO_READER` for a piece without a command in full, `ASAF_STATUS_UNREADABLE` where its
/// reader does not take the output.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_transcript_read(
    transcript: *const asaf_transcript,
    index: usize,
    out: *mut *mut asaf_reading,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let pieces = handle::borrow(transcript, "transcript")?;
        out.give(pieces.at(index)?.read()?.into());
        Ok(())
    })
}

/// Frees a transcript. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_transcript_free(transcript: *mut asaf_transcript) -> asaf_status {
    guard(Detail::NONE, || handle::release(transcript))
}
