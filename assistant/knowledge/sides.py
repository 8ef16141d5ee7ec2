"""Cases that a company treats apart, in and out of warranty, at home and abroad: a text on the one side answers nothing about the other."""

from __future__ import annotations

import re


def _either(zh: str, en: str) -> re.Pattern[str]:
    return re.compile(rf"{zh}|\b(?:{en})\b", re.IGNORECASE)


_WARRANTY_ZH, _WARRANTY_EN = "(?:质保|保修|保固|三包)", "(?:warranty|guarantee)"
# each pair: a case, and the one it is told apart from
SIDES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        _either(
            rf"{_WARRANTY_ZH}期?(?:以|之)?内|保内|没过保|未过保|还在保|在保(?:修期?)?内?",
            rf"(?:under|in|within|during|inside|still (?:under"
            rf"|in)) (?:the |its |their )?{_WARRANTY_EN}",
        ),
        _either(
            rf"{_WARRANTY_ZH}期?(?:以|之)?外|保外|(?<![没未])过保|过了{_WARRANTY_ZH}|超过?{_WARRANTY_ZH}|{_WARRANTY_ZH}期?(?:已经?)?(?:过|满|结束|到期)"
            rf"|付费维修",
            rf"(?:out of|outside|after|beyond|past|no longer (?:under|in)) (?:the |its |their )?{_WARRANTY_EN}|{_WARRANTY_EN} (?:has |is "
            rf"|had )?(?:expired|ended|over|ran out|run out)|paid repairs?",
        ),
    ),
    (
        _either("国内|境内|本国|大陆", "domestic|domestically|inside the country|within the country"),
        _either("国外|境外|海外|出口|外国|国际", "overseas|abroad|international|internationally|export|exported|foreign"),
    ),
)


def other_side(question: str, text: str) -> bool:
    """Whether a text speaks only of the case that the question does not ask about."""
    for one, other in SIDES:
        asked = bool(one.search(question)), bool(other.search(question))
        told = bool(one.search(text)), bool(other.search(text))
        if asked != (True, True) and told != (True, True) and any(asked) and any(told) and asked != told:
            return True
    return False
