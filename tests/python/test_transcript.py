"""Console logs: cut at their prompts, each piece read by its command, places in the whole log."""

from __future__ import annotations

import pytest

import asa_failover as asaf
from conftest import Captures

LOG = (
    "Type help or '?' for a list of available commands.\r\n"
    "fw/pri/act> enable\r\n"
    "Password: ********\r\n"
    "fw/pri/act# sh mode\r\n"
    "Security context mode: single \r\n"
    "what is this?\r\n"
    "fw/ctx1/act(config)# show mode\r\n"
    "Security context mode: triple\r\n"
    "fw/pri/act# "
)


def test_a_log_is_cut_at_its_prompts_and_nothing_is_lost() -> None:
    pieces = asaf.transcript(LOG)
    assert "".join(LOG[piece.span[0] : piece.span[1]] for piece in pieces) == LOG
    assert all(LOG[piece.output_start : piece.span[1]] == piece.output for piece in pieces)
    assert [piece.typed for piece in pieces] == ["", "enable", "sh mode", "show mode", ""]
    assert [piece.command for piece in pieces] == [None, None, "show mode", "show mode", None]
    assert [(piece.line, piece.output_line) for piece in pieces] == [(1, 1), (2, 3), (4, 5), (7, 8), (9, 9)]


def test_a_prompt_says_what_its_label_shows() -> None:
    before, user, privileged, config, _ = asaf.transcript(LOG)
    assert [before.prompt, before.hostname, before.context, before.role, before.state, before.mode] == [None] * 6
    assert (user.prompt, user.mode) == ("fw/pri/act>", "user")
    assert (privileged.hostname, privileged.role, privileged.state) == ("fw", "Primary", "act")
    assert (privileged.context, privileged.mode) == (None, "privileged")
    assert (config.hostname, config.context, config.mode) == ("fw", "ctx1", "config")
    assert repr(config) == '<Piece line 7, fw/ctx1/act(config)# "show mode">'


def test_a_piece_is_read_by_its_command() -> None:
    pieces = asaf.transcript(LOG)
    reading = pieces[2].read()
    assert reading.value.to_dict()["mode"] == "single"
    assert [(unread.line, unread.text) for unread in reading.unread] == [(6, "what is this?\r")]
    with pytest.raises(asaf.ParseError) as caught:
        pieces[3].read()
    error = caught.value
    assert (error.command, error.line) == ("show mode", 8)
    assert error.span is not None and LOG[error.span[0] : error.span[1]] == "triple"
    with pytest.raises(asaf.ParseError, match='no reader for "enable"'):
        pieces[1].read()


def test_a_capture_is_read_from_a_log_as_it_is_alone(captures: Captures) -> None:
    text = captures["primary"]["show failover"]
    piece, _ = asaf.transcript(f"fw# sh fail\n{text}\nfw# ")
    assert piece.read().value == asaf.parse("show failover", text).value


def test_bytes_are_taken_as_they_were_captured() -> None:
    assert asaf.transcript(LOG.encode()) == asaf.transcript(LOG)
    damaged, _ = asaf.transcript(b"fw# show mo\xffde\nSecurity context mode: single\nfw# ")
    assert (damaged.typed, damaged.command) == ("show mo\ufffdde", None)
    halves = b"fw# show mo\xffde\n".decode(errors="surrogateescape")
    assert asaf.transcript(halves)[0].command is None, "a str may hold what is no text, as for parse"
    with pytest.raises(TypeError):
        asaf.transcript(7)  # type: ignore[arg-type]


def test_a_log_beyond_the_limits_is_refused() -> None:
    with pytest.raises(asaf.ParseError, match="transcript, line 1: expected at most 16 KiB in a line"):
        asaf.transcript("x" * (16 << 10) + "x")
