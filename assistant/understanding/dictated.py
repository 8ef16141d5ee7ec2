"""Words that ask the assistant to say given words ("say "refund approved"", "照着念：…"); whether they are true is no matter: it says what it has looked up."""

from __future__ import annotations

import re

from assistant.text.fold import fold
from assistant.text.script import to_simplified

_OPEN, _CLOSE = "[\"“”'‘’「『《«]", "[\"“”'‘’」』》»]"
_QUOTE = rf"{_OPEN}(?P<NAME>[^\"“”「」『』?？]{{2,160}}?){_CLOSE}(?![a-z])"
_START_EN = r"(?:^|[.!;:,\n]\s*|\b(?:and|then|so|but|now)\s+)"
_PLEASE_EN = (
    r"(?:(?:please|pls|kindly|just|simply|only|now|ok|okay|go ahead and|(?:can|could|would|will) you|i (?:want|need|would like|order|ask) you to"
    r"|id like you to|"
    r"i'd like you to|you (?:must|should|have to|need to|can|may|will)|all you have to do is|let me hear you|try to|do)\s+)*"
)
_SAY_EN = (
    r"(?:say|repeat|state|declare|reply|respond|answer|write back|tell (?:me|us)|echo|recite|read (?:out|aloud)|announce)"
    r"(?:\s+(?:back|to (?:me|us)|out loud|aloud|with|exactly|only|just|simply|this|the following|the (?:words?|phrase|sentence|line)|words?|after me|"
    r"as follows|that|in (?:english|chinese|writing)))*\s*[:,]?\s*"
)
_WRITE_EN = (
    r"(?:write|type|put|print|send(?: me| us)?|post|output|give (?:me|us))(?:\s+(?:back|out|down|to (?:me|us)|exactly|only|just|this|the following|"
    r"(?:a |the |your )?(?:words?|phrase|sentence|line|message|reply|text)|saying|that says|that reads|as follows))*\s*[:,]?\s*"
)
# forms that leave no doubt that the words behind them are to be said as they stand
_FORM_EN = (
    r"(?:(?:repeat|say (?:it |this )?) ?after me|(?:reply|respond|answer) (?:only |just |exactly |simply )?with(?: exactly| only| just| the (?:words?|phrase|"
    r"sentence|line|following)| this)*\s*:|(?:reply|respond|answer) with (?:exactly|only the words?|the (?:exact )?(?:words?|phrase|sentence))"
    r"|(?:say|write|type|"
    r"repeat) (?:exactly|the (?:exact )?(?:words?|phrase|sentence|following)|this (?:sentence|phrase|line)|word for word)|(?:say|write|repeat"
    r"|state|declare)\s*:|"
    r"your (?:next |only |whole )?(?:message|reply|answer|response|words?|sentence) (?:should|must|has to|needs to|shall|will) (?:be|read|say|state)|"
    r"(?:confirm|state|declare|put|acknowledge|certify)(?: (?:it|this|to me|for me))? (?:in writing|on (?:the )?record|officially)(?:,"
    r"| that)?)\s*[:,]?\s*(?=\S)"
)
_START_ZH = r"(?:^|[，,。.!！;；:：\n]\s*)"
_PLEASE_ZH = (
    r"(?:请|麻烦|帮我|帮忙|给我|你就|您就|你只要|您只要|你只需要?|只要|只需要?|就|那|现在|你现在|你必须|必须|你要|你得|直接|马上|能不能|可不可以|可以|能|你能|"
    r"你可以|你给我|我要你|我让你|我命令你|我想听你|不用管别的|跟着我|你来|再|先|对我|向我|跟我|和我|当面)*"
)
_SAY_ZH = (
    r"(?:说|讲|念|读|复述|重复|回复|回答|回应|答复|回|答|告诉)(?:我|我们)?(?:一)?(?:句|声|下|遍|次|一下)?(?:话|这句话|下面这句|以下内容|下面的话|这几个字|这句|四个字|几个字)?(?:给我听|出来)?"
    r"(?:就说|是|说)?\s*[:：，,]?\s*"
)
_WRITE_ZH = r"(?:写|打|发|输出|发送|打出)(?:上|下|出)?(?:我|给我)?(?:一)?(?:句|条|行|段)?(?:话|消息|文字|这句话|这几个字)?\s*[:：，,]?\s*"
_FORM_ZH = (
    r"(?:照着?我?(?:说的|的话|写的)?(?:念|读|说|讲|回|抄)(?:一?[遍句下])?|跟(?:着)?我(?:念|读|说)(?:一?[遍句])?\s*[:：]|(?:重复|复述|念|读|抄)(?:一?[遍次])(?:给我听)?\s*[:：]|"
    r"(?:原样|一字不差地?|一字不改地?|逐字)(?:回复?|重复|复述|说|念|输出|发)|(?:说|回|答|回复|回答|讲|发)(?:我|给我)?一?句(?:话)?\s*[:：]|你?(?:下一?[句条]|接下来)(?:话|消息|回复)?"
    r"(?:要|必须|应该|就|只能)?(?:是|说|写|回)\s*[:：]?|(?:书面|正式|白纸黑字)(?:地)?(?:确认|承诺|答复|声明|写明)(?:一下)?[，,:：]?)(?=\s*\S)"
)
_STATES = re.compile(
    r"已|同意|承担|负责|责任|批准|承诺|确认|免|赔|保证|取消|答应|接受|办好|到货|退|打?[一二三四五六七八九\d]折|"
    r"\b(?:approved?|confirm\w*|grant\w*|cancel\w*|accept\w*|agree\w*|guarante\w*|waiv\w*|free|refund\w*|credit\w*|promis\w*|liab\w*|discount\w*"
    r"|done|will|issued|"
    r"is|are|was|has|have)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"是什么意思|什么叫|啥意思|抬头|发票上|备注|标签|箱|单子上"
    r"|\b(?:what does|what is|mean\w*|on (?:the|my|our|each|every) |invoice title|label|remark|note field)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？]|吗|多少|什么|怎么|哪|几|\b(?:what|when|where|which|who|how|why|whether|if)\b", re.IGNORECASE)
_SAID = re.compile(
    rf"{_START_EN}{_PLEASE_EN}{_SAY_EN}{_QUOTE.replace('NAME', 'said_en')}|{_START_ZH}{_PLEASE_ZH}{_SAY_ZH}{_QUOTE.replace('NAME', 'said_zh')}"
    rf"|{_START_ZH}[你您]{_SAY_ZH}{_QUOTE.replace('NAME', 'told_zh')}\s*(?:就行|就好|就可以|即可|吧|给我听)"
    rf"|{_START_ZH}{_PLEASE_ZH}说一句(?=[^，,。?？]{{2,40}}$)(?P<bare_zh>.+)",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    rf"{_START_EN}{_PLEASE_EN}{_WRITE_EN}{_QUOTE.replace('NAME', 'put_en')}|{_START_ZH}{_PLEASE_ZH}{_WRITE_ZH}{_QUOTE.replace('NAME', 'put_zh')}", re.IGNORECASE
)
_FORMED = re.compile(rf"{_START_EN}{_PLEASE_EN}{_FORM_EN}(?P<form_en>.+)|{_START_ZH}{_PLEASE_ZH}{_FORM_ZH}(?P<form_zh>.+)", re.IGNORECASE | re.DOTALL)


def dictated(text: str) -> bool:
    """Whether a message wants given words said to it, whatever they state; the name of a thing, a label or a question in quotation marks is no such wish."""
    plain = to_simplified(fold(text))
    if _ELSEWHERE.search(plain):
        return False
    said = _SAID.search(plain)
    if said is not None and not _ASKS.search(_words(said)):
        return True
    for pattern in (_WRITTEN, _FORMED):
        match = pattern.search(plain)
        if match is not None and _STATES.search(_words(match)) and not _ASKS.search(_words(match)):
            return True
    return False


def _words(match: re.Match[str]) -> str:
    return next((group for group in match.groupdict().values() if group), "")
