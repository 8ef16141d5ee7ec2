"""What the built-in engine answers about an invented company: facts, passages, or honestly nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from assistant.dialog.answers.answer import BuiltinAnswers
from assistant.dialog.answers.passages import spoken_row
from assistant.dialog.question import Question
from assistant.knowledge.base import Knowledge
from assistant.knowledge.calibration import Retrieval, Support
from assistant.store import knowledge as kb
from assistant.store.engine import SqlStore, open_store
from assistant.text.template import Templates
from assistant.types import Answer, Language, Scope
from tests.knowledge.garden import MANUAL, NOW, HashEncoder, Still, document, documents, workspace

STANDARD = Path(__file__).parents[3] / "assistant" / "workspace" / "standard" / "texts.yaml"
# every passage whose words are all in the question's section is good enough here
TRUSTING = Support({"coverage": 8.0, "unit": 4.0, "missing_known": -4.0, "missing_unknown": -6.0}, -5.0, 0.5)
GERMAN_FREE = document("hedges", "# Hedges\n\n## Trimming season\nHedges are trimmed from October to February only.", level="scene")
OLD = document("old", "# Old models\n\n## Parts for the M-30\nThe M-30 was discontinued; its parts are no longer made.")


class Says:
    """The packaged texts."""

    def __init__(self) -> None:
        packaged = yaml.safe_load(STANDARD.read_text(encoding="utf-8"))
        self._texts: dict[str, Any] = packaged["texts"]
        self._templates = Templates(currency="USD", zone=ZoneInfo("Asia/Shanghai"), names={"language": packaged["names"]["language"]})

    def say(self, key: str, language: Language, **variables: object) -> str:
        return self._templates.render(self._texts[key], language, variables)


class Desk:
    """Asks in one line."""

    def __init__(self, store: SqlStore, root: Path) -> None:
        self.store = store
        self.knowledge = Knowledge(store, workspace(root, [*documents(), GERMAN_FREE, OLD]), HashEncoder(), state=root / "state", clock=Still())
        self.knowledge.calibration = Retrieval(own=TRUSTING, across=replace(TRUSTING, floor=0.3))
        self.knowledge.sync()
        self.answers = BuiltinAnswers(self.knowledge, Says())

    def ask(self, text: str, *products: str, audience: Any = "public") -> Answer | None:
        language: Language = "zh-Hans" if any(char >= "\u3400" for char in text) else "en"
        return self.answers(Question(text, text, language, products), Scope(audience, NOW, products))

    def text(self, text: str, *products: str) -> str:
        found = self.ask(text, *products)
        return " ".join(sentence.text for sentence in found.sentences) if found else "-"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("desk")
    with open_store(root / "assistant.db") as store:
        made = Desk(store, root)
        yield made
        made.knowledge.close()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("M-40噪音多大？", "M-40 的噪声是 88 dB。"),
        ("how heavy is the M52", "M-52 weight: 27 kg."),
        ("M-40的重量和割幅", "M-40：重量 18 kg，割幅 40 cm。"),
        ("M-40多少钱一台", "M-40 的目录价是 US$499.00 / 台。"),
        ("warranty of the M-40?", "M-40 warranty: 24 months."),
        ("what is the weight of the M-40 in lb", "M-40 weight: 18 kg = 39.68 lb."),
        ("5 kg是多少磅", "5 kg = 11.02 lb。"),
        ("Does the B-40 fit the M-52?", "No, the blade for M-52 is B-52, not B-40. B-40 is for M-40."),
        ("B-40能装到M-40上吗", "可以，M-40 适配的刀片是 B-40。"),
        ("which blade does the M-52 take", "The blade for M-52 is B-52."),
        ("B-52用在哪台割草机上", "B-52 适配 M-52。"),
        ("哪台割草机更安静", "噪声：M-40 88 dB，M-52 92 dB（相差 4 dB）。 M-40 更安静。"),
        ("which is cheaper, M-40 or M-52", "List price: M-40 US$499.00 / piece, M-52 US$799.00 / piece (US$300.00 apart). M-40 is cheaper."),
        ("割幅50厘米以上的割草机选哪款", "M-52 符合：割幅 52 cm。 M-40 不符合：割幅只有 40 cm。"),
        ("I need a mower with at least 60 cm cutting width", None),
        ("which tools have a 24-month warranty", "With warranty 24 months: M-40, M-52."),
        ("你们有哪些割草机", "目录里有：M-40、M-52。"),
        (
            "what is the difference between the M-40 and the M-52",
            "M-40: cutting width 40 cm, noise 88 dB, weight 18 kg. M-52: cutting width 52 cm, noise 92 dB, weight 27 kg.",
        ),
    ],
)
def test_facts_are_told_digit_for_digit(desk: Desk, question: str, answer: str | None) -> None:
    if answer is None:
        assert desk.text(question).startswith("No product in the catalogue meets all of this.")
    else:
        assert desk.text(question) == answer


def test_every_fact_names_its_place_and_the_place_says_it(desk: Desk) -> None:
    snapshot = desk.knowledge.snapshot()
    for question in ("M-40噪音多大？", "Does the B-40 fit the M-52?", "哪台割草机更安静", "when are hedges trimmed"):
        found = desk.ask(question)
        assert found is not None
        for citation in (c for sentence in found.sentences for c in sentence.citations):
            texts = [s.text for s in snapshot.sections if (s.document, s.id, s.version) == (citation.document, citation.section, citation.version)]
            assert citation.quote in {text[citation.start : citation.end] for text in texts}
            assert citation.quote.strip()


def test_an_edge_is_cited_as_the_catalogues_own_section(desk: Desk) -> None:
    found = desk.ask("Does the B-40 fit the M-52?")
    assert found is not None
    assert [citation.section for sentence in found.sentences for citation in sentence.citations] == ["M-52.blade.B-52", "M-40.blade.B-40"]


@pytest.mark.parametrize(
    "question",
    [
        "weight of the M-40 spring",
        "M-40的弹簧是什么钢种",
        "what is the cutting width of the B-40",
        "noise of the M-60",
        "M-60多少钱",
        "does the B-40 fit the M-60",
        "do you rent out mowers",
        "who is your managing director",
        "is the M-40 certified for schools",
        "",
        "👍",
    ],
)
def test_what_is_not_stated_is_not_answered(desk: Desk, question: str) -> None:
    assert desk.ask(question) is None


def test_an_unknown_model_is_answered_where_a_document_speaks_of_it(desk: Desk) -> None:
    assert "no longer made" in desk.text("parts for the M-30")


def test_a_policy_is_told_in_its_own_sentences(desk: Desk) -> None:
    found = desk.ask("within how many days can unused tools be returned after delivery")
    assert found is not None
    assert [sentence.text for sentence in found.sentences] == ["Unused tools can be returned within 20 days of delivery.", "Used tools cannot be returned."]
    assert found.kind == "passage"
    assert found.passages[0].id == "en/return-window"


def test_steps_are_told_whole_and_in_order(desk: Desk) -> None:
    found = desk.ask("how to return: order number, label, carrier")
    assert found is not None
    assert found.sentences[0].text.split("\n") == ["1. Write to us with the order number.", "2. Put the label on the box.", "3. Hand the box to the carrier."]


def test_a_row_is_told_with_the_column_of_the_product_only(desk: Desk) -> None:
    assert desk.text("blade bolt torque of the M-52") == "The blade bolt of the M-52 is 50 N·m."
    assert "35" not in desk.text("blade bolt torque of the M-52")


def test_a_sentence_about_the_sibling_is_left_out(desk: Desk) -> None:
    assert desk.text("how often sharpen the blade of the M-40, hours") == "Sharpen the blade of the M-40 every 25 hours."


def test_another_language_is_quoted_and_said_so(desk: Desk) -> None:
    found = desk.ask("M-40 刀片 扭矩 blade bolt torque")
    assert found is not None
    assert found.sentences[0].citations == ()
    assert "英文" in found.sentences[0].text
    assert found.sentences[1].text == "The blade bolt of the M-40 is 35 N·m."


def test_traditional_askers_read_traditional_characters(desk: Desk) -> None:
    found = desk.answers(Question("退貨期限 未使用", "退貨期限 未使用", "zh-Hant"), Scope("public", NOW))
    assert found is not None
    assert found.sentences[0].text == "未使用的工具在送達後 20 天內可以退貨。"
    assert found.sentences[0].citations[0].quote == "未使用的工具在送达后 20 天内可以退货。"


def test_customers_are_not_told_what_is_internal(desk: Desk) -> None:
    question = "late returns: may the desk accept unused tools days late"
    assert "45" not in desk.text(question)
    staff = desk.ask(question, audience="internal")
    assert staff is not None
    assert "45 days late" in staff.sentences[0].text


def test_a_carried_product_counts_only_when_none_is_named(desk: Desk) -> None:
    assert desk.text("how loud is it", "M-52") == "M-52 noise: 92 dB."
    assert desk.text("how loud is the M-40", "M-52") == "M-40 noise: 88 dB."


def test_twenty_askers_get_the_same_answer(desk: Desk) -> None:
    assert len({desk.text("哪台割草机更安静") for _ in range(20)}) == 1
    assert len({repr(desk.ask("when are hedges trimmed")) for _ in range(20)}) == 1


def test_a_fact_of_a_retired_catalogue_is_not_told(tmp_path: Path) -> None:
    with open_store(tmp_path / "assistant.db") as store:
        made = Desk(store, tmp_path)
        assert made.ask("how loud is the M-40") is not None
        store.write_now(lambda conn: kb.retire(conn, [("catalog", "en"), ("catalog", "zh")], tenant="garden", at=NOW))
        assert made.ask("how loud is the M-40") is None
        made.knowledge.close()


def test_a_question_for_two_siblings_at_once_names_both(tmp_path: Path) -> None:
    manuals = [
        document(f"m{n}", f"# M-{n} manual\n\n## Oil change\nChange the oil of the engine every {n} hours.", level="product", products=(f"M-{n}",))
        for n in (40, 52)
    ]
    with open_store(tmp_path / "assistant.db") as store:
        made = Desk(store, tmp_path)
        made.knowledge.workspace.documents = (*manuals, document("care", MANUAL))
        made.knowledge.sync()
        told = made.text("when to change the oil of the engine")
        assert "M-40: Change the oil of the engine every 40 hours." in told
        assert "M-52: Change the oil of the engine every 52 hours." in told
        assert made.text("when to change the oil of the engine", "M-52") == "Change the oil of the engine every 52 hours."
        made.knowledge.close()


@pytest.mark.parametrize(
    ("row", "about", "language", "said"),
    [
        ("割幅等级: B2", "M-40", "zh", "M-40 的割幅等级是 B2"),
        ("Cutting class: B2", "M-40", "en", "The cutting class of the M-40 is B2"),
        ("每月: 检查刀片", "M-40", "zh", "M-40，每月：检查刀片"),
        ("daily: look at the blade; clean it", "M-40", "en", "M-40, daily: look at the blade; clean it"),
        ("E1: stuck", "M-40", "en", "M-40, E1: stuck"),
        ("Part: blade bolt; M-40: 35 N·m; M-52: 50 N·m", "", "en", "blade bolt: M-40 35 N·m, M-52 50 N·m"),
        ("部件: 刀片; 扭矩: 35 N·m; 间隔: 25 h", "", "zh", "刀片：扭矩 35 N·m，间隔 25 h"),
        ("每台 18 kg", "", "zh", "每台 18 kg"),
    ],
)
def test_a_row_is_worded_as_one_sentence(row: str, about: str, language: str, said: str) -> None:
    assert spoken_row(row, about, language) == said


def test_no_figure_is_taken_from_another_model(desk: Desk) -> None:
    assert desk.ask("blade bolt torque of the M-60") is None
    assert desk.ask("blade bolt torque of the M-40") is not None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Do you sell rakes?", 'Nothing in our catalogue is called "rakes". The catalogue has mower (M-40, M-52), blade (B-40, B-52).'),
        ("你们卖铁锹吗", "目录里没有叫“铁锹”的产品。 目录里有：割草机（M-40、M-52）、刀片（B-40、B-52）。"),
        ("Do you sell blades?", "In the catalogue under blade: B-40, B-52."),
        ("你们卖割草机吗", "目录里的割草机：M-40、M-52。"),
        ("What do you sell?", "The catalogue has mower (M-40, M-52), blade (B-40, B-52)."),
        ("do you make reel mowers", 'In the catalogue under mower: M-40, M-52. Nothing in our catalogue is called "reel mowers".'),
    ],
)
def test_what_is_for_sale_is_read_off_the_catalogue(desk: Desk, question: str, answer: str) -> None:
    assert desk.text(question) == answer
    found = desk.ask(question)
    assert found is not None
    assert all(sentence.citations for sentence in found.sentences)
    assert {citation.document for sentence in found.sentences for citation in sentence.citations} == {"catalog"}


@pytest.mark.parametrize("question", ["do you have a sales office in Berlin", "do you sell mowers for steep slopes", "how do I buy happiness in winter"])
def test_what_is_no_plain_question_for_goods_gets_no_list(desk: Desk, question: str) -> None:
    found = desk.ask(question)
    assert found is None or found.kind not in ("offer", "order")


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("does the B-52 fit the M-40, and why?", ("No", "B-40")),
        ("B-52 能装 M-40 吗", ("不可以", "B-40")),
        ("can B-40 be fitted to B-52", ("does not say that B-40 and B-52 go together", "B-40 is for M-40")),
        ("B-40 和 B-52 能配用吗", ("没有写 B-40 和 B-52 可以配用", "B-40 适配 M-40")),
        ("M-40 vs M-52?", ("cutting width 40 cm", "cutting width 52 cm")),
        ("两款割草机的区别", ("割幅 40 cm", "割幅 52 cm")),
    ],
)
def test_pairs_are_answered_by_the_catalogue(desk: Desk, question: str, texts: tuple[str, ...]) -> None:
    told = desk.text(question)
    assert all(each in told for each in texts), told
