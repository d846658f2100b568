"""Models: names, image and boot procedure, what they run, what their failover can do."""

from __future__ import annotations

import json

import pytest

import asa_failover as asaf

COMPAT = asaf.Compat()


def model(name: str) -> asaf.Model:
    found = COMPAT.model(name)
    assert found is not None
    return found


def test_a_model_and_its_parts() -> None:
    asa = model("asa5525")
    assert (asa.name, asa.family) == ("ASA 5525-X", "asa5525x-5545x-5555x")
    assert (asa.first, asa.last) == (asaf.AsaVersion("8.6(1)"), "9.14(4)")
    assert (asa.image, asa.boot) == ("asa-smp", "boot-list")
    assert (asa.active_standby, asa.stateful, asa.active_active) == ("yes", "yes", "yes")
    assert repr(asa) == "<Model ASA 5525-X>" and str(asa).startswith("ASA 5525-X: 8.6(1) to 9.14(4) [memory: ")
    assert asa == model("ASA 5525-X") and asa != model("ASA5545")
    plain = asa.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert (plain["first"], plain["last"], plain["modes"]) == ("8.6(1)", "9.14(4)", [])


def test_every_model() -> None:
    models = COMPAT.models()
    assert len(models) > 70 and len({found.name for found in models}) == len(models)
    assert all(COMPAT.model(found.name) == found for found in models)
    assert COMPAT.model("WS-SVC-FWM-1") is None


def test_whether_an_image_suits() -> None:
    asa = model("ASA5525")
    assert asa.suits("asa984-48-smp-k8.bin") == {"answer": "yes"}
    assert asa.suits(asaf.ImageName("disk0:/asa984-48-smp-k8.bin")) == {"answer": "yes"}
    refused = asa.suits("cisco-asa-fp1k.9.16.3.SPA")
    assert refused["answer"] == "no" and refused["why"].startswith("the ASA 5525-X boots asa...-smp-k8.bin")
    assert model("PIX-525").suits("pix804.bin")["answer"] == "unknown"
    with pytest.raises(asaf.ParseError, match="expected an image name"):
        asa.suits("image.bin")
    with pytest.raises(TypeError):
        asa.suits(5)  # type: ignore[arg-type]


def test_what_it_runs() -> None:
    asa = model("ASA5525")
    assert asa.runs("9.12(4)")["answer"] == "within"
    outside = asa.runs("9.16(4)")
    assert (outside["answer"], outside["why"]["id"]) == ("outside", "model.last")
    assert outside["why"]["text"] == "the releases of the ASA 5525-X end with 9.14(4)"
    assert model("ASAv").runs("9.25(1)")["answer"] == "unknown"


@pytest.mark.parametrize(
    ("name", "release", "answer"),
    [
        ("ASA5525", "9.8(4)", "yes"),
        ("FPR-2130", "9.12(4)", "no"),
        ("FPR-2130", "9.20(4)", "no"),
        ("FPR4K-SM-44S", "9.16(4)", "no"),
        ("FPR-3110", "9.20(4)", "no"),
        ("ASAv", "9.16(4)", "depends"),
    ],
)
def test_whether_a_plan_drives_it(name: str, release: str, answer: str) -> None:
    driven = model(name).driven(release)
    assert driven["answer"] == answer
    assert ("why" in driven) == (answer != "yes")


def test_the_firepower_2100_has_two_modes() -> None:
    modes = model("FPR-2130").to_dict()["modes"]
    assert [(mode["mode"], mode["boot"], mode["since"]) for mode in modes] == [
        ("platform", "chassis", None),
        ("appliance", "single-boot-entry", "9.13(1)"),
    ]


def test_the_stateless_one() -> None:
    assert (model("ASA5505").active_standby, model("ASA5505").stateful) == ("licensed", "no")
