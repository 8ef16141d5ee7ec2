"""Fits the mix of scores, the order of sections and the support floor on labelled questions; it runs by command, never in a turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

from assistant.knowledge.calibration import Retrieval, Support
from assistant.knowledge.cases import Case
from assistant.knowledge.concepts import Concepts
from assistant.knowledge.extract import BY_KIND, Choice, Chooser, choose
from assistant.knowledge.mentions import Names
from assistant.knowledge.said import Memo
from assistant.knowledge.search import HybridRetriever, Mix, Nearest, Opinion
from assistant.knowledge.snapshot import Snapshot
from assistant.ports import Encoder
from assistant.types import Scope

GRID: Mapping[str, tuple[float, ...]] = {
    "weight": (0.5, 0.6, 0.65, 0.7, 0.8),
    "heading": (0.2, 0.3, 0.4),
    "floor": (0.05, 0.1, 0.2),
    "ideas": (0.7, 1.0, 1.5),
    "names": (0.1, 0.3, 0.6),
    "edge": (0.0, 0.1, 0.2),
    "covered": (0.0, 0.1, 0.2, 0.3, 0.5),
    "titled": (0.0, 0.1, 0.2, 0.3),
    "figured": (0.0, 0.05, 0.1, 0.2),
    "second": (0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0),
}
ORDER = (
    "fused", "heading", "cosine", "lexical", "coverage", "title", "unit", "unit_cosine", "number", "told", "row", "list", "named", "foreign", "edge",
    "missing_known", "unit_told", "steps", "peak", "peak_unit", "second",
)  # fmt: skip
SUPPORT = (
    "fused", "heading", "cosine", "coverage", "title", "unit", "unit_cosine", "number", "missing_known", "missing_unknown", "worst_known", "worst_unknown",
    "absent", "peak", "product", "second", "second_gap", "told", "unit_told",
    *(f"{kind}.{name}" for name in BY_KIND for kind in ("product", "rule")),
)  # fmt: skip
STRENGTH_ORDER, STRENGTH_SUPPORT = 0.05, 0.05
FOLDS = 5
FOUND = 10
# what an answerable question weighs whose best choice does not answer it: to be left unanswered like an unanswerable one, though the documents say it
ASTRAY = 0.5
POOL, ROUNDS = 40, 2


@dataclass(frozen=True, slots=True)
class Bench:
    """A snapshot that searches run over, as the live knowledge base would be: the Live of `search.py` without SQL."""

    held: Snapshot
    encoder: Encoder
    names: Names
    concepts: Concepts
    mix: Mix = field(default_factory=Mix)
    index: Nearest | None = None
    second: Opinion | None = None
    sure: float = inf
    seconded: Mix | None = None

    @property
    def mix_seconded(self) -> Mix:
        return self.seconded or self.mix

    def snapshot(self) -> Snapshot:
        return self.held

    def check(self, versions: Mapping[tuple[str, str], int], scope: Scope) -> set[tuple[str, str]]:
        del scope
        return set(versions)


@dataclass(frozen=True, slots=True)
class Trial:
    """A bench with the cases that are asked of it, the unanswerable ones among them.

    `settled` are those that facts answer, `refused` those that name what nobody knows; `absent` and `rivals` as in `Chooser`. Wordings that the word lists
    were written from look better served than a customer's will be: they `weigh` less, and the floor is set on the trials that weigh most.
    """

    bench: Bench
    cases: tuple[Case, ...]
    scope: Scope
    settled: Callable[[Case], bool]
    absent: Callable[[Case], bool]
    rivals: Callable[[tuple[str, ...]], frozenset[str]]
    refused: Callable[[Case], bool] = lambda _: False
    weigh: float = 1.0


def fit(own: Sequence[Trial], across: Sequence[Trial], *, answered: float = 0.85, silent: float = 0.0, start: Retrieval | None = None) -> Retrieval:
    """The calibration that serves these trials best, in the asker's language and across languages.

    The mix by coordinate search for sections among the first five; the order by pairwise logistic regression; support by logistic regression, its floor
    so that the share `answered` of the answerable questions is answered, unless less than the share `silent` of the unanswerable were left unanswered then.
    The floor is set on scores of models that have not seen a question's document.
    """
    found = start or Retrieval()
    found = replace(found, mix=fit_mix([*own, *across], found.mix))
    asked_own, asked_across = ([_asked(trial, found) for trial in trials] for trials in (own, across))
    found = replace(found, order=_fit_order([*asked_own, *asked_across]))
    own_, across_ = (_fit_support(asked, found.order, answered=answered, silent=silent) for asked in (asked_own, asked_across))
    return replace(found, own=own_, across=across_)


def fit_mix(trials: Sequence[Trial], mix: Mix) -> Mix:
    """Coordinate search. What a mix is made of is worked out once a question, for the sections that the first mix finds nearest."""
    pools = [_pools(trial, mix) for trial in trials]
    weights = [trial.weigh for trial in trials]
    score = _score(pools, mix, weights)
    for _ in range(ROUNDS):
        for name, steps in GRID.items():
            tried = {step: _score(pools, replace(mix, **{name: step}), weights) for step in steps}
            best = max(tried, key=lambda step: tried[step])
            if tried[best] > score + 1e-9:
                mix, score = replace(mix, **{name: best}), tried[best]
    return mix


@dataclass(frozen=True, slots=True)
class _Pool:
    """The candidates of one question (p): what a mix weighs, as arrays of shape (p,), and which of them answer. `masses`: the most each group could score."""

    right: Any
    heads: Any
    bests: Any
    groups: tuple[Any, ...]
    masses: tuple[float, ...]
    edges: Any
    said: Any
    opinions: Any

    def gained(self, mix: Mix) -> float:
        """1 when an answering section is among the first five, half again when it is the first."""
        import numpy as np

        if not len(self.right):
            return 0.0
        raw = mix.heading * self.heads + (1 - mix.heading) * np.maximum(self.bests, self.heads / 2)
        dense = np.clip(raw / max(float(raw.max()), 1e-6), 0, 1)
        weights = (1.0, mix.ideas, mix.names)
        most = sum(weight * mass for weight, mass in zip(weights, self.masses, strict=True)) or 1.0
        shares = sum(weight * group for weight, group in zip(weights, self.groups, strict=True)) / most
        fused = mix.weight * dense + (1 - mix.weight) * shares / max(float(shares.max()), mix.floor) - mix.edge * self.edges
        fused = fused + self.said @ (mix.covered, mix.titled, mix.figured) + mix.second * self.opinions
        right = self.right[np.argsort(-fused, kind="stable")[:5]]
        return float(right.any()) + 0.5 * float(right[0])


def _pools(trial: Trial, mix: Mix) -> list[_Pool]:
    retriever = HybridRetriever(replace(trial.bench, mix=mix))
    return [_pool(retriever, trial, case) for case in trial.cases if case.documents]


def _pool(retriever: HybridRetriever, trial: Trial, case: Case) -> _Pool:
    import numpy as np

    found = retriever.find(case.question, language=case.language, scope=_scope(trial, case), k=POOL)
    hits = found.hits if found else ()
    if found is None or not hits:
        none = np.zeros(0)
        return _Pool(none, none, none, groups=(), masses=(), edges=none, said=none, opinions=none)
    snapshot, numbers = found.snapshot, [hit.number for hit in hits]
    near = [snapshot.matrix[(at := int(snapshot.first[n])) : at + len(snapshot.sections[n].chunks)] @ found.vector for n in numbers]
    queries = (found.query.words, found.query.ideas, found.query.names)
    return _Pool(
        right=np.array([case.answered_by(hit) for hit in hits]),
        heads=np.array([float(each[0]) for each in near]),
        bests=np.array([float(each[1:].max()) if len(each) > 1 else -1.0 for each in near]),
        groups=tuple(snapshot.lexical.scores(query)[numbers] for query in queries),
        masses=tuple(snapshot.lexical.mass(query) for query in queries),
        edges=snapshot.edges[numbers],
        said=np.array([retriever.says(found.query, hit, snapshot) for hit in hits]),
        opinions=np.array([hit.opinion for hit in hits]),
    )


def _score(pools: Sequence[Sequence[_Pool]], mix: Mix, weights: Sequence[float]) -> float:
    """What all trials gain, each as it weighs, however many questions it holds."""
    return sum(weight * sum(pool.gained(mix) for pool in trial) / max(len(trial), 1) for trial, weight in zip(pools, weights, strict=True))


def _scope(trial: Trial, case: Case) -> Scope:
    return replace(trial.scope, products=trial.bench.names.products(case.question))


Asked = tuple[Trial, list[tuple[Case, tuple[Choice, ...]]]]


def _asked(trial: Trial, calibration: Retrieval) -> Asked:
    """Every case that facts do not settle, with the choices made for it."""
    retriever = HybridRetriever(replace(trial.bench, mix=calibration.mix))
    memo = Memo()
    made = []
    for case in trial.cases:
        if trial.settled(case):
            continue
        scope = _scope(trial, case)
        found = retriever.find(case.question, language=case.language, scope=scope, k=FOUND)
        rivals = trial.rivals(scope.products)
        chooser = Chooser(trial.bench.names, trial.bench.concepts, calibration.order, scope.products, trial.absent(case), rivals, memo)
        made.append((case, choose(found, chooser, most=FOUND) if found else ()))
    return trial, made


def _fit_order(asked: Iterable[Asked]) -> dict[str, float]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows: list[list[float]] = []
    weights: list[float] = []
    for trial, made in asked:
        for case, choices in made:
            right = [choice for choice in choices if case.answered_by(choice.hit)]
            if right:
                wrong = [other for other in choices if not case.answered_by(other.hit)]
                rows += [[right[0].signals[name] - other.signals[name] for name in ORDER] for other in wrong]
                weights += [trial.weigh] * len(wrong)
    table = np.array([*rows, *([-value for value in row] for row in rows)])
    labels = np.array([1] * len(rows) + [0] * len(rows))
    model = LogisticRegression(C=STRENGTH_ORDER, fit_intercept=False, max_iter=5000, tol=1e-6).fit(table, labels, sample_weight=weights + weights)
    return {name: float(weight) for name, weight in zip(ORDER, model.coef_[0], strict=True)}


@dataclass(frozen=True, slots=True)
class Judged:
    """How the best choices of some questions score under models that never saw their documents: scores of the answerable and of the unanswerable ones.

    `settled` answerable questions meet no floor, because facts answer them; `refused` unanswerable ones, because they name what nobody knows.
    """

    answerable: tuple[float, ...]
    unanswerable: tuple[float, ...]
    settled: int
    refused: int

    def at(self, floor: float) -> tuple[float, float]:
        """The share of the answerable that is answered, and of the unanswerable that is not."""
        through = sum(score >= floor for score in self.answerable) + self.settled
        held = sum(score < floor for score in self.unanswerable) + self.refused
        return through / max(len(self.answerable) + self.settled, 1), held / max(len(self.unanswerable) + self.refused, 1)

    def floor(self, *, answered: float, silent: float) -> float:
        """The highest floor that answers the share `answered`; a higher one when fewer than the share `silent` would be left unanswered."""
        steps = sorted({0.0, *self.answerable, *(score + 1e-6 for score in self.unanswerable)})
        best = max(step for step in steps if self.at(step)[0] >= min(answered, self.at(0.0)[0]))
        return best if self.at(best)[1] >= silent else min((step for step in steps if self.at(step)[1] >= silent), default=best)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The best choice of each question: signals (n, features), whether it answers, whether the question is answerable, what it weighs, its fold and whether
    the floor is set on it."""

    table: Any
    wanted: Any
    answerable: Any
    weights: Any
    folds: Any
    counted: Any
    settled: int
    refused: int


def judged(trials: Sequence[Trial], calibration: Retrieval) -> Judged:
    """How the calibration's kind of support would do on documents that it was not fitted on."""
    return _judged(_rows([_asked(trial, calibration) for trial in trials], calibration.order))


def _rows(asked: Iterable[Asked], order: Mapping[str, float]) -> _Rows:
    import numpy as np

    asked = list(asked)
    heaviest = max(trial.weigh for trial, _ in asked)
    rows, folds, counted, settled, refused = [], [], [], 0, 0
    numbers: dict[str, int] = {}
    for trial, made in asked:
        if trial.weigh == heaviest:
            settled += sum(1 for case in trial.cases if case.documents and trial.settled(case))
            refused += sum(1 for case in trial.cases if not case.documents and trial.refused(case))
        for case, choices in made:
            if not choices or trial.refused(case):
                continue
            best = max(choices, key=lambda choice: ranked(choice, order))
            right = _answers(case, best)
            weigh = trial.weigh * (ASTRAY if case.answerable and not right else 1.0)
            rows.append([*(best.signals[name] for name in SUPPORT), float(case.answerable), float(right), weigh])
            folds.append(numbers.setdefault(case.documents[0] if case.documents else case.id, len(numbers)) % FOLDS)
            counted.append(trial.weigh == heaviest)
    table = np.array(rows)
    answerable, wanted, weights = table[:, -3] > 0, table[:, -2] > 0, table[:, -1]
    # what is to be answered weighs as much in all as what is not, however many of each were written down
    for side in (wanted, ~wanted):
        weights[side] *= len(wanted) / 2 / max(float(weights[side].sum()), 1e-9)
    return _Rows(table[:, :-3], wanted, answerable, weights, np.array(folds), np.array(counted), settled, refused)


def _answers(case: Case, choice: Choice) -> bool:
    """Whether a choice answers: it is of a section that does, and its units hold one of the wanted strings, where either is labelled.

    The strings are of the asker's language: in the other one the section alone counts.
    """
    if not case.answerable or (case.documents and not case.answered_by(choice.hit)):
        return False
    if not case.answers or (case.documents and (choice.hit.section.language == "en") != (case.language == "en")):
        return True
    text = "".join("".join(unit.text for unit in choice.units).split()).replace(",", "").lower()
    return any("".join(wanted.split()).replace(",", "").lower() in text for wanted in case.answers)


def _model(table: Any, wanted: Any, weights: Any) -> tuple[Any, float]:
    """Weights and bias of a logistic regression over signals as they are."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    centre, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-2)
    model = LogisticRegression(C=STRENGTH_SUPPORT, max_iter=5000, tol=1e-6).fit((table - centre) / spread, wanted, sample_weight=weights)
    slopes = model.coef_[0] / spread
    return slopes, float(model.intercept_[0] - (slopes * centre).sum())


def _judged(rows: _Rows) -> Judged:
    import numpy as np

    scores = np.zeros(len(rows.wanted))
    for fold in range(FOLDS):
        out = rows.folds == fold
        if not out.any() or len(set(rows.wanted[~out].tolist())) < 2:
            out = np.zeros(len(out), dtype=bool) if not out.any() else out
            slopes, bias = _model(rows.table, rows.wanted, rows.weights)
        else:
            slopes, bias = _model(rows.table[~out], rows.wanted[~out], rows.weights[~out])
        scores[out] = 1 / (1 + np.exp(-(rows.table[out] @ slopes + bias)))
    yes, no = (tuple(scores[rows.counted & side].tolist()) for side in (rows.answerable, ~rows.answerable))
    return Judged(yes, no, rows.settled, rows.refused)


def _fit_support(asked: Iterable[Asked], order: Mapping[str, float], *, answered: float, silent: float) -> Support:
    rows = _rows(asked, order)
    slopes, bias = _model(rows.table, rows.wanted, rows.weights)
    floor = _judged(rows).floor(answered=answered, silent=silent)
    return Support({name: float(weight) for name, weight in zip(SUPPORT, slopes, strict=True)}, bias, floor)


def ranked(choice: Choice, order: Mapping[str, float]) -> float:
    """The score by which sections are ordered for answering."""
    return sum(weight * choice.signals[name] for name, weight in order.items())
