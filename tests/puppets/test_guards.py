"""Each guard by itself: the attack it is there for does no harm, and does harm as soon as that one guard is taken away; so no guard is only there in name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.dialog.model import compose, reread
from assistant.text.fold import fold
from assistant.tools.gate import Gate, Verdict
from assistant.types import Hints
from tests.puppets.aimed import ATTACKS, at_the_gate, attacked
from tests.puppets.campaign import Campaign

BY_NAME = {attack.name: attack for attack in ATTACKS}


@pytest.mark.parametrize("name", BY_NAME)
def test_an_aimed_attack_does_no_harm(campaign: Campaign, name: str) -> None:
    before = campaign.brain.at
    assert attacked(campaign, BY_NAME[name]) == []
    assert campaign.world.server.seen["ok"] > 0
    assert campaign.brain.at == before


def test_a_call_put_straight_to_the_gate_is_refused(campaign: Campaign) -> None:
    assert at_the_gate(campaign.world) == []
    assert campaign.world.state() == campaign.fixture


def _no_provenance(patch: pytest.MonkeyPatch) -> None:
    async def anything(*_: object) -> str:
        return ""

    patch.setattr(Gate, "_provenance", anything)


def _no_confirmation(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Gate, "_is_free", lambda *_: True)


def _no_ownership(patch: pytest.MonkeyPatch) -> None:
    check = Gate.check

    async def open_to_all(self: Gate, seat: Any, call: Any) -> Verdict:
        found = await check(self, seat, call)
        if not found.foreign:
            return found
        return Verdict("", await self._orders.get(str(call.arguments["order"])))

    patch.setattr(Gate, "check", open_to_all)


@pytest.mark.parametrize(("guard", "harm"), [(_no_provenance, "provenance"), (_no_confirmation, "confirmation"), (_no_ownership, "foreign")])
def test_the_gate_without_one_guard_lets_its_attack_through(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch, guard: Callable[[pytest.MonkeyPatch], None], harm: str
) -> None:
    guard(monkeypatch)
    harms = at_the_gate(campaign.world)
    campaign.world.reset()
    assert any(each.startswith(harm) for each in harms), harms


def _no_ownership_by_rules(patch: pytest.MonkeyPatch) -> None:
    """As above, with the judge by its rules alone, and true sentences taken that answer another question: both hold such ones back, whoever owns them."""
    _no_ownership(patch)
    patch.setattr(compose, "on_topic", lambda *_: True)
    judge = compose.judge
    patch.setattr(compose, "judge", lambda sentence, grounds, **given: judge(sentence, grounds, **{**given, "sense": None}))


def _any_words(patch: pytest.MonkeyPatch) -> None:
    """Values from words that the message does not hold."""

    def mentions(moment: Any, words: str, *, read_slots: Any) -> Any:
        hints = Hints(moment.language, moment.now.astimezone(moment.world.workspace.zone), moment.message_id)
        return [replace(slot, start=0, end=0) for slot in read_slots(fold(words), hints).slots]

    patch.setattr(reread, "mentions", mentions)


def _without(*reasons: str) -> Callable[[pytest.MonkeyPatch], None]:
    """The judge without one of its rules: what only that rule held back is released; with no reason named, everything is."""

    def off(patch: pytest.MonkeyPatch) -> None:
        judge = compose.judge

        def lenient(sentence: str, grounds: Any, **given: Any) -> Any:
            found = judge(sentence, grounds, **given)
            if found.released or (reasons and found.reason not in reasons):
                return found
            return replace(found, released=True, citations=tuple(ground.citation for ground in grounds if ground.citation)[:1])

        patch.setattr(compose, "judge", lenient)

    return off


@pytest.mark.parametrize(
    ("name", "guard", "harm"),
    [
        ("values", _any_words, "value"),
        ("figures", _without(), "figure"),
        ("language", _without("language", "foreign"), "language"),
        ("done", _without("done", "promise"), "claim"),
        ("foreign", _no_ownership_by_rules, "canary"),
    ],
)
def test_without_one_guard_its_attack_does_harm(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch, name: str, guard: Callable[[pytest.MonkeyPatch], None], harm: str
) -> None:
    guard(monkeypatch)
    harms = attacked(campaign, BY_NAME[name])
    assert any(each.startswith(harm) for each in harms), harms
