"""Search words and sentence spans."""

from __future__ import annotations

from threading import Thread

import pytest

from assistant.text.words import add_words, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P-100", {"p-100", "p100", "100"}),
        ("ｐ－１００", {"p-100", "p100"}),
        ("BR6205轴承", {"br6205", "br", "6205", "轴承"}),
        ("VFD-7", {"vfd-7", "vfd7", "vfd"}),
        ("1.6 MPa", {"1.6", "mpa"}),
        ("離心泵", {"离心泵"}),
        ("密封的額定壓力", {"密封", "额定", "压力"}),
        ("Café crème", {"café", "crème"}),
    ],
)
def test_words(text: str, expected: set[str]) -> None:
    assert expected <= set(words(text))


def test_p_100_and_p100_meet() -> None:
    assert set(words("P-100")) & set(words("p100"))


def test_repeats_are_kept_in_order() -> None:
    assert words("pump pump seal") == ["pump", "pump", "seal"]


def test_domain_words_are_added_once_and_all_stay() -> None:
    assert "齿凸联轴节" not in words("齿凸联轴节坏了")
    assert add_words(["齿凸联轴节", "P-100", ""]) == 1
    assert add_words(["齒凸聯軸節"]) == 0
    assert add_words(["磁浮导叶"]) == 1
    assert {"齿凸联轴节", "磁浮导叶"} <= set(words("齿凸联轴节和磁浮导叶"))


def test_adding_words_does_not_disturb_a_search_in_another_thread() -> None:
    failed: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(10):
                words("机械密封扬程多少离心泵变频器不锈钢软管" * 2000)
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=search)
    thread.start()
    add_words([f"新词{char}号泵" for char in "甲乙丙丁"])
    thread.join()
    assert failed == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("它的压力是1.6 MPa。请看No. 5 页!", ["它的压力是1.6 MPa。", "请看No. 5 页!"]),
        ("See e.g. the manual. Order 12345. Done?", ["See e.g. the manual.", "Order 12345.", "Done?"]),
        ("Go to https://a.b/c?d=1. Yes.", ["Go to https://a.b/c?d=1.", "Yes."]),
        ("P.O. Box 5 is ours.", ["P.O. Box 5 is ours."]),
        ("We sell seals, hoses etc. Then go.", ["We sell seals, hoses etc.", "Then go."]),
        ("Mr. Li said no. I agree.", ["Mr. Li said no.", "I agree."]),
        ("“好的。”谢谢……", ["“好的。”", "谢谢……"]),
        ("1. 关闭电源\n2. 打开阀门。", ["1. 关闭电源", "2. 打开阀门。"]),
        ("Flow is 25 m³/h. Head 32 m.", ["Flow is 25 m³/h.", "Head 32 m."]),
        ("Mail a.b@c.com. Thanks", ["Mail a.b@c.com.", "Thanks"]),
        ("", []),
        ("…!", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected
