"""One canonical form of a customer's text, which every span in the system indexes; it cleans, it does not interpret.

What `fold` does, in this order:
1. drops what has no glyph: control characters, zero-width and bidirectional marks, tag characters, variation selectors, non-characters, lone surrogates
   (an emoji joined by zero-width joiners comes apart into its emoji);
2. maps full-width letters, digits and symbols to ASCII, and Unicode hyphens and the minus sign to "-", so that "Ｐ－１００" is "P-100".
   The six marks of Chinese prose ，！？；（） and the full-width colon keep their width, because an invoice title written with （） must come back as it was
   written and "10，200" is not a number; only a colon between digits becomes ":" (a time). Half-width ｡､｢｣ become 。、「」, and a typographic apostrophe
   between Latin letters becomes "'";
3. composes to NFC;
4. makes every run of white space one blank (one line break if it holds one) and strips both ends.
`fold(fold(x)) == fold(x)` for every string.
"""

from __future__ import annotations

import re
import unicodedata

_KEPT_WIDE = "，！？；：（）"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u034f\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
_MARKS: dict[int, str | int] = {
    0x2010: "-", 0x2011: "-", 0x2212: "-", 0xFE63: "-", 0x301C: "~", 0xFF61: "。", 0xFF64: "、", 0xFF62: "「", 0xFF63: "」",
    0xFFE5: "¥", 0xFFE1: "£", 0xFFE0: "¢", 0x3164: " ", 0x115F: " ", 0x1160: " ", 0xFFA0: " ", 0x2800: " ",
}  # fmt: skip
_TABLE: dict[int, str | int] = {**_WIDE, **_MARKS}
_COLON = re.compile(r"(?<=[0-9])：(?=[0-9])")
_APOSTROPHE = re.compile("(?<=[A-Za-z])[\u2018\u2019\u02bc\u2032](?=[A-Za-z])")
_BREAK = re.compile(r"\s*[\n\r\x0b\x0c\x85\u2028\u2029]\s*")
_BLANK = re.compile(r"[^\S\n]+")
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")


def fold(text: str) -> str:
    """`text` in the canonical form of this module: idempotent, never longer than its NFC form, free of lone surrogates."""
    if _PLAIN.fullmatch(text):
        return text
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_TABLE))
        text = _APOSTROPHE.sub("'", _COLON.sub(":", text))
    text = _BREAK.sub("\n", text)
    return _BLANK.sub(" ", text).strip()
