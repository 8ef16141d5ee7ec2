"""Reads words as a strict reader would: do they claim something done, promise something, say yes, and in which language; no facts, no figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.text.script import to_simplified, to_traditional

_NOT_ZH = r"(?<!没有)(?<!没)(?<!未)(?<!不)(?<!尚未)(?<!还没)"
_DOING_ZH = "更新|修改|更改|改为|改到|改成|改好|变更|取消|登记|提交|办理|办好|完成|退款|退回|退货|换货|受理|预约|撤销|恢复|下单|批准|通过|赔付|安排|发出"
DONE_ZH = re.compile(
    rf"{_NOT_ZH}(?:已|刚刚|成功)(?:经|成功)?(?:为您|帮您|给您|替您)?(?:{_DOING_ZH})"
    rf"|(?:{_DOING_ZH}|改|办|退|换|弄|搞|处理)(?:好|成功|完毕|妥)了|(?:{_DOING_ZH})成功|操作成功"
)
_DOING_EN = (
    r"(?:updated|changed|moved|cancell?ed|registered|submitted|booked|refunded|completed|processed|reissued|rescheduled|arranged|approved|done|undone|reversed|"
    r"restored|opened|filed|amended|credited|logged|corrected)"
)
DONE_EN = re.compile(
    rf"\b(?:has been|have been|is now|are now|was|were|is|are|got)\s+(?:successfully\s+|now\s+|already\s+)?{_DOING_EN}\b"
    rf"|\b(?:i|we)(?:'ve|\s+have)\s+(?:now\s+|just\s+|already\s+|successfully\s+)?{_DOING_EN}\b"
    rf"|(?:^|[.!?]\s+)(?:updated|done|cancell?ed|completed|registered|all set|all done)\b(?=\s*[:.!,-])"
    r"|\bnow goes to\b|\bnow has \d",
    re.IGNORECASE,
)
_NEGATED_EN = re.compile(
    r"\b(?:nothing|not|no|never|isn't|wasn't|hasn't|haven't|aren't)\b(?:\W+\w+){0,3}\W*$"
    r"|\b(?:once(?! again)|after|when|if|until|before|orders? that|orders? which)\b",
    re.IGNORECASE,
)
PROMISE_ZH = re.compile(
    r"马上|立刻为您|尽快|稍后(?:再|会|给|为|联系|回复)|(?:会|将)(?:尽快|马上|立即)?(?:给|为|帮|替|和|与|向)?您?(?:回电|打电话|致电|去电|联系|发邮件|发送邮件|通知|回复|跟进|核实|查一下|退款|赔)"
)
PROMISE_EN = re.compile(
    r"\b(?:i|we|someone|somebody|a colleague|our team|they|the team)(?:'ll|\s+will|\s+(?:is|are)\s+going\s+to)\s+(?:\w+\s+){0,2}?"
    r"(?:call|phone|ring|e-?mail|contact|get back|reach out|follow up|notify|let you know|check|look into|refund|update you|inform)\b"
    r"|\bshortly\b|\bright away\b|\bas soon as possible\b",
    re.IGNORECASE,
)
TRANSFER = re.compile(
    r"已(?:经)?(?:为您|帮您)?(?:转给|转接|转交|按最高优先级转)|\b(?:i have|i've|this has|you have been|i am|i'm)\s+(?:passed|transferr\w+|gone to|connect\w+)",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^\W*(?:好|行|可以|对|是|嗯|恩|确认|确定|没问题|没错|同意|就这样|成|中|要得|办吧|改吧|取消吧|提交"
    r"|yes|yep|yeah|yup|sure|ok|okay|confirm|correct|right|go ahead|please do|do it|"
    r"that's right|sounds good|absolutely|of course|fine|agreed|proceed|submit|y\b|👍)",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"但|不过|改成|改到|换成|别|不要|不行|不对|不是|先不|等等|等一下|算了|如果|要是|吗|[?？]"
    r"|\b(?:but|if|not|don't|wait|instead|except|actually|change (?:it |that )?to|however|cancel that|no(?! problem))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。！？!?\n]+?(?:[。！？]|[!?]+|\.(?=\s|$)|\n|$)")
_CODE = re.compile(r"[#\w./*@+-]*\d[\w./*@+-]*|https?://\S+|\S+@\S+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]{3,}")
_FEW = 2  # a word or two of another language in a sentence is a name or a term


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a reply; an abbreviation or a decimal point ends none."""
    return tuple(found.strip() for found in _SENTENCE.findall(text) if found.strip(" \n.。"))


def done_claims(text: str) -> tuple[str, ...]:
    """The sentences that say something has been done, negations and conditions set aside."""
    found = []
    for sentence in sentences(text):
        english = next((m for m in DONE_EN.finditer(sentence) if not _NEGATED_EN.search(sentence[: m.start()])), None)
        if english or DONE_ZH.search(to_simplified(sentence)):
            found.append(sentence)
    return tuple(found)


def promises(text: str) -> tuple[str, ...]:
    """The sentences that promise a call, a mail, a check or haste."""
    return tuple(sentence for sentence in sentences(text) if PROMISE_ZH.search(to_simplified(sentence)) or PROMISE_EN.search(sentence))


def transfers(text: str) -> tuple[str, ...]:
    """The sentences that say the customer has been passed to a person."""
    return tuple(sentence for sentence in sentences(text) if TRANSFER.search(to_simplified(sentence)))


def is_yes(text: str) -> bool:
    """Whether a message is one plain yes: an assent, with nothing that turns it into something else."""
    plain = to_simplified(text).strip()
    return bool(_YES.search(plain)) and not _BUT.search(plain)


def language_fault(text: str, language: str, *, names: Iterable[str] = ()) -> str:
    """What is wrong with the language or script of a reply, "" when it is `language` (zh, zh-Hant or en). `names` may stand in any language."""
    spoken = text
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        spoken = spoken.replace(name, " ")
    spoken = _CODE.sub(" ", spoken)
    han = "".join(_HAN.findall(spoken))
    latin = [word for word in _LATIN.findall(spoken) if not word.isupper()]
    if language == "en":
        return f"Chinese characters {han!r}" if han else ("no English words" if _LATIN.search(text) is None else "")
    if not _HAN.search(text):
        return "no Chinese characters"
    if len(latin) > _FEW and len(latin) * 2 > len(han):
        return f"English words {' '.join(latin)!r}"
    wrong = [char for char in han if (_traditional_only(char) if language == "zh" else _simplified_only(char))]
    return f"characters of the other script {''.join(wrong)!r}" if wrong else ""


def _traditional_only(char: str) -> bool:
    return to_simplified(char) != char and not _in(char, "gb2312")


def _simplified_only(char: str) -> bool:
    return to_traditional(char) != char and not _in(char, "big5")


def _in(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
