"""Which of several mentions of one kind is meant: a corrected or denied one is dropped, the final one stays; it does not find mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Json


@dataclass(frozen=True, slots=True)
class Mention:
    """A value said at `start:end`."""

    value: Json
    start: int
    end: int


_POINT = r"[，,。.…\s;；!！~—–:：-]"
_ZH_MARK = (
    rf"(?:(?:抱歉|不好意思|对不起|sorry){_POINT}*)?"
    r"(?:(?:哦|噢|啊|呃|额|诶|唉|嗯)?不对(?:不对)*|(?:哦|噢|啊|呃|额|诶|唉)不+(?:是|对)?|不不+(?:是|对)?|不是(?=[，,。\s])|不(?=[，,\s])|"
    r"(?:我|刚|刚才|前面|上面)*[写打说弄搞看记报输发]错了?(?:单?号)?了?|错了|口误|笔误"
    r"|更正(?:一下)?|纠正(?:一下)?|应该?是|应为|我?(?:是说|说的是|的意思是|指的是)|准确(?:地|的)?说|(?:抱歉|不好意思|"
    r"对不起)(?=[，,\s]*(?:是|应该))|等等|等一下|打住)"
)
_ZH_AFTER = r"[是应该我要想说的查看退改取消换问订单号那个帮请为才对还了一下指意思这加减到成了共发送、，,。.…\s;；!！:：#—-]{0,16}"
_EN_MARK = (
    r"(?:no+,?\s+(?:wait|sorry|actually|make|not|i\s+mean\w*|it'?s|that'?s|the)|no+(?=[\s,.;—–-]+(?:$|(?:#|order|po)\b))|"
    r"no+(?=\s*[,.;—–-])|nope|sorry|my (?:bad|mistake|apolog\w+)|i\s+mea?nt?|meant|wait(?!\s+for)|(?:hang|hold)\s+on"
    r"|actually|correction|make\s+(?:that|it)|(?:scratch|scrap|strike|ignore|forget)\s+that(?:\s+one)?|or\s+rather|rather|oops|whoops|"
    r"typo|wrong\s+(?:one|number|order)|should\s+(?:be|have been|say|read)|apologies|pardon|instead|err|uh|i\s+said)"
)
_EN_AFTER = (
    r"(?:[\s,.:;#…!—–-]|\b(?:it|it'?s|its|is|that'?s|was|i|you|mean|meant|said|the|order|number|no|po|to|for|should|have|been|be|make|"
    r"that|this|one|sorry|actually|wait|please|not|of|say|rather|with|on|a|my|we|want|wanted|need)\b)*"
)
_REPLACED = re.compile(
    rf"(?:(?:那[单个张批]|这[单个张批]|号|的单子?)?{_POINT}*|.{{0,40}}{_POINT}+)(?:{_ZH_MARK}{_POINT}*)+{_ZH_AFTER}"
    rf"|(?:那[单个张批]|这[单个张批])?{_POINT}*算了{_POINT}*(?:还是|改|换|就)?{_ZH_AFTER}(?<![，,。])"
    rf"|(?:.{{0,60}}?\b)?[\s,.;…!—–-]*(?:\b{_EN_MARK}\b[\s,.;…!—–-]*)+{_EN_AFTER}",
    re.ASCII | re.DOTALL,
)
_STOPS_EN = re.compile(r"\bno\s+(?:problem|need|rush|idea|one|issue|worries|longer|tracking|news|update|sign|delivery|answer|reply)\b", re.ASCII)
_ALSO = re.compile(r"也|\b(?:also|and|too|as well|plus|both)\b|还有|另外|以及|同时|顺便", re.ASCII)
_ITEM = r"[\s订单号码编#的：:]*"
_DENIED = re.compile(
    rf"(?:(?:^|[，,。.;；!！\s的而号话址头])(?:不是|并非|而不是|不要|别(?:取消|改|动|退|查|换|管)?){_ITEM}"
    r"|(?:\bnot|\brather than|\binstead of|n't (?:cancel|change|touch|move|mean|return))\s+(?:(?:the|an?|my|our|order|number|no\.?|po|for|just|on)\s+)*#?\s*)$",
    re.ASCII,
)
_ASKED = re.compile(r"[?？吗嘛么]")


def settle(plain: str, mentions: Sequence[Mention]) -> list[tuple[Mention, str]]:
    """The mentions that hold, in order, each with the note "corrected" when it took another's place.

    `plain` is the message simplified and lower-cased. "退12346…不对,是12350" keeps 12350, "12345, not 12346" keeps 12345, two plain mentions are both kept.
    """
    kept: list[tuple[Mention, str]] = []
    for at, mention in enumerate(mentions):
        if len(mentions) > 1 and _denied(plain, mentions, at):
            continue
        if kept and replaces(plain[kept[-1][0].end : mention.start]):
            kept[-1] = (mention, "corrected")
        elif all(mention.value != other.value for other, _ in kept):
            kept.append((mention, "corrected" if at and not kept else ""))
    return kept


def replaces(between: str) -> bool:
    """Whether the words between two mentions say that the second one is meant instead of the first."""
    if not between.strip() or len(between) > 80 or _STOPS_EN.search(between) or _ALSO.search(between):
        return False
    return bool(_REPLACED.fullmatch(between))


def denied(plain: str, start: int) -> bool:
    """Whether the words right before `start` deny what follows: 不是12346, not the P-100."""
    return bool(_DENIED.search(plain[max(0, start - 40) : start]))


def _denied(plain: str, mentions: Sequence[Mention], at: int) -> bool:
    mention = mentions[at]
    match = _DENIED.search(plain[max(0, mention.start - 40) : mention.start])
    if not match and at and plain[mentions[at - 1].end : mention.start].strip(" #") in ("不是", "而非", "而不是"):
        return bool(re.search(r"[是要]\D{0,4}$", plain[: mentions[at - 1].start]))
    if not match or re.match(r"[?？吗]", plain[mention.end : mention.end + 1]):
        return False
    if "不要" in match.group() or "别" in match.group() or "n't" in match.group():
        others = [other for place, other in enumerate(mentions) if place != at and other.value != mention.value]
        between = plain[mention.end : others[0].start] if others and others[0].start > mention.end else plain[others[-1].end : mention.start] if others else ""
        return bool(others) and len(between) <= 24 and not _ALSO.search(between)
    return True
