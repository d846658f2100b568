//! `transcript`: a console log in, its pieces out.

use asa_failover_core::show;
use pyo3::prelude::*;

use crate::error::Error;
use crate::show::Reading;
use crate::show::text::Text;

/// Cuts a console log into pieces: a prompt, what was typed there, what came.
///
/// A line is a prompt if it has the form of one and its hostname is the only one in the log, or stands
/// in another prompt too. Nothing of the log is lost: each piece begins where the last one ends.
///
/// Args:
///     log: the log of a console or of a session, or of several; damaged ``bytes`` become U+FFFD, and
///         spans count in the UTF-8 bytes of that text.
///
/// Returns:
///     The pieces, in the order of the log.
///
/// Raises:
///     ParseError: the log is beyond the limits of a reader.
///
/// >>> import asa_failover
/// >>> log = "fw/pri/act# sh mode\nSecurity context mode: single\nfw/pri/act# "
/// >>> [(piece.command, piece.state) for piece in asa_failover.transcript(log)]
/// [('show mode', 'act'), (None, 'act')]
/// >>> asa_failover.transcript(log)[0].read().value.mode
/// 'single'
#[pyfunction]
pub(crate) fn transcript(py: Python<'_>, log: Text<'_>) -> Result<Vec<Piece>, Error> {
    py.detach(|| {
        let pieces = show::transcript(&log)?.pieces;
        Ok(pieces.into_iter().map(|piece| Piece { inner: piece.into_owned() }).collect())
    })
}

/// A prompt, what was typed there, and everything up to the next prompt.
#[pyclass(frozen, eq, module = "asa_failover")]
#[derive(PartialEq)]
pub(crate) struct Piece {
    inner: show::Piece<'static>,
}

#[pymethods]
impl Piece {
    /// The prompt as printed, ``fw/pri/act(config)#``; ``None`` for what stands in front of the first one.
    #[getter]
    fn prompt(&self) -> Option<&str> {
        self.inner.prompt.as_ref().map(|prompt| prompt.text.as_str())
    }

    /// The first word of the label that is neither a role nor a state.
    #[getter]
    fn hostname(&self) -> Option<&str> {
        self.inner.prompt.as_ref()?.hostname.as_deref()
    }

    /// The second such word: a context, where the label is not made to show something else.
    #[getter]
    fn context(&self) -> Option<&str> {
        self.inner.prompt.as_ref()?.context.as_deref()
    }

    /// ``Primary`` or ``Secondary``, where the label shows it.
    #[getter]
    fn role(&self) -> Option<String> {
        self.inner.prompt.as_ref()?.role.map(|role| role.to_string())
    }

    /// What the label shows of the standing: ``act``, ``stby``, ``actNoFailover``, ``stbyNoFailover`` or
    /// ``nego``. It may be what was true before a switch.
    #[getter]
    fn state(&self) -> Option<&'static str> {
        self.inner.prompt.as_ref()?.state.map(show::PromptState::as_str)
    }

    /// ``user``, ``privileged``, or the words in parentheses: ``config``, ``config-if``.
    #[getter]
    fn mode(&self) -> Option<&str> {
        self.inner.prompt.as_ref().map(|prompt| prompt.mode.as_str())
    }

    /// What was typed, as the screen showed it after corrections; empty for Enter alone.
    #[getter]
    fn typed(&self) -> &str {
        &self.inner.typed
    }

    /// The command in full, where a reader knows it and the abbreviation leaves no doubt.
    #[getter]
    fn command(&self) -> Option<&str> {
        self.inner.command.as_deref()
    }

    /// The line of the log that the prompt stands in, from 1.
    #[getter]
    const fn line(&self) -> usize {
        self.inner.line
    }

    /// The bytes of the log, its prompt included: the first, and the one behind the last.
    #[getter]
    const fn span(&self) -> (usize, usize) {
        (self.inner.span.start, self.inner.span.end)
    }

    /// What came.
    #[getter]
    fn output(&self) -> &str {
        &self.inner.output
    }

    /// The line of the log that the output begins in.
    #[getter]
    const fn output_line(&self) -> usize {
        self.inner.output_line
    }

    /// The byte of the log that the output begins at.
    #[getter]
    const fn output_start(&self) -> usize {
        self.inner.output_start
    }

    /// Reads the output by its command. Lines and spans, of unread lines and of errors, count in the log.
    ///
    /// Raises:
    ///     ParseError: no reader knows what was typed, or it does not take the output.
    fn read(&self, py: Python<'_>) -> Result<Reading, Error> {
        py.detach(|| Reading::of(self.inner.read()?))
    }

    fn __repr__(&self) -> String {
        let prompt = self.prompt().unwrap_or("no prompt");
        format!("<Piece line {}, {prompt} {:?}>", self.inner.line, self.inner.typed)
    }
}
