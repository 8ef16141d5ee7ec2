"""Documents made in code: each function gives the bytes of one file."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Title", "Title"), ("H1", "heading 1"), ("H2", "heading 2"), ("Own", "Own"))
    )
    + '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def paragraph(text: str, *, style: str = "", number: tuple[int, int] | None = None, run: str = "") -> str:
    """A Word paragraph of one run; `run` is XML inside its properties."""
    numbered = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """Cells are texts or, where they begin with <, XML."""
    lines = "".join("<w:tr>" + "".join(each if each.startswith("<") else word_cell(each) for each in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{lines}</w:tbl>"


def docx(body: str, *, extra: Mapping[str, str | bytes] | None = None, relations: str = "", styles: str = STYLES) -> bytes:
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{NUMBERING}</w:numbering>',
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("CONFIDENTIAL HEADER")}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{paragraph("page footer")}</w:ftr>',
    }
    if relations:
        members["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
    return packed({**members, **(extra or {})})


def packed(members: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return out.getvalue()


def raw_named(names: Sequence[tuple[bytes, bytes]]) -> bytes:
    """A ZIP whose member names are these bytes and not marked as UTF-8."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for number, (name, content) in enumerate(names):
            target.writestr(chr(97 + number) * len(name), content)
    data = out.getvalue()
    for number, (name, _) in enumerate(names):
        data = data.replace(chr(97 + number).encode() * len(name), name)
    return data


def with_link(link: str, target: str, members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP with a symbolic link beside its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(link)
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(fill: Callable[[Any], object]) -> bytes:
    """A workbook that `fill` gets as openpyxl's, with its first sheet active."""
    import openpyxl

    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_raw(sheet: str, *, strings: str = "") -> bytes:
    """A workbook of one sheet given as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return packed(
        {
            "[Content_Types].xml": _TYPES,
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        }
    )


def pdf(draw: Callable[[Any, Any], object], *, password: str = "", title: str = "") -> bytes:
    """A PDF that `draw(canvas, font)` paints, A4, with a Chinese font named `font` registered."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=StandardEncryption(password) if password else None)
    if title:
        canvas.setTitle(title)
    draw(canvas, "STSong-Light")
    canvas.save()
    return out.getvalue()


def bare_pdf(count: int) -> bytes:
    """A PDF of empty pages."""
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {count}/Kids[{kids}]>>", *["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count]
    parts, at, spots = ["%PDF-1.4\n"], 9, []
    for number, each in enumerate(objects, start=1):
        parts.append(f"{number} 0 obj\n{each}\nendobj\n")
        spots.append(at)
        at += len(parts[-1])
    table = "".join(f"{spot:010d} 00000 n \n" for spot in spots)
    size = len(objects) + 1
    parts.append(f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n")
    return "".join(parts).encode()


def lines(canvas: Any, texts: Sequence[str], *, x: float = 60, y: float = 780, font: str = "Helvetica", size: float = 10, lead: float = 0) -> float:
    """Prints lines from the top; gives the height below them."""
    canvas.setFont(font, size)
    for text in texts:
        canvas.drawString(x, y, text)
        y -= lead or 1.3 * size
    return y


def picture() -> bytes:
    """A small grey PNG."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (20, 20), 180).save(out, "PNG")
    return out.getvalue()


def scanned_page(canvas: Any) -> None:
    """Fills the page with a picture."""
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(io.BytesIO(picture())), 0, 0, 595, 842)


def eml(
    text: str, *, subject: str = "Question", html: str = "", attachments: Sequence[tuple[str, bytes]] = (), sender: str = "Dana Cole <dana@example.com>"
) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, sender, "service@example.com"
    message["Date"] = "Mon, 02 Jun 2025 10:00:00 +0800"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)
