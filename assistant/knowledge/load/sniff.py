"""Which format bytes are, by what they hold; a suffix is never believed. It reads no content."""

from __future__ import annotations

import re

from assistant.knowledge.load.mail import is_mail

_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "an RTF file; save it as DOCX"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; pack it as ZIP"),
    (b"Rar!\x1a\x07", "a RAR archive; pack it as ZIP"),
    (b"\x1f\x8b", "a gzip file; unpack it first or pack it as ZIP"),
    (b"BZh", "a bzip2 file; unpack it first or pack it as ZIP"),
    (b"\xfd7zXZ\x00", "an xz file; unpack it first or pack it as ZIP"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it first or pack it as ZIP"),
    (b"\x89PNG\r\n", "a picture; run character recognition (OCR) over it and load the text"),
    (b"\xff\xd8\xff", "a picture; run character recognition (OCR) over it and load the text"),
    (b"GIF8", "a picture; run character recognition (OCR) over it and load the text"),
    (b"II*\x00", "a picture; run character recognition (OCR) over it and load the text"),
    (b"MM\x00*", "a picture; run character recognition (OCR) over it and load the text"),
    (b"MZ", "a program; it is not opened"),
    (b"\x7fELF", "a program; it is not opened"),
    (b"\xca\xfe\xba\xbe", "a program; it is not opened"),
    (b"\xcf\xfa\xed\xfe", "a program; it is not opened"),
    (b"\xce\xfa\xed\xfe", "a program; it is not opened"),
    (b"\xfe\xed\xfa", "a program; it is not opened"),
    (b"\x00asm", "a program; it is not opened"),
    (b"dex\n03", "a program; it is not opened"),
    (b"#!/", "a program; it is not opened"),
    (b"@echo ", "a program; it is not opened"),
    (b"SQLite format 3\x00", "a database; export its tables as CSV"),
    (b"ID3", "a sound file; load its transcript"),
    (b"OggS", "a sound file; load its transcript"),
    (b"%!PS", "a PostScript file; save it as PDF"),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_97 = "WordDocument".encode("utf-16-le")
_POWERPOINT_97 = "PowerPoint Document".encode("utf-16-le")
_WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_OUTLOOK = "__substg1.0_".encode("utf-16-le")
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|meta|title|article|main|section|div|table|h[1-6]|p|ul|ol|dl"
    r"|span|script|style|header|nav)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|td|tr|table|span|a|body|html|article|section|dd|dt)\s*>", re.IGNORECASE)
_ATX = re.compile(r"(?m)^#{1,6}[ \t]+\S.{0,118}$")
_PIPES = re.compile(r"(?m)^[^\n|]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_FENCE = re.compile(r"(?m)^(?:```|~~~)")
_SETEXT = re.compile(r"(?m)^\S.{0,80}\n(?:={3,}|-{3,})\s*$")
_INLINE = re.compile(r"\*\*[^*\n]{1,200}\*\*|!?\[[^\[\]\n]{1,200}\]\([^()\n]{1,300}\)|(?m:^> )")
_FRONT = re.compile(r"\ufeff?---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|$)")


def binary_format(data: bytes) -> tuple[str, str]:
    """(format, reason): pdf, zip (any of its kinds), sheet97, mail; "unsupported" or "password" with a reason; "text" for everything else."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf", ""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip", ""
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "unsupported", "a picture; run character recognition (OCR) over it and load the text"
    if data[4:8] == b"ftyp":
        return "unsupported", "a film or sound file; load its transcript"
    if data[257:262] == b"ustar":
        return "unsupported", "a tar archive; pack it as ZIP"
    for mark, reason in _REFUSED:
        if data.startswith(mark) and (mark not in (b"MZ", b"BZh", b"ID3", b"GIF8") or not _texty(head)):
            return "unsupported", reason
    return ("mail", "") if is_mail(data) else ("text", "")


# what such a name holds is no document, whatever its first bytes are
_PROGRAM = re.compile(
    r"\.(?:exe|dll|scr|msi|bat|cmd|ps1|psm1|vbs|vbe|jse|wsf|hta|jar|apk|dex|dylib|sys|drv|cpl|lnk|pif|deb|rpm|dmg|iso|wasm)\s*",
    re.IGNORECASE,
)


def is_program(name: str) -> bool:
    """Whether a file is named as a program is; the name of a document is believed of no file, that of a program is."""
    return _PROGRAM.fullmatch(name[name.rfind(".") :]) is not None if "." in name else False


def _texty(head: bytes) -> bool:
    return head[2:3] != b"\x90" and not any(byte < 9 or 13 < byte < 32 for byte in head)


def _compound(data: bytes) -> tuple[str, str]:
    """What an OLE file of the years before 2007 holds; its directory names are UTF-16."""
    if _ENCRYPTED in data:
        return "password", "is protected by a password; save it without one"
    if _WORD_97 in data:
        return "unsupported", "a Word file of the old format (DOC); save it as DOCX"
    if _POWERPOINT_97 in data:
        return "unsupported", "a PowerPoint file of the old format; save it as PDF"
    if _OUTLOOK in data:
        return "unsupported", "an Outlook message (MSG); save it as EML"
    if any(name in data for name in _WORKBOOKS):
        return "sheet97", ""
    return "unsupported", "an Office file of the old format; save it as DOCX, XLSX or PDF"


def packed_format(names: set[str], mimetype: bytes) -> tuple[str, str]:
    """(format, reason) of a ZIP by its members: docx, xlsx, xlsb, ods, zip; "unsupported" with a reason."""
    if any(name.startswith("word/") for name in names) and "[Content_Types].xml" in names:
        return "docx", ""
    if "xl/workbook.xml" in names:
        return "xlsx", ""
    if "xl/workbook.bin" in names:
        return "xlsb", ""
    if any(name.startswith("ppt/") for name in names) and "[Content_Types].xml" in names:
        return "unsupported", "a PowerPoint file; save it as PDF"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods", ""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return "unsupported", "an OpenDocument file; save it as DOCX or PDF"
    if mimetype.startswith(b"application/epub"):
        return "unsupported", "an EPUB book; save it as PDF or HTML"
    return "zip", ""


def text_format(text: str) -> str:
    """html, markdown or plain, by marks a writer of the other kinds would not make; delimited text is for its own module to see."""
    head = text[:200_000]
    if front_matter(text):
        return "markdown"
    if _HTML.match(head) or (len(_TAG.findall(head)) >= 3 and head.lstrip().startswith("<")):
        return "html"
    headings = len(_ATX.findall(head))
    if _PIPES.search(head) or (_FENCE.search(head) and len(_FENCE.findall(head)) % 2 == 0):
        return "markdown"
    if headings and (headings > 1 or head.lstrip().startswith("#") or _INLINE.search(head)) and _ATX.search(_without_code(head)):
        return "markdown"
    return "markdown" if (_SETEXT.search(head) and _INLINE.search(head)) or len(_INLINE.findall(head)) >= 3 else "plain"


def _without_code(text: str) -> str:
    """Lines that are a comment with code behind it are no headings."""
    return re.sub(r"(?m)^#.*(?:\bdef\b|;|\breturn\b|=).*$", "", text)


_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(?P<head>(?:.*\n){1,200}?)(?P<end>\+\+\+)[ \t]*(?=\r?\n|$)")


def front_matter(text: str) -> str:
    """The front matter of a Markdown file with its two lines of ---; empty when there is none."""
    match = _FRONT.match(text) if text.startswith(("---", "\ufeff---")) else None
    return match.group() if match and (re.search(r"(?m)^[\w-]+\s*:", match.group())) else ""


def toml_as_yaml(text: str) -> str:
    """A text whose front matter stands between lines of +++ with the same in YAML, line for line; tables in it become comments."""
    match = _TOML.match(text) if text.startswith(("+++", "\ufeff+++")) else None
    if match is None:
        return text
    lines, inside = [], False
    for line in match.group("head").splitlines():
        pair = re.match(r"\s*([\w-]+)\s*=\s*(\S.*)$", line)
        inside = inside or line.lstrip().startswith("[")
        lines.append(f"{pair.group(1)}: {pair.group(2)}" if pair and not inside else f"# {line}")
    return "\n".join(["---", *lines, "---"]) + text[match.end("end") :]


def is_xml(text: str) -> bool:
    return text.lstrip().startswith("<?xml") and not _HTML.match(text[:2000])
