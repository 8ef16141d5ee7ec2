"""Files as people really have them: nested and merged tables, text boxes, columns, tables over page breaks, odd encodings, mails, front matter; made by code.

Each comes with what has to be found in it: words that one line of the text must hold together, and the page or line where it stands (0 = not known).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.knowledge.load import files as make

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ugly:
    """`facts`: (words of one line, page, line)."""

    name: str
    data: Callable[[], bytes]
    facts: tuple[tuple[Words, int, int], ...]
    absent: Words = ()


def _nested_docx() -> bytes:
    inner = make.word_table([["Bolt", "Torque"], ["M8", "24.5 N·m"], ["M12", "81.3 N·m"]])
    outer = f"<w:tbl><w:tr>{make.word_cell('Assembly')}<w:tc>{make.paragraph('Use a torque wrench.')}{inner}{make.paragraph('')}</w:tc></w:tr></w:tbl>"
    return make.docx(make.paragraph("Fitting", style="H1") + outer)


def _merged_docx() -> bytes:
    span, start, go = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        [make.word_cell("Model", start), make.word_cell("Flow (m³/h)", span)],
        [make.word_cell("", go), make.word_cell("min"), make.word_cell("max")],
        [make.word_cell("KV-7"), make.word_cell("3.4"), make.word_cell("17.9")],
        [make.word_cell("KV-9"), make.word_cell("5.2"), make.word_cell("28.6")],
    ]
    return make.docx(make.paragraph("Range", style="H1") + make.word_table(rows))


def _boxed_docx() -> bytes:
    ns = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    box = f"<w:txbxContent>{make.paragraph('Warning: never run dry for more than 37 seconds.')}</w:txbxContent>"
    shape = (
        f'<w:p {ns}><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f'<mc:Fallback><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml">{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>'
    )
    return make.docx(make.paragraph("Start", style="H1") + make.paragraph("Open the valve.") + shape)


def _control_docx() -> bytes:
    sdt = f"<w:sdt><w:sdtPr/><w:sdtContent>{make.paragraph('Oil change every 1,250 hours.')}</w:sdtContent></w:sdt>"
    split = "<w:p><w:r><w:t>The fuse is rated </w:t></w:r><w:r><w:t>6</w:t></w:r><w:r><w:t>.3</w:t></w:r><w:r><w:t xml:space='preserve"
    split += "'> A slow.</w:t></w:r></w:p>"
    return make.docx(make.paragraph("Upkeep", style="H1") + sdt + split + "<w:p><w:r><w:t>Line one</w:t><w:br/><w:t>Line two 88 dB</w:t></w:r></w:p>")


def _two_columns(canvas: Any, font: str) -> None:
    make.lines(canvas, ["Storage and Transport Rules"], size=18, x=150, y=800)
    left = [
        "Keep the units in a dry room and stack",
        "no more than 4 layers of boxes on one",
        "pallet. The room must stay between 5 and",
        "38 degrees and out of direct sunlight.",
        "Turn the shaft by hand once a month so",
        "that the seal does not stick to its seat.",
        "Write the date on the label every time.",
        "Boxes are opened only by trained people.",
    ]
    right = [
        "Lift with the two eye bolts only and use",
        "a rope for at least 260 kg. Never lift at",
        "the motor fan cover or at the coupling.",
        "Secure the load against sliding on trucks.",
        "After unloading look for cracks and dents",
        "and report them within 3 days in writing.",
        "Keep all papers together with the units.",
        "The carrier signs for every single box.",
    ]
    make.lines(canvas, left, x=50, y=760)
    make.lines(canvas, right, x=320, y=760)


def _ruled(canvas: Any, rows: list[list[str]], top: float, font: str = "Helvetica", wide: int = 130) -> None:
    for n in range(len(rows) + 1):
        canvas.line(60, top - 20 * n, 60 + wide * len(rows[0]), top - 20 * n)
    for k in range(len(rows[0]) + 1):
        canvas.line(60 + wide * k, top, 60 + wide * k, top - 20 * len(rows))
    canvas.setFont(font, 10)
    for n, row in enumerate(rows):
        for k, cell in enumerate(row):
            canvas.drawString(65 + wide * k, top - 14 - 20 * n, cell)


def _broken_table(canvas: Any, font: str) -> None:
    make.lines(canvas, ["Spare parts list"], size=16, y=800, font="Helvetica-Bold")
    _ruled(canvas, [["Part no.", "Name", "Weight"], *[[f"A-{n}", f"Gasket {n}", f"{n}.5 g"] for n in range(100, 130)]], 760)
    canvas.showPage()
    _ruled(canvas, [["Part no.", "Name", "Weight"], *[[f"A-{n}", f"Gasket {n}", f"{n}.5 g"] for n in range(130, 150)]], 800)
    canvas.showPage()


def _headless_rest(canvas: Any, font: str) -> None:
    make.lines(canvas, ["Torque table"], size=16, y=800, font="Helvetica-Bold")
    _ruled(canvas, [["Thread", "Torque"], *[[f"M{n}", f"{n * 7}.2 N·m"] for n in range(5, 38)]], 770)
    canvas.showPage()
    _ruled(canvas, [[f"M{n}", f"{n * 7}.2 N·m"] for n in range(38, 50)], 800)
    canvas.showPage()


def _chinese_pdf(canvas: Any, font: str) -> None:
    make.lines(canvas, ["离心泵检修规程"], size=18, y=800, font=font)
    make.lines(
        canvas,
        ["一、停机后先关闭进出口阀门，等泵体冷却到40℃以下再拆卸，拆卸前确认电源", "已切断并挂牌。叶轮与泵壳的径向间隙为0.35毫米，超过0.80毫米时必须更换。"],
        y=760,
        font=font,
    )
    _ruled(canvas, [["项目", "标准值", "极限值"], ["轴承温升", "35K", "55K"], ["联轴器同心度", "0.05mm", "0.10mm"]], 700, font)
    canvas.showPage()
    make.lines(canvas, ["二、润滑脂每运行2500小时更换一次，用量为45克。"], y=780, font=font)
    canvas.showPage()


def _merged_book(book: Any) -> None:
    sheet = book.active
    sheet.title = "Pumps"
    for row in (
        ["Technical data 2026"],
        [],
        ["Model", "Capacity", None, "Motor", None],
        [None, "m³/h", "L/min", "kW", "A"],
        ["ZX-3", 12.5, 208.3, 2.2, 4.7],
        ["ZX-5", 31, 516.7, 5.5, 11.2],
    ):
        sheet.append(row)
    for area in ("A1:E1", "A3:A4", "B3:C3", "D3:E3"):
        sheet.merge_cells(area)


def _several_tables(book: Any) -> None:
    sheet = book.active
    sheet.title = "All"
    for row in (
        ["Prices"],
        ["Item", "USD"],
        ["Filter F-12", 48.75],
        ["Filter F-14", 61.2],
        [],
        [],
        ["Lead times"],
        ["Item", "Days"],
        ["Filter F-12", 9],
        ["Filter F-14", 23],
    ):
        sheet.append(row)
    for at, value in (("G2", "City"), ("H2", "Surcharge"), ("G3", "Xiamen"), ("H3", 17.35), ("G4", "Dalian"), ("H4", 22.4)):
        sheet[at] = value


def _typed_book(book: Any) -> None:
    import datetime

    sheet = book.active
    sheet.append(["Batch", "Tested", "Share", "Price", "Code"])
    sheet.append(["B-77", datetime.date(2026, 3, 9), 0.0725, 1234.5, "00719"])
    sheet["B2"].number_format, sheet["C2"].number_format, sheet["D2"].number_format = "yyyy-mm-dd", "0.00%", '#,##0.00 "EUR"'
    hidden = book.create_sheet("Second sheet")
    hidden.append(["Zone", "Freight"])
    hidden.append(["North-7", 93.4])


BANNER = '<div id="cookie-banner" class="cookie-consent"><p>We use cookies to improve your visit. Accept all 12 partners?</p><button>OK</button></div>'


def _deep_html() -> bytes:
    body = "<h1>Valve guide</h1><p>The spindle takes 6.75 turns from open to shut.</p><div><span>Close it slowly: </span><b>at least 11 s</b>.</div>"
    for _ in range(60):
        body = f"<div class='w'><div>{body}</div></div>"
    menu = "<ul class='menu'>" + "".join(f"<li><a href='/{n}'>Shop page {n}</a></li>" for n in range(40)) + "</ul>"
    return f"<!doctype html><html><head><title>Valve guide | Shop</title></head><body>{BANNER}{menu}{body}<footer>© 2026 Shop</footer></body></html>".encode()


def _table_html() -> bytes:
    rows = "<tr><th rowspan=2>Size</th><th colspan=2>Pressure</th></tr><tr><th>bar</th><th>psi</th></tr><tr><td>DN15</td><td>16.5</td><td>239</td></tr>"
    layout = f"<table><tr><td><table>{rows}</table></td><td>Side note: keep 42 cm free.</td></tr></table>"
    return f"<html><body>{BANNER}<div class=content><h2>Ratings</h2>{layout}<dl><dt>Service life</dt><dd>14,600 h</dd></dl></div></body></html>".encode()


def _gbk_html() -> bytes:
    head = '<html><head><meta charset="gb2312"><title>保养</title></head><body>'
    return f"{head}<h1>保养说明</h1><p>滤芯每运行180小时更换一次，压差不得超过0.06兆帕。</p></body></html>".encode("gb18030")


def _quoted_mail() -> bytes:
    import email.policy
    from email.message import EmailMessage

    message = EmailMessage(policy=email.policy.SMTP)
    message["Subject"], message["From"], message["To"] = "=?utf-8?b?5pWF6Zqc5Luj56CBIEU0Nw==?=", "tech@example.com", "all@example.com"
    message.set_content(
        "<html><body><style>p{color:red}</style><div><p>Code <b>E47</b> means the inlet is blocked: clean the strainer (mesh 0.9&nbsp;mm).</p>"
        "<table><tr><td>Reset</td><td>hold 8 s</td></tr><tr><td>Retry</td><td>after 150 s</td></tr></table></div></body></html>",
        subtype="html", cte="quoted-printable",
    )  # fmt: skip
    return bytes(message)


def _front(head: str, body: str = "# Hose\n\nThe bend radius is 73 mm.\n") -> Callable[[], bytes]:
    return lambda: f"{head}{body}".encode()


UGLY = (
    Ugly("nested.docx", _nested_docx, ((("M8", "24.5 N·m"), 0, 0), (("M12", "81.3 N·m"), 0, 0), (("torque wrench",), 0, 0))),
    Ugly("merged.docx", _merged_docx, ((("KV-7", "3.4", "17.9"), 0, 0), (("KV-9", "5.2", "28.6"), 0, 0), (("Flow (m³/h)", "min"), 0, 0))),
    Ugly("boxed.docx", _boxed_docx, ((("run dry", "37 seconds"), 0, 0),)),
    Ugly("control.docx", _control_docx, ((("Oil change", "1,250 hours"), 0, 0), (("fuse", "6.3 A"), 0, 0), (("88 dB",), 0, 0))),
    Ugly(
        "columns.pdf", lambda: make.pdf(_two_columns),
        ((("no more than 4 layers of boxes on one pallet",), 1, 0), (("rope for at least 260 kg",), 1, 0), (("within 3 days in writing",), 1, 0)),
    ),
    Ugly("broken-table.pdf", lambda: make.pdf(_broken_table), ((("A-128", "Gasket 128", "128.5 g"), 1, 0), (("A-131", "Gasket 131", "131.5 g"), 2, 0))),
    Ugly("headless.pdf", lambda: make.pdf(_headless_rest), ((("M7", "49.2 N·m"), 1, 0), (("M41", "287.2 N·m"), 2, 0))),
    Ugly(
        "chinese.pdf", lambda: make.pdf(_chinese_pdf),
        ((("径向间隙为0.35毫米", "超过0.80毫米"), 1, 0), (("轴承温升", "35K", "55K"), 1, 0), (("每运行2500小时更换一次", "45克"), 2, 0)),
    ),
    Ugly("merged.xlsx", lambda: make.xlsx(_merged_book), ((("ZX-3", "12.5", "208.3", "2.2", "4.7"), 0, 5), (("ZX-5", "31", "516.7"), 0, 6))),
    Ugly(
        "several.xlsx", lambda: make.xlsx(_several_tables),
        ((("Filter F-12", "48.75"), 0, 3), (("Filter F-14", "23"), 0, 10), (("Xiamen", "17.35"), 0, 3), (("Dalian", "22.4"), 0, 4)),
    ),
    Ugly("typed.xlsx", lambda: make.xlsx(_typed_book), ((("B-77", "2026-03-09", "7.25%", "00719"), 0, 2), (("North-7", "93.4"), 0, 2))),
    Ugly(
        "semicolon.csv",
        lambda: "型号;扬程(米);价格\r\nQX-20;18,5;1.299,00\r\nQX-30;27,0;1.850,00\r\n".encode("gb18030"),
        ((("QX-20", "18,5", "1.299,00"), 0, 2),),
    ),
    Ugly(
        "preface.csv",
        lambda: b"Export of 2026-05-01\n\nid,name,mm\n17,Ring,33.4\n18,\"Plate, round\",71.9\n",
        ((("17", "Ring", "33.4"), 0, 4), (("Plate, round", "71.9"), 0, 5)),
    ),
    Ugly("tabs.tsv", lambda: "Article\tLength\tNote\nR-1\t120 mm\t\"with \"\"cap\"\"\"\nR-2\t145 mm\t\n".encode("utf-16"), ((("R-2", "145 mm"), 0, 3),)),
    Ugly("pipe.csv", lambda: "code|meaning|wait\nF03|phase lost|20 s\nF11|too hot|75 s\n".encode("utf-8-sig"), ((("F11", "too hot", "75 s"), 0, 3),)),
    Ugly("quoted.eml", _quoted_mail, ((("E47", "strainer", "0.9"), 0, 0), (("Reset", "hold 8 s"), 0, 0), (("Retry", "150 s"), 0, 0)), ("color:red",)),
    Ugly(
        "html-only.eml",
        lambda: make.eml("", html="<div>Part <b>K-19</b> weighs 2.45 kg.</div><div style='display:none'>tracking 999</div>"),
        ((("K-19", "2.45 kg"), 0, 0),), ("tracking 999",),
    ),
    Ugly("deep.html", _deep_html, ((("6.75 turns",), 0, 0), (("Close it slowly", "at least 11 s"), 0, 0)), ("cookies", "Shop page 7")),
    Ugly("tables.html", _table_html, ((("DN15", "16.5", "239"), 0, 0), (("42 cm",), 0, 0), (("Service life", "14,600 h"), 0, 0)), ("cookies",)),
    Ugly("gb2312.html", _gbk_html, ((("每运行180小时更换一次", "0.06兆帕"), 0, 0),)),
    Ugly(
        "fragment.html",
        lambda: b"<p>Tank: <b>45</b>&nbsp;L<br>Refill at <i>9</i> L<p>Second <font size=2>para 3.3 V",
        ((("Tank:", "45", "L"), 0, 0), (("3.3 V",), 0, 0)),
    ),
    Ugly("crlf.md", _front("---\r\ntitle: Hose\r\nversion: 2\r\n---\r\n"), ((("73 mm",), 0, 7),)),
    Ugly("unknown.md", _front("---\nlayout: post\ntags: [a, b]\ndate: 2026-01-02 10:00:00 +0800\nauthor:\n  name: X\n---\n"), ((("73 mm",), 0, 10),)),
    Ugly("dots.md", _front("---\ntitle: Hose\n...\n"), ((("73 mm",), 0, 6),)),
    Ugly("toml.md", _front('+++\ntitle = "Hose"\ndate = 2026-01-02\n+++\n'), ((("73 mm",), 0, 7),)),
    Ugly("bom.md", lambda: "\ufeff---\ntitle: 软管\n---\n\n# 软管\n\n弯曲半径为73毫米。\n".encode(), ((("弯曲半径为73毫米",), 0, 7),)),
    Ugly("rule-first.md", _front("---\n\n"), ((("73 mm",), 0, 5),)),
    Ugly(
        "tables.md",
        lambda: b"Model | Head\n:--|--:\nT-1 | 12.6 m\nT-2|19.8 m\n\n<table><tr><td>Gap</td><td>0.15 mm</td></tr></table>\n",
        ((("T-2", "19.8 m"), 0, 4), (("Gap", "0.15 mm"), 0, 6)),
    ),
    Ugly("big5.txt", lambda: "保固說明\n\n馬達保固期為26個月，須於安裝後45日內登錄。逾期不受理。\n".encode("big5"), ((("26個月", "45日"), 0, 3),)),
    Ugly("utf16le.txt", lambda: "安装要求\r\n\r\n基础高出地面150毫米，地脚螺栓扭矩为62牛米。\r\n".encode("utf-16-le"), ((("150毫米", "62牛米"), 0, 3),)),
    Ugly("utf16be.txt", lambda: b"\xfe\xff" + "Notes\n\nThe relief valve opens at 8.4 bar.\n".encode("utf-16-be"), ((("8.4 bar",), 0, 3),)),
    Ugly("latin1.txt", lambda: "Wartung\n\nDie Öffnung ist 5,25 mm groß – nicht mehr.\n".encode("cp1252"), ((("5,25 mm",), 0, 3),)),
)  # fmt: skip
