"""No consent survives a condition, a doubt, another value or a withdrawal, wherever it stands: thousands of made combinations, and words put into a yes."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.text.fold import fold
from assistant.understanding.yesno.read import read_verdict

ROOT = Path(__file__).parents[3]
BLOCKERS = runpy.run_path(str(Path(__file__).with_name("yesno_blockers.py")))
CASES = [(f"{language}-{name}", words.split("|")) for language in ("EN", "ZH") for name, words in BLOCKERS[language].items()]
EACH = 120  # combinations of one class of blockers
BETWEEN = (" ", "，", ", ", ". ", "。", " - ", "\n")

Verdict = Callable[[str], str]


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    benchmark: dict[str, Any] = runpy.run_path(str(ROOT / "benchmarks" / "slots.py"))
    lexicon = benchmark["slot_lexicon"](benchmark["load_workspace"](benchmark["ROOT"]))

    def read(text: str) -> str:
        folded = fold(text)
        return str(read_verdict(folded, benchmark["read"](folded, lexicon), shown=benchmark["SHOWN"], act=benchmark["ACT"]))

    return read


def labelled(name: str) -> list[dict[str, str]]:
    lines = (ROOT / "evals" / "data" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["split"] == "dev"]


def consents() -> list[str]:
    return [row["text"] for name in ("yesno_wide", "yesno") for row in labelled(name) if row["expect"] == "yes"]


def combined(yeses: list[str], blockers: list[str], seed: int) -> Iterator[str]:
    """`EACH` texts of a yes with a blocker behind it, before it, between two yeses or between two of its words; the strides share no factor."""
    for index in range(EACH):
        yes = yeses[(seed * 131 + index * 7) % len(yeses)]
        blocker, between = blockers[index % len(blockers)], BETWEEN[(index * 3 + seed) % len(BETWEEN)]
        match index % 4:
            case 0:
                yield f"{blocker}{between}{yes}"
            case 1:
                yield f"{yes}{between}{blocker}"
            case 2:
                yield f"{yes}{between}{blocker}, {yeses[(seed + index * 11) % len(yeses)]}"
            case _:
                places = [place for place, char in enumerate(yes) if char in " ，,。"]
                place = places[index % len(places)] if places else len(yes)
                yield f"{yes[:place]} {blocker} {yes[place:]}"


@pytest.mark.parametrize(("name", "blockers"), CASES, ids=[name for name, _ in CASES])
def test_no_consent_survives_a_blocker(name: str, blockers: list[str], verdict: Verdict) -> None:
    seed = next(index for index, (other, _) in enumerate(CASES) if other == name)
    assert [text for text in combined(consents(), blockers, seed) if verdict(text) == "yes"] == []


@pytest.mark.parametrize("word", ["not", "never", "if", "unless", "maybe", "almost", "only", "without"])
def test_a_word_put_into_an_english_yes_is_no_yes(word: str, verdict: Verdict) -> None:
    for row in labelled("yesno_wide")[::5]:
        words = row["text"].split(" ")
        if row["lang"] == "en" and row["expect"] == "yes":
            place = len(words) // 2
            said = " ".join((*words[:place], word, *words[place:]))
            assert verdict(said) != "yes", said


@pytest.mark.parametrize("word", ["吗", "如果", "可能", "要是", "不太", "还没"])
def test_a_word_put_into_a_chinese_yes_is_no_yes(word: str, verdict: Verdict) -> None:
    for row in labelled("yesno_wide")[::5]:
        if row["lang"] == "zh" and row["expect"] == "yes":
            place = len(row["text"]) // 2
            said = f"{row['text'][:place]}{word}{row['text'][place:]}"
            assert verdict(said) != "yes", said


def test_the_learnt_half_of_the_wide_answers(verdict: Verdict) -> None:
    rows = labelled("yesno_wide")
    assert [row["text"] for row in rows if row["expect"] != "yes" and verdict(row["text"]).startswith("yes")] == []
    yeses = [row for row in rows if row["expect"] == "yes"]
    assert sum(verdict(row["text"]) == "yes" for row in yeses) >= 0.93 * len(yeses)


@pytest.mark.parametrize(
    "text",
    ["ok, I was in a meeting", "ok I'll tell my boss", "good, I'm back", "great service", "ok thanks for explaining", "the team agreed", "boss confirmed",
        "yes this time", "yes in a week", "yes to the warehouse", "yes - July", "yes - Hamburg", "let me inform the team", "my boss signed off",
        "I have read everything", "I am authorised to confirm", "go ahead and update half the order", "yes :/", "嗯，刚在开会",
        "好的，感谢提醒", "好的，我通知大家",
        "请按计划发货", "按原日期送货", "请安排发货", "我说了算",
        "领导已签字", "审批中", "同意，白天", "确认，高配", "跟合同基本一致", "非常满意，别确认", "改 地址",
        "效率真高", "没问题了，谢谢", "改天吧", "我唔同意", "得唔得", "唔改住", "唔確認㗎", "晚几天好"],
)  # fmt: skip
def test_talk_around_a_yes_is_none(text: str, verdict: Verdict) -> None:
    assert not verdict(text).startswith("yes")
