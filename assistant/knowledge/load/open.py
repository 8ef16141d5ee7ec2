"""A file of any kind as cleaned Markdown with places, counts and failures; the only module that knows all loaders. It stores nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.knowledge.load import archive, delimited, mail, markup, pdf, plain, sheets, sniff, word
from assistant.knowledge.load.clean import ORDER, Cleaned, clean
from assistant.knowledge.load.decode import Decoded, decode
from assistant.knowledge.load.model import Draft, Finding, Limits, Loaded, Place, UnreadableDocument, Work, over, raise_it
from assistant.knowledge.load.packed import open_zip, unpack
from assistant.knowledge.load.raised import tagged
from assistant.text.script import detect_language, is_contentless

_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.-]{2,40})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.-]{2,40})")
_HEADING = re.compile(r"(?m)^#{1,6}[ \t]+(.+?)[ \t#]*$")


def load(data: bytes, *, name: str, limits: Limits = Limits()) -> Loaded:
    """Reads a file by its content and cleans what it says; `name` is for messages and the title only.

    Raises UnreadableDocument when there is nothing to be read, with what to do about it. A part that fails (page, member, attachment) is a failure line.
    The time limit is looked at between pages, rows, members and steps of cleaning; one call into a parser in C is bounded by the size limits only, so a
    caller that must not wait runs this in a process of its own.
    """
    work = Work(limits, _load)
    return _load(data, name, work)


def too_large(size: int, most: int) -> UnreadableDocument:
    """The refusal of a file of `size` bytes."""
    return UnreadableDocument(f"is {over(size, most)}; split it or {raise_it('file_bytes')}", code="too_large")


def _load(data: bytes, name: str, work: Work) -> Loaded:
    if not data:
        raise UnreadableDocument("is empty", code="empty")
    if len(data) > work.limits.file_bytes:
        raise too_large(len(data), work.limits.file_bytes)
    try:
        draft = _read(data, name, work)
    except RecursionError as error:
        raise UnreadableDocument("is nested deeper than any real document; it is not opened", code="bomb") from error
    return _finished(draft, work)


def _read(data: bytes, name: str, work: Work) -> Draft:
    kind, reason = sniff.binary_format(data)
    if kind != "unsupported" and sniff.is_program(name):
        kind, reason = "unsupported", "a program; it is not opened"
    match kind:
        case "unsupported":
            raise UnreadableDocument(f"is {reason}", code="unsupported")
        case "password":
            raise UnreadableDocument(reason, code="password")
        case "zip":
            return _packed(data, name, work)
        case "pdf":
            draft = Draft(name, "pdf")
            pdf.read(data, draft, work)
        case "sheet97":
            draft = Draft(name, "xls")
            sheets.read_calamine(data, draft, work)
        case "mail":
            draft = Draft(name, "eml")
            mail.read(data, draft, work)
        case _:
            return _text(data, name, work)
    return draft


def _packed(data: bytes, name: str, work: Work) -> Draft:
    packed = open_zip(data, work)
    names = set(packed.NameToInfo)
    mimetype = unpack(packed, "mimetype", work) if "mimetype" in names and packed.getinfo("mimetype").file_size < 200 else b""
    kind, reason = sniff.packed_format(names, mimetype)
    if kind == "unsupported":
        raise UnreadableDocument(f"is {reason}", code="unsupported")
    draft = Draft(name, kind)
    match kind:
        case "docx":
            word.read(data, draft, work)
        case "xlsx":
            sheets.read_xlsx(data, draft, work)
        case "xlsb" | "ods":
            sheets.read_calamine(data, draft, work)
        case _:
            archive.read(data, draft, work)
    return draft


def _text(data: bytes, name: str, work: Work) -> Draft:
    head = _CHARSET.search(data[:4096])
    said = next((group for group in head.groups() if group), b"").decode("ascii", "ignore") if head else ""
    decoded = decode(data, declared=said)
    if decoded is None:
        raise UnreadableDocument(
            "is no text and no document of a known kind; send PDF, DOCX, XLSX, CSV, HTML, Markdown, EML, plain text or a ZIP of these", code="unsupported"
        )
    text = sniff.toml_as_yaml(decoded.text)
    if len(text) > work.limits.text_chars:
        raise UnreadableDocument(
            f"holds {len(text):,} characters, more than {work.limits.text_chars:,}; split it or {raise_it('text_chars')}", code="too_large"
        )
    if not text.strip():
        raise UnreadableDocument("holds nothing but blanks", code="empty")
    if sniff.is_xml(text):
        raise UnreadableDocument("is an XML file; export it as HTML, CSV or plain text", code="unsupported")
    kind = sniff.text_format(text)
    sign = delimited.delimiter(text) if kind == "plain" else ""
    above = delimited.preface(text) if kind == "plain" and not sign else 0
    sign = sign or (delimited.delimiter("".join(text.splitlines(keepends=True)[above:])) if above else "")
    draft = Draft(name, "csv" if sign else "text" if kind == "plain" else kind)
    _note_encoding(decoded, draft)
    if sign:
        delimited.read(text, draft, work, sign=sign, above=above)
    elif kind == "html":
        markup.read(text, draft, work)
    elif kind == "markdown":
        _markdown(text, draft)
    else:
        plain.read(text, draft, work)
    return draft


def _note_encoding(decoded: Decoded, draft: Draft) -> None:
    if decoded.encoding != "utf-8":
        draft.find("encoding", decoded.encoding)


def _markdown(text: str, draft: Draft) -> None:
    """Kept as it is, line by line, but for hidden comments."""
    for number, line in enumerate(tagged(_uncommented(text, draft)).split("\n"), start=1):
        draft.put(line, line=number)
    heading = _HEADING.search(text, len(sniff.front_matter(text)))
    draft.title = heading.group(1) if heading else ""


def _uncommented(text: str, draft: Draft) -> str:
    if "<!--" not in text:
        return text

    def gone(match: re.Match[str]) -> str:
        draft.find("comment", match.group())
        return "\n" * match.group().count("\n")

    return re.sub(r"<!--.*?(?:-->|\Z)", gone, text, flags=re.DOTALL)


def _finished(draft: Draft, work: Work) -> Loaded:
    text = draft.text
    if len(text) > work.limits.text_chars:
        raise UnreadableDocument(
            f"holds {len(text):,} characters, more than {work.limits.text_chars:,}; split it or {raise_it('text_chars')}", code="too_large"
        )
    work.check("before cleaning")
    front = sniff.front_matter(text) if draft.format == "markdown" else ""
    front = text[: len(text) - len(text[len(front) :].lstrip("\n"))] if front else ""
    places = [place for place in draft.places if place.start >= len(front)]
    spots = [place.start - len(front) for place in draft.places if place.start >= len(front)]
    anchors = sorted({*spots, *(each.start - len(front) for each in draft.findings if each.start >= len(front))})
    cleaned = clean(text[len(front) :], anchors=anchors, check=lambda: work.check("cleaning"))
    work.check("cleaning")
    body = cleaned.text.rstrip()
    if not body and not draft.parts:
        quarantined = cleaned.repairs.get(ORDER, 0)
        raise UnreadableDocument("holds nothing but instructions to a model" if quarantined else "holds no text", code="empty")
    where: Mapping[int, int] = dict(zip(anchors, cleaned.anchors, strict=True))
    whole = front + body
    return Loaded(
        name=draft.name, format=draft.format, title=" ".join(clean(draft.title).text.split()) or _stem(draft.name), text=whole,
        places=_places(places, where, len(front), len(whole)), repairs=dict(draft.repairs + cleaned.repairs),
        findings=_findings(draft, cleaned, where, len(front)), parts=tuple(draft.parts), failures=tuple(draft.failures), language_hint=_language(body),
        quarantined=tuple(replace(each, start=each.start + len(front), end=each.end + len(front)) for each in cleaned.findings if each.kind == ORDER),
    )  # fmt: skip


def _findings(draft: Draft, cleaned: Cleaned, where: Mapping[int, int], shift: int) -> tuple[Finding, ...]:
    found = []
    for each in draft.findings:
        at = where.get(each.start - shift, 0) + shift
        found.append(replace(each, start=at, end=at))
    return (*found, *(replace(each, start=each.start + shift, end=each.end + shift) for each in cleaned.findings))


def _places(places: list[Place], where: Mapping[int, int], shift: int, end: int) -> tuple[Place, ...]:
    """Places in the cleaned text, those of nothing left out."""
    found: list[Place] = []
    for place in places:
        start = where[place.start - shift] + shift
        if start >= end:
            break
        if found and found[-1].start == start:
            found.pop()
        moved = replace(place, start=start)
        if not found or (found[-1].page, found[-1].line, found[-1].sheet) != (moved.page, moved.line, moved.sheet):
            found.append(moved)
    return tuple(found)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0] or name


def _language(text: str) -> str:
    """zh-Hans, zh-Hant or en by the beginning of the text; empty where it has no words."""
    head = text[:4000]
    found = detect_language(head, sticky="zh-Hant")
    # what was only called so for want of a sign is looked at again
    return found if found != "zh-Hant" else "" if is_contentless(head) else detect_language(head, sticky="en")
