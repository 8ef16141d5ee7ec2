"""Tells by grammar what a few words after an answer go on to ask: why, whether there is no way around a refusal; closed classes of words, no company's."""

from __future__ import annotations

import re

from assistant.text.script import to_simplified
from assistant.understanding.questions import asks

_WHY = re.compile(
    r"为(?:什么|啥|何|嘛)|凭(?:什么|啥)|(?:怎么|咋)(?:就)?不(?:行|能|可以|让|给)|什么(?:原因|道理|理由)|啥(?:原因|道理)|(?:原因|理由)是"
    r"|\bwhy\b|\bhow come\b|\bwhat for\b|\b(?:for )?what reason\b|\bon what grounds\b|\bsays who\b",
    re.IGNORECASE,
)
_REGARDLESS = re.compile(
    r"(?:付|加|出|给|掏|花|交|补)(?:了|点|些)?[^，。,.?？]{0,4}(?:钱|费)用?[^，。,.?？]{0,3}(?:也|都|还)?(?:不行|不能|不可以|行不行|可以吗|行吗|能行吗)"
    r"|(?:也|都|还是|真的?|就|一定|绝对)不(?:行|能|可以)|难道|通融|破例|例外|没(?:有)?(?:别的|其他|其它|什么)?(?:办法|余地)"
    r"|\beven (?:if|when|for|with|then)\b|\bnot even\b|\bexceptions?\b|\breally (?:not|no way)\b|\bno way (?:around|to)\b|\bstill (?:no|not|can't|can not)\b"
    r"|\b(?:any|some|other) way\b|\bagainst a fee\b|\bno chance\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"呢[?？。！!]*$|^(?:那|那么|还有|以及|要是|如果|万一)"
    r"|^(?:(?:and|but|so|ok|okay|then|or|also|hmm|well)[\s,]+)*(?:what about|how about|what if|and|even|not even|what'?s|is|are|does|do|can)\b"
    r"|^(?:and|but|so|then)\b",
    re.IGNORECASE,
)


def asks_why(text: str) -> bool:
    """Whether a text asks for a reason."""
    return _WHY.search(to_simplified(text)) is not None


def asks_regardless(text: str) -> bool:
    """Whether a text asks if a refusal holds all the same ("even if I pay a fee?", "付了钱也不行？")."""
    return _REGARDLESS.search(to_simplified(text)) is not None


def goes_on(text: str) -> bool:
    """Whether a text is a question by its form, or the rest of one ("and in production?", "超过了呢")."""
    text = to_simplified(text).strip()
    return asks(text) or _GOES_ON.search(text) is not None


_WHETHER = re.compile(
    r"(?:能|可以|可不可以|能不能|可否|给|支持|允许)[^，。,.？?]{0,8}(?:吗|么|不|嘛|吧)?[?？]?$|(?:行|成)[吗么不][?？]?$"
    r"|^\W*(?:(?:and|so|but|ok|okay|then)[\s,]+)*(?:is|are|can|could|may|would|will|do|does)\b|\b\w+able\s*\?",
    re.IGNORECASE,
)


def asks_whether(text: str) -> bool:
    """Whether a question asks if something is possible or allowed ("is it returnable", "买错了能退吗")."""
    text = to_simplified(text).strip()
    return asks(text) and _WHETHER.search(text) is not None
