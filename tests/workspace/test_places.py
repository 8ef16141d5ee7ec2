"""Names of regions in a company's expressions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.text.regions import Regions
from assistant.workspace import check_examples, places
from assistant.workspace.load import load_workspace
from assistant.workspace.model import Intent

RULES = "corpus/policies.yaml"


def changed(root: Path, when: str) -> None:
    path = root / RULES
    text = path.read_text(encoding="utf-8")
    start = text.index('when: "') + len('when: "')
    end = text.index('"', start)
    path.write_text(f"{text[:start]}({when}) || ({text[start:end]}){text[end:]}", encoding="utf-8")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("region(order.ship_to) in ['TX', 'MB']", []),
        ("region(order.ship_to) == 'Texas'", []),
        ("region(order.ship_to) in ['Manitoba', 'MB']", []),
        ("region(order.ship_to) == ''", []),
        ("region(order.ship_to) == 'Texs'", ["'Texs'"]),
        ("'Atlantis' != region(order.ship_to)", ["'Atlantis'"]),
        ("region(order.ship_to) == 'Manitoba' || region(order.ship_to) == 'MB'", ["'MB'"]),
    ],
)
def test_a_name_that_region_never_gives_is_noted(root: Path, when: str, said: list[str]) -> None:
    changed(root, when)
    found = [note.message for note in places.notes(load_workspace(root))]
    assert len(found) == len(said)
    assert all(name in message for name, message in zip(said, found, strict=True))


def test_a_short_name_alone_is_what_region_gives(root: Path) -> None:
    changed(root, "region(order.ship_to) in ['MB', 'AB']")
    regions = Regions(places.regions_of(load_workspace(root)))
    assert regions.region("Range Rd 12, Camrose, AB T4V 2R4") == "AB"
    assert regions.region("1 Main St, Winnipeg, Manitoba") == "MB"
    assert regions.region("1 Main St, Houston TX 77002") == "Texas"


@pytest.mark.parametrize(("example", "noted"), [("swap the order", True), ("swap {order} on {date}", False)])
def test_an_own_intent_whose_examples_never_name_order_and_value_together_is_noted(root: Path, example: str, noted: bool) -> None:
    workspace = load_workspace(root)
    spec = next(spec for spec in workspace.procedures.values() if spec.confirm and {"order", "date"} <= {slot.type for slot in spec.slots.values()})
    own = replace(workspace, intents={**workspace.intents, spec.intents[0]: Intent(spec.intents[0], {"en": (example,)})})
    keys = [note.key for note in check_examples.problems(own)]
    assert (f"intents.{spec.intents[0]}" in keys) == noted
