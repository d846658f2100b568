"""The exceptions. A halt of a run is none of them: it is an outcome."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._core import Finding

__all__ = ["AsaFailoverError", "JournalError", "ParseError", "Refused", "TransportError"]


class AsaFailoverError(Exception):
    """Whatever this library raises."""


class ParseError(AsaFailoverError, ValueError):
    """A text is not what it has to be: a release number, a captured output, a plan.

    Attributes:
        command: the command whose output was read, ``None`` where the text is no output.
        line: the line in the captured text, from 1.
        span: the bytes in the captured text, from and up to.
        problems: every problem, where several were found at once.
    """

    command: str | None
    line: int | None
    span: tuple[int, int] | None
    problems: list[str]

    def __init__(
        self,
        message: str,
        *,
        command: str | None = None,
        line: int | None = None,
        span: tuple[int, int] | None = None,
        problems: list[str] | None = None,
    ) -> None:
        super().__init__(message)
        self.command = command
        self.line = line
        self.span = span
        self.problems = [message] if problems is None else problems


class Refused(AsaFailoverError):
    """There is no plan: the checks found something that blocks it.

    Attributes:
        findings: everything found, also what does not block.
    """

    findings: list[Finding]

    def __init__(self, message: str, findings: list[Finding] | None = None) -> None:
        super().__init__(message)
        self.findings = [] if findings is None else findings


class JournalError(AsaFailoverError, OSError):
    """A journal cannot be used: its folder, its owner, its lock or its contents are not right.

    Attributes:
        path: the journal.
        errno: the system's error number, where the system refused.
    """

    path: str | None

    def __init__(self, message: str, *, path: str | None = None, errno: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.errno = errno


class TransportError(AsaFailoverError, OSError):
    """A live pair could not be read: no session, a lost one, or a question nobody may answer."""
