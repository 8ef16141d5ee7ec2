"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, GB18030, Big5, what charset-normalizer sees, Windows-1252; binary data is recognised."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BREAK = re.compile("[\x0b\x85\u2028\u2029]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# the commonest characters of running Chinese, simplified and traditional
_COMMON = frozenset(
    "的一是不了在人有我他这这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法"
    "学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只从從想实實日军者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業"
    "外将將两兩高间間由问問很最重并物手应應战向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿東东声聲提立"
    "及比员員解水名真论論处處走义義各入几口认認条條平系气氣题題活尔更别打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金"
    "指克许統区區保至队形社便空决治展马馬科司五基眼书書非则聽白却界达達光放强強即像难且权思王象完设設式色路记記南品住告类類求据程北边死张該交规規万萬取拉格望觉術領共确確"
    "传師观清今切院让識候带導争运運客户戶服售退货貨款价單单订訂購购返修換换，。、；：！？（）「」《》“”"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding it was read in, and how many characters could not be read (they are U+FFFD)."""

    text: str
    encoding: str
    lost: int = 0


def is_binary(data: bytes) -> bool:
    """Whether the beginning of `data` is no text in any encoding: control characters beyond what a text may hold."""
    head = data[:8192]
    if head.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(head):
        return False
    return len(_CONTROL.findall(head)) > max(2, len(head) // 100)


def decode(data: bytes, *, declared: str = "") -> Decoded | None:
    """The text of `data` with \\n line ends; None when it is no text. `declared` is what the file says of itself, taken when it is possible.

    A few broken bytes do not make UTF-8 something else: they become U+FFFD and are counted.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _lossy(data[len(mark) :], codec)
    if wide := _wide(data[:4096]):
        return _lossy(data, wide)
    if is_binary(data):
        return None
    try:
        return _made(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if declared and (said := _declared(data, declared)):
        return said
    return _damaged_utf8(data) or _chinese(data) or _guessed(data)


def _made(text: str, codec: str) -> Decoded:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(_BREAK.sub("\n", text), codec, text.count("\ufffd"))


def _lossy(data: bytes, codec: str) -> Decoded:
    return _made(data.decode(codec, "replace"), codec)


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: every other byte zero in Latin text, or high bytes that are Chinese."""
    even = head[: len(head) // 2 * 2]
    if len(even) < 8:
        return ""
    first, second = even[::2], even[1::2]
    pairs = len(first)
    if second.count(0) > 0.6 * pairs and first.count(0) < 0.05 * pairs:
        return "utf-16-le"
    if first.count(0) > 0.6 * pairs and second.count(0) < 0.05 * pairs:
        return "utf-16-be"
    for codec, high in (("utf-16-le", second), ("utf-16-be", first)):
        if b"\x00" in high and sum(0x4E <= byte <= 0x9F or byte in (0, 0x30, 0xFF) for byte in high) > 0.97 * pairs:
            text = even.decode(codec, "replace")
            if sum(char in _COMMON for char in text) > 0.15 * len(text):
                return codec
    return ""


def _declared(data: bytes, name: str) -> Decoded | None:
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": ""}.get(name.lower(), name)
    try:
        found = _lossy(data, codec) if codec else None
    except LookupError:
        return None
    return found if found and found.lost <= len(data) // 1000 else None


def _damaged_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - lost
    return _made(text, "utf-8") if good >= 4 * lost else None


def _share(text: str) -> float:
    """How much of the non-ASCII part of a text is everyday Chinese."""
    wide = [char for char in text if char > "\x7f"]
    return sum(char in _COMMON for char in wide) / len(wide) if wide else 0.0


def _chinese(data: bytes) -> Decoded | None:
    """GB18030 or Big5, whichever gives everyday Chinese; both can decode almost anything, so the characters decide."""
    found: list[tuple[float, int, Decoded]] = []
    for codec in ("gb18030", "big5hkscs"):
        decoded = _lossy(data, codec)
        wide = sum(byte > 0x7F for byte in data[:100_000]) / 2
        if decoded.lost > max(1, wide // 50):
            continue
        found.append((_share(decoded.text[:100_000]), -decoded.lost, decoded))
    best = max(found, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] >= 0.2 else None


def _guessed(data: bytes) -> Decoded | None:
    if sum(byte > 0x7F for byte in data[:200_000]) < 0.15 * len(data[:200_000]):
        return _lossy(data, "cp1252")  # mostly ASCII: a Western text, whatever the few other bytes resemble
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is not None and best.encoding not in ("utf_8", "ascii"):
        guessed = _lossy(data, best.encoding)
        if guessed.lost <= len(data) // 1000:
            return guessed
    return _lossy(data, "cp1252")
