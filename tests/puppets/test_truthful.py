"""Correct answers in a model's own words: how many of their sentences leave. What does not leave costs only better wording."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.app import Company, build
from assistant.config import Config
from assistant.dialog.support.sense import packaged_sense
from assistant.store.knowledge import SectionRow
from tests.conftest import MONDAY, ROOT
from tests.puppets.truthful import Sentenced, grounds_of, sentenced, truths

FILE = ROOT / "evals/data/truthful.jsonl"
# of all sentences, per language; the goal is 0.95, and a judge that falls behind what it has reached is told: by its rules alone, and with both opinions
LEAST = {"rules": 0.40, "both": 0.18}


@pytest.fixture(scope="module")
def sections(company: Company, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sequence[SectionRow]]:
    assistant = build(Config(ROOT, shutil.copytree(prepared, tmp_path_factory.mktemp("truthful") / "state"), clock=MONDAY), company=company)
    yield tuple(assistant.knowledge.snapshot().sections)
    asyncio.run(assistant.close())


@pytest.fixture(scope="module", params=list(LEAST))
def judged(request: pytest.FixtureRequest, company: Company, sections: Sequence[SectionRow]) -> tuple[str, list[Sentenced]]:
    products = tuple(company.workspace.products)
    sense = packaged_sense(Config(ROOT).cache) if request.param == "both" else None
    return str(request.param), [each for truth in truths(FILE) for each in sentenced(truth, grounds_of(truth, sections), products, sense)]


def test_every_answer_names_passages_that_exist(sections: Sequence[SectionRow]) -> None:
    found = truths(FILE)
    assert min(Counter(truth.language for truth in found).values()) >= 100
    missing = [
        truth.id
        for truth in found
        for place, ground in zip(truth.passages, grounds_of(truth, sections), strict=False)
        if ground.text == place and "#" in place[:40]
    ]
    assert missing == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_correct_sentences_leave(judged: tuple[str, list[Sentenced]], language: str) -> None:
    by, sentences = judged
    for part in ("all", "held out"):
        rows = [each for each in sentences if each.truth.language == language and (part == "all" or each.truth.held_out)]
        share = sum(not each.reason for each in rows) / len(rows)
        print(f"{language} {by} {part}: {share:.1%} of {len(rows)} sentences; held back: {dict(Counter(each.reason for each in rows if each.reason))}")
        assert share >= LEAST[by]
