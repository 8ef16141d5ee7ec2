"""EML to Markdown: subject, sender, date and what was newly written; attachments become parts. It sends, fetches and trusts nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from assistant.knowledge.load import markup, plain
from assistant.knowledge.load.decode import decode
from assistant.knowledge.load.layout import Line
from assistant.knowledge.load.model import Draft, UnreadableDocument, Work
from assistant.knowledge.load.names import clean_name

_HEADER = re.compile(
    rb"(?i)(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|reply-to|content-type|x-[\w-]+|dkim-signature|sender|cc):[ \t]"
)
_ATTRIBUTION = re.compile(
    r"\s*(?:On .{6,120}wrote:|Am .{6,120}schrieb .{1,80}:|在?\s?.{4,80}(?:写道|寫道)\s*[:：]"
    r"|-{2,}\s*(?:Original Message|Forwarded message|原始邮件|原始郵件|转发的邮件|回复的原邮件|Original)\s*-{2,}|_{10,})\s*",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"(?:fwd?|转发|轉發|轉寄)\s*[:：]", re.IGNORECASE)
_QUOTED_HEAD = re.compile(r"\s*\**(?:From|发件人|發件人|寄件者|Von)\**\s*[:：]\**\s*\S", re.IGNORECASE)
_QUOTED_NEXT = re.compile(r"\s*\**(?:Sent|Date|To|Subject|发送时间|發送時間|日期|收件人|主题|主題|Gesendet)\**\s*[:：]", re.IGNORECASE)
_SIGNATURE = re.compile(r"--\s?$|\s*(?:Sent from my \w+.{0,30}|发自我的.{1,30}|發自我的.{1,30}|Get Outlook for .{1,20})\s*$", re.IGNORECASE)
_CLOSING = re.compile(
    r"\s*(?:(?:best|kind|warm|many)?\s*regards|best wishes|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers|此致|顺祝商祺|順頌商祺|祝好|祝商祺"
    r"|谢谢[!！]?|thanks(?: and regards)?)\s*[,，.!！]?\s*",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[^<>]+>")


def is_mail(data: bytes) -> bool:
    """Whether the first lines are mail headers: at least two known ones before the first empty line, and nothing else."""
    head = re.split(rb"\r?\n\r?\n", data[:16_384].lstrip(b"\r\n"), maxsplit=1)[0]
    lines = [line for line in head.splitlines() if line[:1] not in (b" ", b"\t")]
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    known = sum(bool(_HEADER.match(line)) for line in lines)
    return known >= 2 and known >= 0.5 * len(lines) and all(re.match(rb"[!-9;-~]+:", line) for line in lines)


def read(data: bytes, draft: Draft, work: Work) -> None:
    """Reads a mail. A broken part is a failure line; hostile names are cleaned and counted."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = list(_leaves(message))
    except UnreadableDocument:
        raise
    except Exception as error:  # the parser raises many things for headers made to break it
        raise UnreadableDocument("is damaged or no mail; save the message again from the mail program", code="damaged") from error
    subject = _header(message, "subject")
    draft.title = subject
    draft.block(f"# {subject or 'Mail'}", line=1)
    about = [f"{label}: {value}" for label, name in (("From", "from"), ("To", "to"), ("Date", "date")) if (value := _header(message, name))]
    if about:
        draft.block("\n".join(f"- {line}" for line in about), line=1)
    bodies = [part for part in parts if _is_body(part)]
    text = _best(bodies, draft, work, forwarded=bool(_FORWARD.match(subject)))
    for part in parts:
        work.check("reading attachments")
        if part not in bodies:
            _attachment(part, draft, work)
    if not text and not draft.parts and not draft.failures:
        raise UnreadableDocument("is a mail without text and attachments", code="empty")


def _header(message: Message, name: str) -> str:
    try:
        value = str(message.get(name, ""))
    except Exception:  # a header made to break the parser
        return ""
    return " ".join("".join(char for char in value if char.isprintable() or char.isspace()).split())[:300]


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    if depth > 50:
        raise UnreadableDocument("nests its parts more than 50 deep; such a mail is not opened", code="bomb")
    if message.get_content_type() == "message/rfc822" and depth:
        yield message
    elif message.is_multipart():
        payload = message.get_payload()
        for part in payload if isinstance(payload, list) else []:
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)
    else:
        yield message


def _is_body(part: Message) -> bool:
    return part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and not part.get_filename()


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    found = decode(_bytes(part), declared=part.get_content_charset() or "")
    return found.text if found else ""


def _best(bodies: list[Message], draft: Draft, work: Work, *, forwarded: bool) -> bool:
    """Writes the text: plain where it says as much as the HTML, else the HTML."""
    plains = "\n\n".join(_text(part) for part in bodies if part.get_content_type() == "text/plain").strip()
    webs = [_text(part) for part in bodies if part.get_content_type() == "text/html"]
    work.check("reading the text")
    rich = any(re.search(r"(?i)<(?:table|h[1-4]|ul|ol)\b", web) for web in webs)
    if webs and (rich or len(plains) < 0.4 * sum(_said(web, work) for web in webs)):
        title = draft.title
        for web in webs:
            try:
                markup.read(_uncited(web, draft, forwarded), draft, work)
            except UnreadableDocument as error:
                if error.code == "timeout":
                    raise
                draft.fail("text", error.message, code=error.code)
        draft.title = title
        return True
    kept = plains if forwarded else _own(plains, draft)
    if not kept.strip():
        kept = plains
    if kept.strip():
        title = draft.title
        lines = [Line(re.sub(r"^(?:>\s?)+", "", line).strip(), 0, number) for number, line in enumerate(kept.split("\n"), start=1)]
        plain.structure(lines, draft, work, top=2)
        draft.title = title
    return bool(kept.strip())


def _said(web: str, work: Work) -> int:
    """How many characters an HTML part says."""
    scratch = Draft("", "html")
    try:
        markup.read(web, scratch, work)
    except UnreadableDocument as error:
        if error.code == "timeout":
            raise
    return scratch.size


def _uncited(web: str, draft: Draft, forwarded: bool) -> str:
    """HTML without the blocks mail programs quote in."""
    if forwarded:
        return web
    cut = re.sub(
        r'(?is)<(blockquote)\b[^<>]*(?:type="?cite|gmail_quote)[^<>]*>.*</\1>|<div[^<>]*class="?(?:gmail_quote|moz-cite-prefix|OutlookMessageHeader)[^<>]*>.*',
        "",
        web,
    )
    if cut == web:
        return web
    if not _MARKUP.sub("", cut).strip():
        return web
    draft.repairs["quoted_reply"] += 1
    return cut


def _own(text: str, draft: Draft) -> str:
    """The lines written new: quoted replies and the signature cut."""
    lines = text.split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        following = "\n".join(lines[number + 1 : number + 4])
        if _ATTRIBUTION.fullmatch(line) or (_QUOTED_HEAD.match(line) and _QUOTED_NEXT.search(following) and kept):
            draft.repairs["quoted_reply"] += 1
            break
        if line.lstrip().startswith(">"):
            if not (kept and kept[-1] == "\x00"):
                draft.repairs["quoted_reply"] += 1
                kept.append("\x00")
            continue
        if _SIGNATURE.fullmatch(line) and any(each.strip() for each in kept):
            draft.repairs["signature"] += 1
            break
        kept.append(line)
    kept = [line for line in kept if line != "\x00"]
    for number in range(max(0, len(kept) - 12), len(kept)):
        if _CLOSING.fullmatch(kept[number]) and sum(bool(line.strip()) for line in kept[:number]) and all(len(line) < 80 for line in kept[number:]):
            draft.repairs["signature"] += 1
            return "\n".join(kept[:number])
    return "\n".join(kept)


def _attachment(part: Message, draft: Draft, work: Work) -> None:
    try:
        raw = part.get_filename() or ""
    except Exception:  # a name made to break the parser
        raw = ""
    nested = part.get_content_type() == "message/rfc822"
    name = clean_name(raw, default="message.eml" if nested else "attachment")
    if raw and name != raw:
        draft.find("bad_name", raw)
    work.member()
    if nested:
        inner = part.get_payload()
        data = inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
    else:
        data = _bytes(part)
    work.unpack(len(data))
    if part.get_content_maintype() in ("image", "audio", "video") or part.get_content_type() in (
        "application/pkcs7-signature",
        "application/pgp-signature",
        "text/calendar",
    ):
        draft.repairs["ignored_member"] += 1
        return
    if not data:
        draft.fail(name, "is empty", code="empty")
        return
    work.part(data, name, draft)
