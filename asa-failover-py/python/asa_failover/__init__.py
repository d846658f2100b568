"""Plans and drives software upgrades of Cisco ASA failover pairs without an outage.

Four questions, each usable on its own:

1. May this pair go from X to Y without downtime? :meth:`Compat.between`; and ASDM: :meth:`Compat.asdm_for`
2. What state is the pair in? :func:`parse`, :func:`parse_many`, :func:`transcript`, :mod:`asa_failover.show`,
   :meth:`Pair.from_captures`, :func:`read`; and what a log says of it: :mod:`asa_failover.syslog`
3. What exactly will happen? :func:`check`, :func:`plan`, :func:`rehearse`
4. Do it. :func:`run`, or :class:`Run` with a transport of your own.

>>> import asa_failover as asaf
>>> verdict = asaf.Compat().between("9.8(4)", "9.8(4)48", model="ASA5525")
>>> verdict.kind
'hitless'
"""

from __future__ import annotations

from ._core import (
    __version__,
    Action,
    Alternative,
    AsaVersion,
    Asdm,
    AsdmStep,
    AsdmSteps,
    ByModel,
    Compat,
    Condition,
    Event,
    Finding,
    Goal,
    Guideline,
    Hop,
    Image,
    ImageName,
    Judgement,
    Model,
    Oracle,
    Outcome,
    Pair,
    Piece,
    Plan,
    Policy,
    Progress,
    Question,
    Reason,
    Rehearsal,
    Run,
    Skip,
    Source,
    Ssh,
    Step,
    SyslogEntry,
    SyslogMessage,
    Train,
    Verdict,
    check,
    plan,
    read,
    rehearse,
    run,
    transcript,
)
from ._core.readings import Lines, Reading, Unread, parse, parse_many
from ._errors import AsaFailoverError, JournalError, ParseError, Refused, TransportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import show, syslog

__all__ = [
    "__version__",
    "Action",
    "Alternative",
    "AsaFailoverError",
    "AsaVersion",
    "Asdm",
    "AsdmStep",
    "AsdmSteps",
    "ByModel",
    "Compat",
    "Condition",
    "Event",
    "Finding",
    "Goal",
    "Guideline",
    "Hop",
    "Image",
    "ImageName",
    "Judgement",
    "JournalError",
    "Lines",
    "Model",
    "Oracle",
    "Outcome",
    "Pair",
    "ParseError",
    "Piece",
    "Plan",
    "Policy",
    "Progress",
    "Question",
    "Reading",
    "Reason",
    "Refused",
    "Rehearsal",
    "Run",
    "Skip",
    "Source",
    "Ssh",
    "Step",
    "SyslogEntry",
    "SyslogMessage",
    "Train",
    "TransportError",
    "Unread",
    "Verdict",
    "check",
    "parse",
    "parse_many",
    "plan",
    "read",
    "rehearse",
    "run",
    "show",
    "syslog",
    "transcript",
]

for _public in (AsaFailoverError, JournalError, ParseError, Refused, TransportError, parse, parse_many):
    _public.__module__ = __name__  # so that tracebacks and pickles name what is public
del _public

if not TYPE_CHECKING:  # else a name that is not there would pass for a module

    def __getattr__(name):
        """The modules inside of this one, each imported when it is first asked for."""
        if name in ("show", "syslog"):
            from importlib import import_module

            return import_module(f"{__name__}.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__():
        return sorted({*globals(), *__all__})
