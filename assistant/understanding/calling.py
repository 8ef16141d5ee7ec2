"""Tells by grammar whether a message about a call asks for one: not where it is forbidden, nor where it tells or asks of calls that were or were not made."""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_CALL_ZH = r"(?:回电|来电|去电|致电|通话|打(?:电话|过来|给|来|到|\s*\d)|拨打?|电话联系|联系|回(?:个|一个)?电话|电话)"
_REFUSED = re.compile(
    rf"(?:不要|别|甭|勿|不用|不必|不需要|无需|没必要|禁止|谢绝|拒绝|不想|不许|停止|千万不)(?:你们?|再|再给我|给我|给|往|对|向|用|你们?的?人|让人|叫人|派人|[\d\s-])*{_CALL_ZH}"
    r"|(?<!\byou )(?<!\bwe )(?<!\bi )(?<!\bthey )(?<!\bwas )(?<!\bwere )"
    r"\b(?:do not|don'?t|never|no need to|needn'?t|must not|mustn'?t|should not|shouldn'?t|please not|stop|quit|no|rather not|not to|without)"
    r"(?: you| please| ever| anybody| anyone| have| want| to| be| being| get| any| more| somebody| someone)*"
    r" (?:call|calls|called|calling|phone|phoned|phoning|ring|ringing|phone calls?|callbacks?|call-backs?)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"(?:昨天|前天|上午|下午|上周|刚才|刚刚|之前|一直|到现在|至今|已经|明明|说好)[^，。？!！]{{0,14}}{_CALL_ZH}"
    rf"|(?:没|没有|未)(?:人|有人|给|跟|对|向|接到|收到|见|[\d\s])*(?:我|我们)?(?:[\d\s-])*{_CALL_ZH}"
    rf"|(?:为什么|为啥|怎么|谁|干嘛|凭什么)[^，。？!！]{{0,12}}{_CALL_ZH}|{_CALL_ZH}[^，。]{{0,12}}(?:了吗|了没有?|是不是你们|是你们吗|是谁)"
    r"|\b(?:i|we)(?: was| were|'ve been| have been| got| had| received)(?: just| already)? (?:a |your )?(?:call|called|calls|phoned|rung)\b"
    r"|\b(?:why|who)\b[^.!?]{0,30}\b(?:call|called|calling|phone|phoned|ring|rang)\b|\b(?:nobody|no one|noone|you (?:never|didn'?t|did not|haven'?t|have not)"
    r"|(?:has|have|did|had|was) (?:anyone|anybody|someone|you|it))\b[^.!?]{0,24}\b(?:call|called|calling|phone|phoned|ring|rang|rung)\b"
    r"|\b(?:called|phoned|rang|missed (?:a )?calls?)\b[^.!?]{0,24}\b(?:yesterday|earlier|before|last|already|twice|times)\b",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"(?:请|麻烦|让|叫|安排|尽快|赶紧|马上|现在|给我|帮我)[^，。？!！]{0,24}(?:回电|打|联系|致电)|回(?:个|一个)电话"
    r"|\b(?:please|pls|can you|could you|so|now|again|just) [^.!?]{0,12}(?:call|phone|ring)\b|^\W*(?:call|phone|ring) me\b",
    re.IGNORECASE,
)


def refuses_call(text: str) -> bool:
    """Whether a text says that nobody is to call."""
    return _REFUSED.search(to_simplified(text)) is not None


def tells_of_call(text: str) -> bool:
    """Whether a text tells or asks of a call that was made or was not, and asks for none."""
    said = to_simplified(text)
    return _TOLD.search(said) is not None and _ASKED_FOR.search(said) is None
