"""Tells by grammar what is asked of one order beside where it is: what it comes to, whether it was invoiced; closed classes of words, no look-ups."""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_TOTAL = re.compile(
    r"(?:多少钱|总价|总额|总金额|总共多少|一共多少(?!天|个|台|件|条|套)|合计|金额|货款|几多钱|价格|价钱)"
    r"|\b(?:total|amount|prices?|how much (?:is|was|are|does|did|do|has|for)|(?:order|total|invoice) value|worth|sum|come[s]? to|costs?|grand total)\b",
    re.IGNORECASE,
)
# money that is not the order's own
_OTHER_MONEY = re.compile(
    r"运费|邮费|快递费|手续费|取消费|违约金|服务费|修理|维修|安装费|加急|单价|每[个台件套根]|退(?:款|回|多少|我)|便宜|折扣|优惠|打折|扣多少|要扣|赔"
    r"|定金|尾款|欠"
    r"|\b(?:freight|shipping|postage|delivery cost|fees?|charges?|penalt(?:y|ies)|repair|refund(?:ed)?|discount|cheaper|off|each|per (?:piece|unit|kit)"
    r"|apiece|unit price|deposit"
    r"|cancel\w*|return\w*|restock\w*|expedit\w*|extra|more|less|left|paid)\b",
    re.IGNORECASE,
)
_INVOICED = re.compile(
    r"(?:发票|票)[^，。,.]{0,6}(?:开(?:了|好|过|出来?)?(?:没|吗|么|未|不)|开没开|有没有(?:开|出)|开具?了|出来?(?:了|没)|好了?没|寄(?:了|出)?没|开了)"
    r"|(?:是否|有没有|有没|已经?|是不是)(?:已经?)?(?:开过?|出|开具)?(?:了)?(?:发票|票)"
    r"|开(?:过|了|好|完)(?:发?票)(?:了)?(?:没|吗|么|不|$|[?？])|开票(?:了)?(?:没|吗|么|$)|(?:什么时候|哪天|几号|何时)(?:给(?:我|我们))?开(?:的"
    r"|了)(?:发?票)?|(?:发票|开票)(?:的)?(?:日期|时间)"
    r"|\b(?:has|have|had|was|were|is|are|did|hasn't|haven't|wasn't|isn't)\b[^.?!]{0,40}\b(?:been )?(?:invoiced|billed)\b"
    r"|\b(?:has|have|had|was|is|did)\b[^.?!]{0,30}\b(?:invoice|bill)\b[^.?!]{0,20}\b(?:been |already |yet )*(?:issued|made out|sent|out|ready|done"
    r"|raised|created|drawn up)\b"
    r"|\b(?:did|have|has) (?:you|they|we|someone|anybody|anyone|finance)\b[^.?!]{0,20}\b(?:issued?|sent|send|made|make|raised?|invoiced?"
    r"|billed?)\b[^.?!]{0,25}(?:\b(?:invoice|bill)\b|invoiced|$)"
    r"|\bwhen (?:was|were|did)\b[^.?!]{0,40}\b(?:invoiced?|billed|issued)\b|\binvoice (?:date|issued|status|yet|dated)\b|\bis there an invoice\b"
    r"|\b(?:invoiced|billed) (?:yet|already|or not)\b",
    re.IGNORECASE,
)
_BIDDING = re.compile(
    r"帮|请|麻烦|给我|我要|想要|需要|重开|补开|换开|能不能|可以|能开|可不可以|怎么"
    r"|\b(?:please|pls|can you|could you|would you|i (?:need|want|would like)|i'd like|how (?:do|can)|may i|reissue|re-issue|can i|could i)\b",
    re.IGNORECASE,
)


def asks_total(text: str) -> bool:
    """Whether a text that names an order asks what it comes to, and not what a change, its freight or one piece costs."""
    plain = to_simplified(text)
    return _TOTAL.search(plain) is not None and _OTHER_MONEY.search(plain) is None


def asks_invoiced(text: str) -> bool:
    """Whether a text asks if, or when, an order was invoiced; a wish for an invoice is none."""
    plain = to_simplified(text)
    return _INVOICED.search(plain) is not None and _BIDDING.search(plain) is None
