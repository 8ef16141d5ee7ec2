"""Which words of a message describe something, as free words are asked for: not the wish itself, nor politeness, nor a question back; it stores nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.text.script import to_simplified
from assistant.types import Slot
from assistant.understanding.questions import inverted

_CLAUSE = re.compile(r"[,，。.;；!！\n]+(?!\d)|[:：](?!\d)|(?<=[?？])|\s[-–—]\s|\b(?:because|since)\b|因为|由于")
_WISH_ZH = re.compile(
    r"请问|你好|您好|谢谢|多谢|感谢|麻烦|拜托|辛苦|帮忙|帮|请|尽快|赶紧|赶快|快点|马上|急|申请|登记|办理|提交|预约|安排|处理|报修|维修|修理|检修|返修"
    r"|修|一下|想要|需要|想|要|得|我们?|咱们?|给"
    r"|老板|领导|同事|客户|现场|经理|说|不是|不行|不好|不对|不能用|没法用|有问题|问题|毛病|故障|异常|坏|东西|货|设备|产品|机器|怎么|什么|反正|就|是|都|也|还|又|再|很|太|真|它|嗯|哦"
    r"|哎|唉|吗|么|今天|现在|刚才?|有|在"
    r"|那|这|订单|单子?|号|上次|之前|买|订|的|了|个|台|套|件|只|里|和|把|去|来|吧|呢|啊|可以|能|行|好"
)
_WISH_EN = re.compile(
    r"\b(?:hi|hello|hey|please|pls|thanks?|thank you|thx|asap|urgent(?:ly)?|quick(?:ly)?|soon|i|we|my|our|me|us|you|it|its|the|a|an|this|that|these"
    r"|those|to|for|of|on"
    r"|in|from|with|and|is|are|was|be|has|have|had|would|like|want|wants|wanted|need|needs|needed|can|could|will|do|get|got|book|open|make|register"
    r"|request|arrange"
    r"|schedule|submit|raise|log|report|repairs?|repaired|service|serviced|fix|fixed|fixing|mend|order|ordered|bought|no|number|ticket|help|there"
    r"|some|problem"
    r"|issue|boss|manager|colleague|customer|client|team|site|asked|asks|says|said|issue|fault|faulty|defective|broken|broke|down|wrong|right|thing|one|just|isn't|not|doesn't|does|don't|work|works|working|again|still|now"
    r"|today|same|so|very"
    r"|really|what|yes|no|ok|okay|claim|about|regarding|re)\b",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"(?:刚才?|刚刚|前面|上面|之前|已经|不是)[^，。]{0,4}(?:说|讲|写|告诉|提)(?:过|了|的|到)|说过了|讲过了|都说了|(?:看|见)(?:上面|前面|上文|上一条)"
    r"|\b(?:already|just) (?:told|said|wrote|mentioned|explained|described)\b|\b(?:as|like|what) i (?:said|wrote|told|mentioned)\b"
    r"|\bsee (?:above|my (?:last|first|previous))\b|\btold you\b",
    re.IGNORECASE,
)
_ASKS_BACK = re.compile(
    r"^\W*(?:什么意思|什么现象|啥意思|怎么(?:描述|写|说)|要?写什么|说什么|举个例子?|比如呢?|例如呢?|为什么(?:要|问)|不明白|没(?:听|看)懂)"
    r"|^\W*(?:what do you mean|what should i (?:write|say)|like what|such as|for example|why do you (?:ask|need)|what (?:kind of )?(?:fault|description))\b",
    re.IGNORECASE,
)


def free_words(words: str, described: str | None, *, asked: bool, alone: bool = True) -> str:
    """What is taken as free words: the answer itself where they were `asked` for, or what the wish `described` where the answer only points back to it.

    Of a wish its description; where more than these words is asked for (not `alone`), only when the wish tells enough, and all of it when nothing sets apart.
    "" when nothing is: a question, words that only name the wish.
    """
    words = words.strip()
    if not asked:
        if alone and described is not None:
            return described
        return (described or words) if telling(words) else ""
    if asks_back(words) or inverted(words):
        return ""
    return described or "" if said_before(words) else words


def describes(text: str, *, known: Sequence[Slot], titles: Iterable[str]) -> str:
    """The clauses of a request that say more than that it is made; "" when none does. `known` are mentions that have slots of their own."""
    kept = [clause.strip(" ,，。.;；!！") for clause in _CLAUSE.split(text) if clause and clause.strip()]
    kept = [clause for clause in kept if not clause.endswith(("?", "？", "吗", "呢")) and _says(clause, known, titles)]
    return ("，" if any("\u4e00" <= char <= "\u9fff" for char in text) else ", ").join(kept)


def _says(clause: str, known: Sequence[Slot], titles: Iterable[str]) -> bool:
    rest = to_simplified(clause).lower()
    for said in (*(slot.text for slot in known if slot.text), *titles):
        rest = rest.replace(said.lower(), " ")
    rest = _WISH_EN.sub(" ", _WISH_ZH.sub(" ", rest))
    return len(re.findall(r"[\u4e00-\u9fff]", rest)) >= 2 or re.search(r"[a-z]{3,}", rest) is not None


def said_before(text: str) -> bool:
    """Whether words only point back to what was said ("I already told you", 刚才说过了)."""
    return _SAID_BEFORE.search(to_simplified(text)) is not None


def asks_back(text: str) -> bool:
    """Whether words ask what the question means rather than answer it."""
    return _ASKS_BACK.search(to_simplified(text)) is not None


def telling(words: str) -> bool:
    """Whether a request's own words describe something, rather than only name the wish: eight Chinese characters or six words of it."""
    han = sum("\u4e00" <= char <= "\u9fff" for char in words)
    return han >= 8 or len([word for word in words.split() if word.isascii() and word.strip(",.;!?#").isalpha()]) >= 6
