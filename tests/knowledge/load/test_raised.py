"""Raised and lowered characters, columns and printed page lines of generated files."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.knowledge.extract import units
from assistant.knowledge.load.model import UnreadableDocument
from assistant.knowledge.load.open import load
from assistant.knowledge.load.raised import LOST, lowered, place, raised, tagged
from assistant.knowledge.load.stamps import stamps
from assistant.knowledge.mentions import Names
from assistant.store.knowledge import SectionRow
from tests.knowledge.load import files as make


def text_of(data: bytes, name: str) -> str:
    return load(data, name=name).text


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("3", "³"), ("-1", "⁻¹"), ("10", "¹⁰"), ("th", "th"), ("TM", "TM"), ("x", "^x"), ("a+1", "^(a+1)"), ("1)", "¹⁾"),
        ("a whole raised sentence", "a whole raised sentence"),
    ],
)  # fmt: skip
def test_what_is_raised_is_written_raised(given: str, plain: str) -> None:
    assert raised(given) == plain


def test_what_is_lowered_stays_readable() -> None:
    assert lowered("2", "H") == "2"
    assert lowered("10", "log 5") == "₁₀"
    assert tagged("5 x 10<sup>3</sup> kg CO<sub>2</sub>, the 5<SUP>th</SUP>") == "5 x 10³ kg CO2, the 5th"


def word_run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_word_keeps_raised_runs_and_formulas() -> None:
    up, lifted = '<w:vertAlign w:val="superscript"/>', '<w:position w:val="8"/><w:sz w:val="14"/>'
    body = f"<w:p>{word_run('The crane lifts 5 x 10')}{word_run('3', up)}{word_run(' kg over 12 m')}{word_run('2', lifted)}{word_run(' in all.')}</w:p>"
    power = '<w:p><m:oMath xmlns:m="urn:m"><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>-4</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>'
    part = '<w:p><m:oMath xmlns:m="urn:m"><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath></w:p>'
    text = text_of(make.docx(body + power + part), "a.docx")
    assert "5 x 10³ kg over 12 m² in all." in text
    assert "10⁻⁴" in text
    assert "3/4" in text


def test_html_and_markdown_keep_raised_digits() -> None:
    html = "<html><body><p>It holds 10<sup>5</sup> Pa, 90 g/m<sup>2</sup>, 3 m<sup>3</sup>/h and CO<sub>2</sub>.</p><p>More of it here.</p></body></html>"
    assert "10⁵ Pa, 90 g/m², 3 m³/h and CO2." in text_of(html.encode(), "a.html")
    assert "10⁵ Pa" in text_of(b"# Data\n\nIt holds 10<sup>5</sup> Pa.\n", "a.md")


def _raised(canvas: Any, font: str) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 780, "The drum turns with 5 x 10")
    canvas.drawString(60, 760, "It delivers 12 m")
    canvas.drawString(60, 740, "Weight per area 90 g/m")
    canvas.drawString(60, 720, "Made of H")
    at = [60 + canvas.stringWidth(text, "Helvetica", 11) for text in ("The drum turns with 5 x 10", "It delivers 12 m", "Weight per area 90 g/m", "Made of H")]
    canvas.drawString(at[0] + 5, 780, " rpm at most.")
    canvas.drawString(at[1] + 5, 760, "/h at full load.")
    canvas.drawString(at[2] + 5, 740, " when dry.")
    canvas.drawString(at[3] + 5, 720, "O in all.")
    canvas.setFont("Helvetica", 7)
    for x, y, sign in ((at[0], 784, "3"), (at[1], 764, "3"), (at[2], 744, "2"), (at[3], 718, "2")):
        canvas.drawString(x, y, sign)


def test_pdf_keeps_raised_digits_where_they_belong() -> None:
    done = load(make.pdf(_raised), name="a.pdf")
    assert "5 x 10³ rpm at most." in done.text
    assert "12 m³/h at full load." in done.text
    assert "90 g/m² when dry." in done.text
    assert "H2O in all." in done.text
    assert done.repairs["raised"] == 4


def char(text: str, x: float, *, bottom: float = 100.0, size: float = 10.0) -> dict[str, Any]:
    return {"text": text, "x0": x, "x1": x + 0.5 * size, "top": bottom - size, "bottom": bottom, "doctop": bottom - size, "size": size, "fontname": "F"}


def test_a_raised_digit_without_a_place_and_an_unknown_glyph_are_told() -> None:
    chars = [char("1", 0), char("0", 5), char("3", 19, bottom=95, size=6), char("m", 40), char("(cid:178)", 45)]
    assert place(chars) == (0, ["(cid:178)", "3"])
    assert [each["text"] for each in chars] == ["1", "0", LOST, "m", LOST]


def test_figures_on_one_line_are_not_raised() -> None:
    chars = [char("1", 0), char("0", 5), char("0", 10), char("k", 17), char("5", 30, size=8, bottom=99.6), char("7", 34, size=8, bottom=99.6)]
    assert place(chars) == (0, [])


def test_a_sentence_whose_figure_lost_a_character_is_not_quoted(names: Names) -> None:
    text = f"The cloth has 500 g/m{LOST} when dry. It is white. The tank holds 10 {LOST} kg."
    row = SectionRow("d", "en", 1, "en/s", 0, "prose", "Care", "", text, 0, 1, (), "h")
    assert [unit.text for unit in units(row, (), names, rivals=frozenset())] == ["It is white."]


def _columns(canvas: Any, font: str) -> None:
    left = ("The drum is washed every", "evening with warm water.", "Never use steam, because", "the seal would melt.")
    right = ("The belt is checked every", "third month. Replace it", "when the mark is no", "longer visible.")
    zh_left, zh_right = (
        ("机器每天晚上用温水清洗一", "遍，不得使用蒸汽，否则密", "封圈会熔化。"),
        ("皮带每三个月检查一次，标", "记看不清时应当更换新的皮", "带。"),
    )
    canvas.setFont("Helvetica", 10)
    for n, (one, other) in enumerate(zip(left, right, strict=True)):
        canvas.drawString(60, 780 - 13 * n, one)
        canvas.drawString(310, 780 - 13 * n, other)
    canvas.drawString(60, 700, "Afterwards the machine is put together in the opposite order and the person who did so writes the date down.")
    canvas.setFont(font, 10)
    for n, (one, other) in enumerate(zip(zh_left, zh_right, strict=True)):
        canvas.drawString(60, 670 - 13 * n, one)
        canvas.drawString(310, 670 - 13 * n, other)
    canvas.setFont("Helvetica", 10)
    for n, (one, other) in enumerate((("Net weight", "7.2 kg"), ("Power", "9 W"), ("Pan diameter", "90 mm"), ("Settling time", "4 s"))):
        canvas.drawString(60, 600 - 13 * n, one)
        canvas.drawString(310, 600 - 13 * n, other)


def test_two_columns_of_few_lines_are_read_one_after_the_other() -> None:
    text = text_of(make.pdf(_columns), "a.pdf")
    assert "The drum is washed every evening with warm water. Never use steam, because the seal would melt." in text
    assert "The belt is checked every third month. Replace it when the mark is no longer visible." in text
    assert "机器每天晚上用温水清洗一遍，不得使用蒸汽，否则密封圈会熔化。" in text
    assert "皮带每三个月检查一次，标记看不清时应当更换新的皮带。" in text
    assert "Net weight: 7.2 kg" in text.replace(" | ", ": ")


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Kestrel ERP export   page {}/5   printed by jdoe   2026-09-01", "CONFIDENTIALITY: normal"),
        ("云海系统导出 第{}页 共5页 2026-08-0{}", "机密等级：普通　　打印人：系统"),
        ("- {} / 5 -", "Printed 2026-09-01 10:0{}"),
        ("Price list of the spring", "Page {}"),
    ],
)
def test_lines_printed_between_the_pages_of_an_export_are_taken_out(head: str, foot: str) -> None:
    pages = [
        f"{head.format(n, n)}\n{n}. Chapter {'abcde'[n - 1]}\nThe belt tension of type {n} is {200 + n} N.\nCheck it each quarter.\n{foot.format(n)}\n"
        for n in range(1, 6)
    ]
    done = load("\n".join(pages).encode(), name="a.txt")
    assert done.repairs["running_header"] >= 9
    for printed in ("export", "导出", "CONFID", "机密", "Printed", "Page", "/ 5"):
        assert printed not in done.text
        assert printed not in done.title
    assert done.text.count("Check it each quarter.") == 5
    assert "type 3 is 203 N" in done.text
    assert any(each.kind == "running_header" for each in done.findings)


def test_lines_that_only_look_alike_stay() -> None:
    lines = ["Channel 1", "red", "Channel 2", "blue", "Channel 3", "green", "Channel 4", "grey"]
    assert stamps(lines) == set()
    assert stamps(["Price: on request", "a", "Price: on request", "b", "Price: on request", "c", "Price: on request", "d"]) == set()
    assert stamps(["See page 4.", "a", "See page 9.", "b", "See page 2.", "c", "See page 4."]) == set()


def _hyphens(canvas: Any, font: str) -> None:
    make.lines(
        canvas,
        (
            "The gearbox is filled with syn-",
            "thetic oil of class 46 for the whole life of the machine and is never",
            "opened by the customer.",
            "A low-",
            "Pressure test follows.",
        ),
    )


def test_a_word_cut_by_a_hard_line_break_is_whole_again() -> None:
    assert "filled with synthetic oil of class 46" in text_of(make.pdf(_hyphens), "a.pdf")
    text = text_of(b"Lubrication\n\nThe gearbox is filled with syn-\nthetic oil.\nThe filter is changed.\n", "a.txt")
    assert "filled with synthetic oil." in text


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ this is a program\xff", "evil.exe"),
        (b"MZ\x90 program", "manual.txt"),
        (b"\x7fELF rest", "a.md"),
        (b"@echo off\r\ndel x\r\n", "a.txt"),
        (b"#!/bin/sh\nrm x\n", "a.txt"),
        (b"All is well.", "a.VBS"),
    ],
)
def test_a_program_is_no_document(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        load(data, name=name)
    assert "a program" in caught.value.message


def test_a_text_that_begins_like_a_program_is_read() -> None:
    assert "MZ-700 manual" in text_of(b"MZ-700 manual\n\nPress the key.\n", "mz.txt")
    assert "MZ系列" in text_of("MZ系列手册\n\n请按下按键，等待三秒。\n".encode("gb18030"), "mz.txt")


def test_whom_a_mail_greets_is_not_quoted(names: Names) -> None:
    text = "- From: a@b.example\n- To: c@b.example\n- Date: Mon, 07 Sep 2026\n\nDear customer,\n\nthe belt is too short.\n\n各位客户：\n\n腰带不足。"
    row = SectionRow("d", "en", 1, "en/s", 0, "prose", "Mail", "", text, 0, 1, (), "h")
    assert [unit.text for unit in units(row, (), names, rivals=frozenset())] == ["Date: Mon, 07 Sep 2026", "the belt is too short.", "腰带不足。"]
