"""What in a message calls for care: words that try to command the assistant, and data of persons; nothing is refused or masked here.

The injection patterns only raise a flag: they are no defence. What protects is that a write needs permission, a preview and a yes, whatever a text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.workspace.model import Lexicon

Span = tuple[int, int, str]

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_ID_CARD = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_BANK_CARD = re.compile(r"(?<![\d.-])(?:\d[ -]?){12,18}\d(?![\d-])")
_MAY_BE_PHONE = re.compile(r"\d(?:[\d\s().-]*\d){6}")
_CN_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_PASSPORT = re.compile(r"(?:护照号?码?|passport(?:\s*(?:no\.?|number))?)\s*[:：#是]?\s*([A-Za-z]{1,2}\d{6,8})", re.IGNORECASE)
_REGIONS = ("CN", "US")  # whose national way of writing is read; "+" tells every other
_OBFUSCATION = re.compile(r"(?<=[\u4e00-\u9fff])[\s·*_.\-~|]+(?=[\u4e00-\u9fff])")


def injection_patterns(lexicon: Lexicon) -> re.Pattern[str]:
    """One pattern of the lexicon's injection expressions in all languages; without any it finds nothing. Raises ValueError for one that cannot be read."""
    sources = [source for found in lexicon.injection.values() for source in found]
    for source in sources:
        try:
            re.compile(source)
        except re.error as error:
            raise ValueError(f"the injection pattern {source!r} is no regular expression: {error}") from error
    return re.compile("|".join(f"(?:{source})" for source in sources) or r"(?!)", re.IGNORECASE)


def injection(text: str, patterns: re.Pattern[str]) -> bool:
    """Whether a text gives the assistant orders that are not a customer's to give. Reads through blanks and marks put between Chinese characters."""
    plain = to_simplified(fold(text))
    return bool(patterns.search(plain)) or bool(patterns.search(_OBFUSCATION.sub("", plain)))


def personal_spans(text: str) -> tuple[Span, ...]:
    """Spans (start, end, kind) of e-mail addresses, phones, identity, bank card and passport numbers in a folded text, in order and without overlap."""
    found: list[Span] = [(match.start(), match.end(), "email") for match in _EMAIL.finditer(text)]
    if _MAY_BE_PHONE.search(text):
        found += [(match.start(), match.end(), "id_number") for match in _ID_CARD.finditer(text) if _is_id_card(match.group())]
        found += [(match.start(), match.end(), "bank_card") for match in _BANK_CARD.finditer(text) if _is_card(match.group())]
        found += [(match.start(), match.end(), "phone") for match in _CN_MOBILE.finditer(text)]
        found += _phones(text)
    found += [(*match.span(1), "passport") for match in _PASSPORT.finditer(text)]
    return _apart(found)


def _is_id_card(number: str) -> bool:
    """The check character of GB 11643 (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECK[total % 11] == number[17].upper()


def _is_card(number: str) -> bool:
    """The Luhn check digit (ISO/IEC 7812)."""
    digits = [int(char) for char in number if char.isdigit()]
    if len(set(digits)) == 1:
        return False
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def _phones(text: str) -> list[Span]:
    """Phone numbers as the phone number library finds them: international ones anywhere, national ones of a few countries when they are valid there."""
    import phonenumbers

    found: list[Span] = []
    for region in _REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID):
            raw = match.raw_string
            if raw.startswith("+") or re.search(r"[\s().-]", raw) or _called(text, match.start):
                found.append((match.start, match.end, "phone"))
    return found


_CALLED = re.compile(r"(?:电话|手机|座机|热线|号码|联系|拨|致电|打|tel|phone|mobile|cell|call|ring|reach)[^\d]{0,12}$", re.IGNORECASE)


def _called(text: str, at: int) -> bool:
    """Whether the words before a bare row of digits say that it is a phone: order and tracking numbers look the same."""
    return bool(_CALLED.search(text[max(0, at - 20) : at]))


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda found: (found[0], -found[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)
