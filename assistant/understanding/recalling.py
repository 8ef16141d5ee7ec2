"""Tells by grammar which value of a preview a question asks for again ("which date was that?"), when it asks for nothing else; closed classes of words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.text.script import to_simplified
from assistant.understanding.questions import asks, asks_what

_UNITS = "个件台套只根条支把箱批"
_KINDS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "amount": r"总(?:共|计|价|额)|一共|合计|金额|这单(?:多少)?钱|\b(?:order )?(?:total|amount|value|sum)s?\b|\baltogether\b|\bin all\b"
        r"|\border (?:cost|price)\b",
        "cost": r"(?:手续|取消|违约|运|服务)?费用?|违约金|多少钱|要钱|收钱|加钱|花钱|价钱|价格|免费|差价|扣|百分之几|几个点|折扣|打折|优惠"
        r"|\b(?:discount(?:s|ed)?|rebate|percentage|percent)\b"
        r"|\bhow much\b|\b(?:fees?|charges?|charged"
        r"|costs?|pay|price|free|penalty|difference)\b",
        "address": r"地址|(?:送|寄|发)[到往去给]?(?:哪|什么地方)|哪里|哪儿|什么地方|\baddress(?:es)?\b|\bwhere\b|\b(?:what|which) (?:place|city|dock"
        r"|plant)\b",
        "quantity": rf"(?:多少|几)[{_UNITS}]|数量|\bhow many\b|\bquantit(?:y|ies)\b|\bnumber of\b|\bpieces\b",
        "date": r"几号|几月|多少号|哪一?天|星期几|周几|礼拜几|日期|交期|什么时候|何时|哪日|\bwhen\b|\b(?:what|which) (?:day|date|weekday|month|mon|tues"
        r"|wednes|thurs|fri|satur"
        r"|sun)(?:day)?s?\b|\b(?:dates?|weekday|day)\b",
        "order": r"哪一?[个张单笔](?:订单|单子?)?|什么订单|订单号|单号|几号单|\b(?:which|what) (?:order|one)\b|\border (?:number|no)\b|\border\b",
        "goods": r"什么(?:货|东西|产品|型号)|哪[个款种]产品|\b(?:what|which) (?:items?|products?|goods|model|parts?)\b",
    }.items()
}
_AGAIN = re.compile(
    r"来着|刚才|刚刚|再说一[遍次下]|(?:之前|原来|原先|本来)(?:是|呢)|\b(?:again|before|previously|originally|exactly|remind me|you said|did you say"
    r"|come again|say that)\b",
    re.IGNORECASE,
)
# whether what is shown is right is asked, or what a yes would be given to
_CHECKS = re.compile(
    r"(?:对|没错|正确|准确|属实|没问题|是这样|无误)(?:吧|吗|么|不对?)|\b(?:right|correct|accurate|true)\b\W*$|\b(?:right|correct) (?:price|amount"
    r"|total|date|address|one)\b",
    re.IGNORECASE,
)
_TO_WHAT = re.compile(
    r"(?:确认|同意|批准|答应)的?(?:是)?(?:什么|啥|哪[个些一]|些什么)|(?:什么|啥)(?:东西|内容)?(?:要|需要)我?确认|(?:改|办|做|变)(?:的是)?(?:什么|啥)来着"
    r"|\b(?:confirm|confirming|agree|agreeing|approve|approving|yes)(?: to)? (?:what|which)\b(?! (?:day|date|time))"
    r"|\bwhat\b[^.?!]{0,30}\b(?:confirm(?:ing)?|agree(?:ing)? to"
    r"|approv(?:e|ing)|sign(?:ing)? off)\W*(?:again|here|now|exactly)?\W*$|\bwhat (?:would|will|does) (?:a |my |the )?(?:yes|confirm\w*|ok) (?:do"
    r"|mean|change)\b",
    re.IGNORECASE,
)
_FUNCTION_ZH = re.compile(
    r"来着|没错|正确|属实|无误|没问题|吧|刚才|刚刚|请问|一下|再|说|告诉|现在|目前|当前|原来|原先|之前|以前|本来|具体|到底|究竟|确切|准确|是不是"
    r"|会不会|有没有|要不要|收不收|用不用|多少"
    r"|什么|怎么|这个|那个|哪个|变成|改成|改到|变动|改变|变化"
    r"|你们?|您|我们?|咱们?|的|是|了|吗|么|呢|啊|呀|吧|哦|噢|那|这|它|个|要|会|得|有|没|不|还|几|哪|里|儿|成|到|在|把|给|看|问|确认|新|旧|老|一|单|就|变"
    r"|改|对|好|等|先|也|又|收|付|交|送|寄|发|号|天|次|为|从|和|跟|下|哈|嗯|想"
    r"|知道|真的?|上|方面|确定|肯定|送达|到货|交货|收货|再次|订单|钱|费"
)
_FUNCTION_EN = re.compile(
    r"a|about|actually|after|again|also|am|an|and|any|anything|are|arrive|arrives|arriving|at|be|been|before|being|bucks|but|by|can|certain|change"
    r"|changed|changes|changing|come|comes|confirm|correct|could|current|currently|deliver|delivered|delivery|did|do|does|dollars|down|due|er|euros"
    r"|exactly|for"
    r"|for's|from|get|go|goes|going|got|had|hang|has|have|hm|hmm|hold|how|i|in|into|is|it|it's|its|just|many|may|me|mean|meant|more|much|must|my|new"
    r"|noted|now|number|of|ok|okay|old|on|once|one|or|order|orders|original|originally|our|please|pls|precisely|put|question|quick|really|remind"
    r"|repeat|right|accurate|true"
    r"|said|same|say|set|shall|ship|shipped|ships|should|show|so|something|sorry|stay|stays|sure|talking|tell|that|that's|the|then|there|these|thing|this"
    r"|those|time|to|um|under|us|usd|wait|was|we|well|were|what|what's|when|where|which|who|whole|will|with|would|written|wrote|you|your"
)
_WORD = re.compile(r"[a-z0-9][a-z0-9'’.,%-]*", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_WHICH = re.compile(r"几|哪|多少|\b(?:what|which|when|where|how)\b")
_WISHES = re.compile(
    r"为什么|为啥|凭什么|干嘛|能不能|可不可以|可以|行不行|能(?!不)|\bwhy\b|\b(?:can|could|may|might)\b(?! (?:you )?(?:please |just )?(?:tell|say|repeat"
    r"|remind|confirm|show)\b)",
    re.IGNORECASE,
)


# what puts the preview off is no question about it
_REFUSES = re.compile(
    r"不要|先不|先别|别[^的人]|不用|算了|不行|放一?放|不了|\bno thanks?\b|\bnot (?:that|this|what)\b|\bdon'?t\b|\bnever ?mind\b|^\W*(?:no|nope)\b"
)


def recalled(text: str, shown: str) -> frozenset[str]:
    """The kinds of value that a question asks for again: cost, amount, date, address, quantity, order, goods; all it may be when it only says "again?".

    Empty when it is no question, or when it says anything that is neither a function word, nor names such a value, nor stands in `shown`, the preview.
    """
    text = to_simplified(text).strip().lower()
    if _TO_WHAT.search(text) and not _REFUSES.search(text):
        return frozenset({"order"})
    kinds = frozenset(name for name, pattern in _KINDS.items() if pattern.search(text))
    checks = _CHECKS.search(text) is not None
    asked = asks(text) or _AGAIN.search(text) or _WHICH.search(text) or checks
    if not asked or _WISHES.search(text) or _REFUSES.search(text) or _more(text, to_simplified(shown).lower()):
        return frozenset()
    if kinds:
        return kinds - {"cost"} if "amount" in kinds else kinds
    if _AGAIN.search(text):
        return frozenset(_KINDS)
    return frozenset({"order"}) if checks and asks(text) else frozenset()


def _more(text: str, shown: str) -> bool:
    """Whether anything is left of a text without function words, names of values and what the preview says."""
    for pattern in _KINDS.values():
        text = pattern.sub(" ", text)
    text = _FUNCTION_ZH.sub(" ", text)
    words = [word.strip(".,%-'’") for word in _WORD.findall(text)]
    return any(_FUNCTION_EN.fullmatch(word) is None and word.rstrip("s") not in shown for word in words if word) or any(
        char not in shown for char in _HAN.findall(text)
    )


def states(kind: str, shown: str, text: str) -> bool:
    """Whether a preview states a value of this kind, or, to a yes-or-no question, speaks of it at all ("will the date change?")."""
    shown = to_simplified(shown)
    return _STATED[kind].search(shown) is not None or (not asks_what(text) and _KINDS[kind].search(shown) is not None)


_STATED: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "cost": r"费|免费|差价|[$€£¥]|\b(?:fee|free|charge|cost|price|amount|US\$)",
        "amount": r"(?:金额|amount|total|合计)[^.。]{0,30}\d",
        "address": r"地址|送往|\baddress\b|\bgoes to\b|\bship to\b",
        "quantity": r"\d\s?(?:[个件台套只根]|×|pieces)|× ",
        "date": r"\d{4}-\d\d-\d\d|\d{1,2}月\d{1,2}|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
        "order": r"\d{3,}|#",
        "goods": r"[A-Z]{1,4}-\d|×|[个件台套只根]",
    }.items()
}
