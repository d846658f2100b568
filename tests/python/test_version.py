"""Releases, trains and image names: order, hash, pickle, spelling, and what is none."""

from __future__ import annotations

import copy
import pickle

import pytest

import asa_failover as asaf


@pytest.mark.parametrize("text", ["9.1(7)4", "9.1(7.4)", "9.1.7.4"])
def test_every_spelling_is_one_release(text: str) -> None:
    version = asaf.AsaVersion(text)
    assert (version.major, version.minor, version.maintenance, version.interim) == (9, 1, 7, 4)
    assert str(version) == "9.1(7)4"
    assert repr(version) == "AsaVersion('9.1(7)4')"
    assert version.train == asaf.Train("9.1")


def test_releases_are_ordered_as_numbers() -> None:
    texts = ["9.10(1)", "9.9(2)", "9.9(2)80", "9.9(2)9"]
    in_order = sorted(asaf.AsaVersion(text) for text in texts)
    assert [str(version) for version in in_order] == ["9.9(2)", "9.9(2)9", "9.9(2)80", "9.10(1)"]
    assert asaf.Train("9.9") < asaf.Train("9.10")
    assert (asaf.Train("9.9").major, asaf.Train("9.9").minor) == (9, 9)
    with pytest.raises(TypeError):
        _ = asaf.AsaVersion("9.9(2)") < "9.10(1)"  # type: ignore[operator]


@pytest.mark.parametrize(
    "value", [asaf.AsaVersion("9.16(4)57"), asaf.Train("9.16"), asaf.ImageName("asa9-16-4-57-lfbff-k8.SPA")]
)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_values_pickle_copy_and_hash(value: object, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(value, protocol))
    assert again == value
    assert hash(again) == hash(value)
    assert copy.deepcopy(value) == value
    assert {value, again} == {value}
    assert eval(repr(value), vars(asaf)) == value


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        asaf.AsaVersion("9.1(7)4").major = 10  # type: ignore[misc]


def test_a_version_matches_by_keyword() -> None:
    version = asaf.AsaVersion("9.16(4)57")
    assert isinstance(version, asaf.AsaVersion) and (version.major, version.interim) == (9, 57)


@pytest.mark.parametrize("text", ["", "9.16", "9.16(4)x", "latest"])
def test_what_is_no_release_is_named(text: str) -> None:
    with pytest.raises(asaf.ParseError) as caught:
        asaf.AsaVersion(text)
    assert str(caught.value) == f'expected an ASA version such as 9.16(4)57, found "{text}"'
    assert isinstance(caught.value, ValueError) and isinstance(caught.value, asaf.AsaFailoverError)
    assert (caught.value.command, caught.value.line, caught.value.span) == (None, None, None)


def test_what_is_no_train_is_named() -> None:
    with pytest.raises(asaf.ParseError, match=r'expected a release train such as 9.16, found "9"'):
        asaf.Train("9")


def test_image_names() -> None:
    image = asaf.ImageName("disk0:/asa9162-smp-k8.bin")
    assert (image.version, image.family) == (asaf.AsaVersion("9.16(2)"), "asa-smp")
    assert str(image) == "asa9162-smp-k8.bin"
    undecided = asaf.ImageName("asdm-7221.bin")
    assert undecided.version is None
    assert [str(version) for version in undecided.versions] == ["7.22(1)", "7.2(2)1"]
    assert asaf.ImageName("ASA9162-smp-k8.bin") == image
    with pytest.raises(asaf.ParseError) as caught:
        asaf.ImageName("running-config.cfg")
    assert "running-config.cfg" in str(caught.value)
