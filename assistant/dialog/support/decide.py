"""The weighed decision about a sentence: rules that refuse it whatever else speaks for it, then a fitted model over what was measured; pure but for vectors."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp

from assistant.dialog.support.rules import reason_of
from assistant.dialog.support.sense import Near, Sense
from assistant.dialog.support.signals import senses, signals_of, window_text
from assistant.dialog.support.soft import Place, Soft, soft_match
from assistant.dialog.support.turned import turned
from assistant.dialog.support.units import Clause, halves

Signals = Mapping[str, float]
MODEL = "model.json"
# a sentence whose words only two clauses together hold puts together what the source does not
_MIXED = 0.3
# what refuses a sentence, in the order of the reasons given
_VETOES: tuple[tuple[str, Callable[[Signals], bool]], ...] = (
    ("name", lambda said: said["named"] > 0 or said["letter"] > 0 or said["letrival"] > 0 or said["proper"] > 0),
    ("comparator", lambda said: said["bopp"] > 0 or said["bounds"] > 0 or said["order"] > 0 or said["disord"] > 0),
    ("negation", lambda said: said["parity_u"] > 0 or said["polarity"] > 1 or said["opposed"] > 0),
    ("modality", lambda said: said["modality"] > 0),
    ("number", lambda said: said["rival"] > 0 or said["split"] > 0 or said["unlinked"] > 0),
    ("unit", lambda said: said["per"] > 0),
    ("added", lambda said: said["freeadd"] > 0 or said["everyadd"] > 0 or said["*ALL"] > 0 or (said["rec"] > 0 and said["nweak"] > 0)),
    ("unsupported", lambda said: said["payer"] > 0 or said["party"] > 0 or said["dropped"] > 0 or said["unbounded"] > 0),
    ("unsupported", lambda said: said["cond"] > 0 or said["crossed"] > 0 or said["mixgain"] > _MIXED),
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """How likely a sentence is supported (0-1), why it is refused whatever the likelihood ("" when it is not), and where it is said."""

    score: float
    reason: str
    found: tuple[Soft, ...]
    signals: Signals


def weigh(clauses: Sequence[Clause], places: Sequence[Place], sense: Sense, *, sentence: str, known: frozenset[str], opening: bool) -> Weighed:
    """`known` are the SKUs of the catalogue, squeezed; `opening`: a yes or no was cut off. Raises BackendUnavailable."""
    near = Near(sense.need(_words(clauses, places)))
    sure = _placed(clauses, places, near)
    if not sure:
        return Weighed(0.0, "unsupported", (), {})
    said = signals_of(sure, places, near, sentence=sentence, known=known, opening=opening)
    matched = " ".join(dict.fromkeys(window_text(each) for each in sure))
    pairs = [text for each in sure for text in (each.clause.text, window_text(each))]
    opposite = {text: turned(text) for text in pairs}
    vectors = sense.need([sentence, matched, *pairs, *opposite.values()])
    said.update(senses(sentence, sure, Near(vectors), matched=matched, turned=opposite))
    return Weighed(likelihood(said), vetoed(said, sure), sure, said)


def _placed(clauses: Sequence[Clause], places: Sequence[Place], near: Near) -> tuple[Soft, ...]:
    """The best place of each clause, or of its two halves where no place has all its figures; () when one is nowhere."""
    found: list[Soft] = []
    for clause in clauses:
        each = soft_match(clause, clauses, places, near)
        if each is None:
            return ()
        both = _parted(clause, clauses, places, near) if each.match.missing else ()
        found += both or (each,)
    return tuple(found)


def _parted(clause: Clause, whole: Sequence[Clause], places: Sequence[Place], near: Near) -> tuple[Soft, ...]:
    """Two halves around an "and" that stand under one heading of one ground with all their figures."""
    for parts in halves(clause):
        one, other = (soft_match(part, whole, places, near) for part in parts)
        if one is None or other is None or one.match.missing or other.match.missing or one.place.ground != other.place.ground:
            continue
        if one.place.unit.kind == other.place.unit.kind and one.place.unit.heads[:1] == other.place.unit.heads[:1]:
            return one, other
    return ()


def _words(clauses: Sequence[Clause], places: Sequence[Place]) -> list[str]:
    """The words whose vectors are compared: those of the sentence, of the units and of what stands around them."""
    seen: dict[str, None] = {word.text: None for clause in clauses for word in clause.content}
    for place in places:
        for clause in (*place.unit.clauses, *place.unit.heads, *place.unit.before):
            seen.update((word.text, None) for word in clause.content)
    return list(seen)


def vetoed(said: Signals, found: Sequence[Soft]) -> str:
    """The reason of the first rule that refuses the sentence, "" when none does."""
    for each in found:
        for figure in each.match.missing:
            return reason_of(figure, [other for clause in each.match.window for other in clause.figures])
    return next((reason for reason, refuses in _VETOES if refuses(said)), "")


def likelihood(said: Signals) -> float:
    """0-1 by the fitted trees."""
    model = _model()
    total = model.bias
    row = [min(said[name], 12.0 if name in ("ncont", "nclauses", "npairs", "nfig") else 4.0) for name in model.names]
    for tree in model.trees:
        at = 0
        while True:
            feature, limit, left, right, value = tree[at]
            if feature < 0:
                total += value
                break
            at = int(left if row[int(feature)] <= limit else right)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class _Trees:
    names: tuple[str, ...]
    bias: float
    trees: tuple[tuple[tuple[float, ...], ...], ...]
    threshold: float


@lru_cache(maxsize=1)
def _model() -> _Trees:
    held = json.loads(files("assistant.dialog.support").joinpath(MODEL).read_text(encoding="utf-8"))
    trees = tuple(tuple(tuple(node) for node in tree) for tree in held["trees"])
    return _Trees(tuple(held["names"]), float(held["bias"]), trees, float(held["threshold"]))


def fitted_threshold() -> float:
    """The likelihood under which nothing is released."""
    return _model().threshold
