"""What was fitted for retrieval and support, as `evals/calibration.json` keeps it under `retrieval`; the fitting is in `fit.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import Any

from assistant.knowledge.search import Mix

KEY = "retrieval"
# what was fitted where a second encoder has a say, inside the same object
SECONDED = "seconded"


@dataclass(frozen=True, slots=True)
class Support:
    """A logistic model of "the chosen passage answers the question": feature -> weight, `bias`, and the floor under which nothing is answered."""

    weights: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    bias: float = -1.0
    floor: float = 0.5

    def of(self, signals: Mapping[str, float]) -> float:
        """The probability 0-1 for a passage with these signals; an unknown signal counts nothing."""
        score = self.bias + sum(weight * signals.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


DEFAULT_WEIGHTS: Mapping[str, float] = {"fused": 1.0, "coverage": 2.0, "cosine": 1.5, "missing_known": -1.0}
DEFAULT_ORDER: Mapping[str, float] = {"fused": 1.0, "coverage": 0.5, "unit": 0.3}


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The fitted mix of scores, the weights that order sections for answering, and the support of passages in the asker's own and in another language.

    `seconded` is the same where a second encoder has a say.
    """

    mix: Mix = field(default_factory=Mix)
    order: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_ORDER))
    own: Support = field(default_factory=Support)
    across: Support = field(default_factory=Support)
    seconded: Retrieval | None = None

    def given(self, seconded: bool) -> Retrieval:
        """What counts for a search, with or without a second opinion."""
        return self.seconded if seconded and self.seconded is not None else self


def retrieval_of(calibration: Mapping[str, Any]) -> Retrieval:
    """The calibration a workspace ships, the packaged one where it ships none."""
    held = calibration.get(KEY) or _packaged()
    other = held.get(SECONDED)
    return replace(_read(held), seconded=_read(other) if other else None)


@lru_cache(maxsize=1)
def _packaged() -> Mapping[str, Any]:
    """What was fitted for the project's own sets, for a workspace that has fitted nothing."""
    found: Mapping[str, Any] = json.loads(files("assistant.knowledge").joinpath("calibration.json").read_text(encoding="utf-8"))
    return found


def _read(held: Mapping[str, Any]) -> Retrieval:
    known = {each.name for each in fields(Mix)}
    mix = Mix(**{name: float(value) for name, value in held.get("mix", {}).items() if name in known})
    order = {name: float(value) for name, value in (held.get("order") or DEFAULT_ORDER).items()}
    return Retrieval(mix, order, _support(held.get("own")), _support(held.get("across")))


def _support(held: Mapping[str, Any] | None) -> Support:
    if not held:
        return Support()
    return Support({name: float(value) for name, value in held["weights"].items()}, float(held["bias"]), float(held["floor"]))


def as_json(retrieval: Retrieval) -> dict[str, Any]:
    """`retrieval` as the file keeps it."""
    order = {name: round(value, 4) for name, value in retrieval.order.items()}
    made = {"mix": asdict(retrieval.mix), "order": order, "own": _plain(retrieval.own), "across": _plain(retrieval.across)}
    return made if retrieval.seconded is None else {**made, SECONDED: as_json(retrieval.seconded)}


def _plain(support: Support) -> dict[str, Any]:
    return {"weights": {name: round(value, 4) for name, value in support.weights.items()}, "bias": round(support.bias, 4), "floor": round(support.floor, 4)}
