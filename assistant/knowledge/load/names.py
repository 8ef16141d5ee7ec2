"""Names of files as others wrote them, made harmless and readable; it touches no file system."""

from __future__ import annotations

import re
import unicodedata

_BAD = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_HAN = re.compile(r"[\u3400-\u9fff]")


def clean_name(name: str, *, default: str = "unnamed") -> str:
    """The last component of a path without control, hidden and shell-hostile characters, at most 120 characters; never empty, never '.' or '..'."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", _BAD.sub("", name)))[-1].strip(" .")
    if not last:
        return default
    if _RESERVED.fullmatch(last):
        last = f"_{last}"
    if len(last) > 120:
        stem, dot, suffix = last.rpartition(".")
        last = f"{stem[:100]}.{suffix[:10]}" if dot else last[:120]
    return last


def leads_out(path: str) -> bool:
    """Whether a member's path is absolute or climbs above its archive."""
    parts = re.split(r"[/\\]", path)
    return path.startswith(("/", "\\", "~")) or bool(re.match(r"[A-Za-z]:", path)) or ".." in parts


def member_name(raw: bytes, *, utf8: bool) -> str:
    """A ZIP member's name: UTF-8 where said so or where it is that, GBK where the bytes are Chinese in it, else code page 437."""
    if raw.isascii():
        return raw.decode("ascii")
    for codec in ("utf-8",) if utf8 else ("utf-8", "gb18030", "big5"):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8" or _HAN.search(text):
            return text
    return raw.decode("cp437")
