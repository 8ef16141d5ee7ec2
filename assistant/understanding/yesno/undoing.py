"""Undoing words that name the very act which is open ("cancel the cancellation", "把取消撤了", "change it back"): a no, though the act's own verb is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.understanding.slots.lexicon import plain
from assistant.understanding.yesno import words as table
from assistant.understanding.yesno.acts import acts_of

_CLAUSE = re.compile(r"[，,。.!！;；\n:：…]+")
# what may stand before and behind such words, and changes nothing about them
_BEFORE_EN = (
    r"(?:(?:please|pls|kindly|just|no|oh|ah|wait|stop|hold on|actually|sorry|hmm+|ok|okay|right|well|so|then|and|but|now|instead|can you|could you|would you|"
    r"will you|can we|could we|lets|let us|i want to|i would like to|id like to|i wish to|i need to|we want to|we would like to|we need to|i want you to|go "
    r"ahead and|i think|on second thought(?:s)?|you can|you may|you should|i said|i mean) )*"
)
_AFTER_EN = (
    r"(?: (?:please|pls|now|then|again|instead|after all|at once|right away|immediately|for (?:now|me|us)|if (?:you|i|we) (?:can|may)|will you"
    r"|would you|thanks|"
    r"thank you|(?:of|for|on|to|in) (?:it|that|(?:the |my |our |that |this )?(?:order|one)(?: (?:no|number))?(?: §| \d+)?|#? ?§|#? ?\d{3,})))*"
)
_UNDO_EN = (
    r"(?:cancel|undo|reverse|revoke|rescind|retract|recall|withdraw|void|annul|nullify|scrap|drop|stop|halt|abort|ditch|kill|bin|forget|revert|undo|scratch|"
    r"terminate|discard|dismiss|remove|delete|call off|take back|roll back|pull back|back out of|get rid of|do away with|not go ahead with|not do"
    r"|disregard|ignore)"
)
_DONE_EN = (
    r"(?:cancell?ed|undone|reversed|revoked|rescinded|retracted|recalled|withdrawn|voided|annulled|scrapped|dropped|stopped|halted|aborted"
    r"|called off|taken back|"
    r"rolled back|removed|deleted|off|void|gone)"
)
_POINT_EN = r"(?:(?:the|that|this|my|our|any|whole|entire|last|latest|open|pending|current|said|order) )*"
_THING_EN = r"(?:request|wish|action|operation|process|procedure|step|attempt|instruction|command|thing|plan|idea|application)"
_BACK_EN = (
    r"(?:(?:change|put|set|move|switch|turn|take|bring|shift) (?:it|that|this|them|everything|things|the (?:order|date|quantity|address"
    r"|change))(?: all)? back|"
    r"(?:revert|restore|roll ?back)(?: (?:it|that|this|them|everything|the (?:order|change|original)))?|roll (?:it|that|this|everything) back|"
    r"(?:take|pull) (?:it|that|this) back|back to (?:how|what|where|the way|as) it (?:was|were))"
    r"(?: (?:to )?(?:how|what|where|the way|as) it (?:was|were)(?: before)?| like before| as before| to (?:the |its |our |my )?(?:original|old"
    r"|normal|previous|"
    r"former|initial|earlier|present|current|first)(?: (?:date|day|delivery date|quantity|number|count|address|place|one|state|value|terms))?)?"
)
_ORDER_ZH = r"(?:(?:我|我们)?(?:对|给|把)?(?:订单|单子?)?[#＃]?(?:§|\d{3,})(?:号|这单|那单|这笔|那笔)?(?:订单)?的?)?"
_BEFORE_ZH = (
    r"(?:请|麻烦|帮我|给我|帮忙|你|您|我要|我想|我|那|就|先|还是|等等|等一下|等下|不|不不|哦|啊|算了|马上|立即|赶紧|快|再|又|现在|可以|能|"
    r"能不能|可不可以|直接)*"
)
_POINT_ZH = r"(?:(?:刚才|刚刚|刚|之前|上面|前面|这|那|该|此|本|这一|那一|这次|那次|本次|此次|上一)?(?:个|次|条|笔|份|步|项)?的?|我的)*"
_THING_ZH = r"(?:申请|操作|请求|动作|指令|流程|步骤|手续|办理|提交|的?事情?|的?要求|的?决定|的?想法)"
_UNDO_ZH = (
    r"(?:撤销|撤消|撤回|撤掉|撤了|撤|收回|作废|取消掉?|停掉|停了|停止|停下|终止|中止|中断|放弃|废掉|废除|废了|回退|回滚|拿掉|去掉|删掉|删除|驳回|否掉|免了)"
)
_OFF_ZH = r"(?:撤销|撤消|撤回|撤掉|撤了|撤|收回|作废|取消|停掉|停了|停止|停下|终止|中止|废掉|废了|拿掉|去掉|删掉|删了|算了|不算数?|不作数|不要了|免了|不用了)"
_AFTER_ZH = r"(?:吧|了|啊|呀|哈|啦|掉|一下|就行|就好|谢谢|好吗|行吗|可以吗|吗|么|嘛)*"
_BACK_ZH = (
    r"(?:把|将)?(?:它|这个|那个|订单|数量|日期|地址)?(?:给我|都|再|全部)?(?:[改换变调]回(?:去|来|(?:原来|原先|原|之前|以前)(?:的|样|状)?(?:日期|时间|交期|数量|地址|日子|件数)?)|还原|复原|恢复(?:原样|原状|原来的?|原先的?|到?之前)?|"
    r"退回(?:原来|之前)的?|回到(?:原来|之前)的?)(?:样子|状态)?"
)


def withdraws(text: str, act: str) -> bool:
    """Whether a message takes back what is open, which does `act` (the procedure's title); "can you …?" asks for it politely."""
    acts = acts_of(act)
    return undoes(plain(text), acts.verbs_zh, acts.verbs_en)


def undoes(simple: str, chinese: Iterable[str], english: Iterable[str]) -> bool:
    """Whether a clause of folded text takes back an act that has the verbs `chinese` and `english`; other words in the clause, and it does not."""
    # an order is what an act is done to, and not the act
    whole = _pattern(frozenset(chinese), frozenset(english) - {"order"})
    return any(whole.fullmatch(re.sub(r"\s+", " ", re.sub("['’´`\"“”]", "", clause)).strip(" ~～?？")) for clause in _CLAUSE.split(simple))


@lru_cache(maxsize=64)
def _pattern(chinese: frozenset[str], english: frozenset[str]) -> re.Pattern[str]:
    act_zh = "|".join(sorted(sorted(map(re.escape, chinese)), key=len, reverse=True)) or "(?!)"
    act_en = "|".join(sorted(sorted({form for verb in english for form in _nouns(verb)}), key=len, reverse=True)) or "(?!)"
    verbs = "|".join(sorted(sorted(map(re.escape, english)), key=len, reverse=True)) or "(?!)"
    named_en = rf"{_POINT_EN}(?:(?:{act_en})(?: {_THING_EN})?|(?:{act_en}) of (?:it|that|(?:the|my|our|that|this) order)|{_THING_EN})"
    named_zh = rf"{_ORDER_ZH}{_POINT_ZH}(?:(?:{act_zh})(?:订单|单子?)?{_THING_ZH}?|{_THING_ZH})"
    # a verb said twice is as likely a yes said twice
    twice = "|".join(rf"{word}{word}" for word in map(re.escape, sorted(chinese))) or "(?!)"
    return re.compile(
        rf"{_BEFORE_EN}{_UNDO_EN} {named_en}{_AFTER_EN}|{_BEFORE_EN}(?:take|pull|roll|call|bring) {named_en} (?:back|off){_AFTER_EN}"
        rf"|{_BEFORE_EN}(?:(?:i|we) (?:want|would like|need)|get|have|consider) {named_en} (?:to be )?{_DONE_EN}{_AFTER_EN}"
        rf"|{_BEFORE_EN}{named_en} (?:is|should be|must be|has to be|needs to be) {_DONE_EN}{_AFTER_EN}"
        rf"|{_BEFORE_EN}(?:{'return (?:the|that|this|my) return|' if 'return' in english else ''}un[- ]?(?:{verbs})(?: (?:it|that|this|them|the order"
        rf"|my order))?)"
        rf"{_AFTER_EN}|{_BEFORE_EN}{_BACK_EN}{_AFTER_EN}"
        rf"|(?!(?:{twice})(?:吧|了|啊|呀)*$){_BEFORE_ZH}(?:{_UNDO_ZH}了?{named_zh}|(?:把|将)?{named_zh}(?:给|都|先|也|全)*{_OFF_ZH}){_AFTER_ZH}"
        rf"|{_BEFORE_ZH}{_BACK_ZH}{_AFTER_ZH}",
        re.IGNORECASE,
    )


def _nouns(verb: str) -> set[str]:
    """What an act is called by its verb: "cancel" gives cancel, cancelling and cancellation; "reschedule" gives rescheduling."""
    stem = verb[:-1] if verb.endswith("e") else verb
    doubled = stem + stem[-1] if re.search(r"[^aeiou][aeiou][lpmt]$", stem) else stem
    nouns = {verb, f"{stem}ing", f"{doubled}ing", f"{stem}ation", f"{doubled}ation", f"{stem}ment", f"{verb}s"}
    return {re.escape(noun) for noun in nouns} if verb not in table.NEUTRAL_ACT.en else {re.escape(verb)}
