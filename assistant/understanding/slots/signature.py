"""The close of a letter ("Thanks, Hamburg", 此致 敬礼 上海李伟): who writes and from where, which names no place to deliver to."""

from __future__ import annotations

import re

from assistant.understanding.slots.scan import Scan

_CLOSES_EN = re.compile(
    r"(?:^|[\s,.;!])(?:(?:many |with )?thanks(?: (?:again|in advance|so much|a lot))?|thank you(?: (?:very much|so much|in advance))?|thx|cheers"
    r"|(?:best|kind|warm)(?: regards| wishes)?|regards|sincerely(?: yours)?|yours(?: sincerely| truly| faithfully)?|greetings|rgds"
    r"|br)(?:\s*[,.!\n-]+\s*|\s+(?=from\b))"
    r"(?P<who>(?:[A-ZÄÖÜ][\w.'’&-]*[\s,/]*(?:(?:of|and|from|at|in|the|GmbH|Inc|Ltd|team|office|plant)[\s,]+)?){1,6})[.!\s]*$",
    re.IGNORECASE,
)
_CLOSES_ZH = re.compile(r"(?:谢谢|多谢|感谢|此致|敬礼|祝好|顺祝商祺|辛苦了|麻烦了)[!！,，。.\s]+(?P<who>[\u4e00-\u9fff·\s]{2,12})[。!！\s]*$")
_SAYS_ZH = re.compile(r"[改到送寄发换去往在要请把给是的了吗呢吧]")


def claim_signature(scan: Scan) -> None:
    """Blots out a close with the names behind it, when it ends the message."""
    match = _CLOSES_EN.search(scan.text)
    if match and all(
        word[:1].isupper() or word in ("of", "and", "from", "at", "in", "the", "team", "office", "plant") for word in re.findall(r"[^\s,/]+", match["who"])
    ):
        scan.claim(*match.span())
    match = _CLOSES_ZH.search(scan.plain)
    if match and not _SAYS_ZH.search(match["who"]):
        scan.claim(*match.span())
