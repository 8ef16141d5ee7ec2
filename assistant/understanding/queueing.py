"""Tells by grammar when somebody who waits for a person asks how long, or where they stand; closed classes of words only."""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_PEOPLE_ZH = r"(?:客服|同事|人工|专员|坐席|你们的?人|他们?|她|工程师|师傅|销售|有人|人)"
_ANSWER_ZH = r"(?:回复?|答复|联系|找|接(?!收)|处理|理我|轮到|到我|来(?!货)|上线|上班|在|有空|跟进)"
_WAITS = re.compile(
    rf"(?:要|得|需要|会|还)?(?:再)?等(?:多久|多长|到什么时候|到几点|几分钟|多少分钟|几个小时)|(?:什么时候|几点|多久|多长时间|啥时候|何时"
    rf"|几时)[^，。？?]{{0,6}}{_PEOPLE_ZH}?[^，。？?]{{0,4}}{_ANSWER_ZH}(?!货)"
    rf"|{_PEOPLE_ZH}[^，。？?]{{0,4}}(?:什么时候|多久|多长时间|几点|啥时候|何时|几时)|前面[^，。]{{0,6}}(?:几|多少)[个位人]|排(?:在|到)?(?:第几|多少"
    rf"|几号|哪)|第几位|(?:还在|在)排队|排队(?:吗|呢|中|多久)"
    rf"|{_PEOPLE_ZH}(?:呢|在吗|来了吗|还没来|怎么还不)|怎么还没(?:人|有人|回)"
    r"|\bhow (?:much )?long(?:er)?\b[^.?!]{0,40}\b(?:wait(?:ing)?|take|till|until|before|answer|reply|be|queue)\b|\bhow (?:much )?long(?:er)?\W*$"
    r"|\b(?:when|how soon)\b[^.?!]{0,30}\b(?:answer|reply|respond|get back|gets back|contact|hear|be (?:back|here|available|with me)|take over"
    r"|someone|somebody|anyone"
    r"|colleagues?|they|agent|person|human)\b"
    r"|\b(?:place|position|number|spot|turn)\b[^.?!]{0,12}\b(?:queue|line)\b|\b(?:in|am i in) (?:the|a|your) (?:queue|line)\b|\bwhere am i in\b"
    r"|\bhow many\b[^.?!]{0,20}\b(?:ahead|before|in front)\b|\b(?:is )?(?:anyone|anybody|someone|somebody) (?:there|coming|available|here)\b"
    r"|\bstill waiting (?:for|on) (?:some|any|a |an |the |your|you)",
    re.IGNORECASE,
)


def asks_how_long(text: str) -> bool:
    """Whether words ask when a person will answer, how long that takes or which place in the queue one has."""
    return _WAITS.search(to_simplified(text)) is not None
