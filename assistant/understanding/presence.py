"""Tells by grammar that a text asks when people are at work ("周末有人在吗", "what are your hours"); closed classes, no company's words."""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_DAY_ZH = (
    r"现在|这会儿|此刻|目前|今[天日晚早]|明[天日早晚]|后天|(?:周|星期|礼拜)[一二三四五六日天末]|双休|节[日假]|假期|过年|晚上|夜里|半夜|凌晨|中午|早上|下午"
    r"|节$|端午|国庆|中秋|春节|元旦|清明|五一|十一"
)
_STAFF_ZH = r"你们|您们|贵司|贵公司|公司|客服|人工|同事|工作人员|真人|销售|售后|技术|财务|办公室|前台|门店|店里|那边"
_ZH = re.compile(
    rf"(?:(?:上|下)班|营业|在岗|值班|开门|关门|打烊|歇业)(?!地|地点|的地|地址)"
    rf"|(?:工作|服务|办公|上班|营业|在线|值班|作息|人工)时间"
    rf"|(?:{_STAFF_ZH})[^，。,.？?]{{0,6}}(?:放假|休息|休不休|休吗|在不在|在吗|有人)"
    rf"|(?:{_DAY_ZH})[^，。,.？?]{{0,6}}(?:有(?:没有)?(?:人|客服|人工|同事|真人)(?:在|上班|值班|接|回|能|可以)?"
    rf"|(?:客服|人工|同事|你们)在(?:吗|不|么)|放假|休息吗|休不休|休吗)"
    rf"|有人(?:在|值班|上班)?(?:到|从)?几点"
)
_STAFF_EN = (
    r"(?:you|you guys|you people|y'all|anyone|anybody|someone|somebody|humans?|real people|people|a (?:person|human|colleague)|your (?:team|staff|people|office"
    r"|guys|support|desk|colleagues|agents|store|shop)|the (?:team|staff|office|desk|shop|store|support)|customer service|support|staff)(?: guys| people)?"
)
_DAY_EN = (
    r"(?:now|today|tomorrow|tonight|(?:on |over |at |during |this |the |a |public |bank )*(?:week-?ends?|holidays?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|sat|sun|nights?|evenings?|mornings?|noon|lunch\w*|christmas|easter|new year\w*|\w+ day|\w+ festival)|24/7|round the clock|late|after \w+|before \w+)"
)
_EN = re.compile(
    rf"\b(?:are|is|will|be) (?:there )?{_STAFF_EN}(?: still| even| ever| usually| normally| be)*"
    r" (?:open|closed|working|on duty|in the office|manned|staffed|online|off)\b"
    rf"|\b(?:are|is|will) (?:there )?{_STAFF_EN}(?: still| even| ever| be)* (?:there|around|available|in|reachable|here|off)\b[^.?!]{{0,12}}\b{_DAY_EN}"
    rf"|\bdo(?:es)? {_STAFF_EN}(?: ever| also| usually| normally| even)* (?:work|works|open|opens|operate)(?= (?:on |over |at |during )?{_DAY_EN})"
    r"|\b(?:opening|business|office|working|service|support|desk|store|shop|today'?s|your|human) (?:hours|times)\b|\bhours of (?:operation|business|service)\b"
    rf"|\b(?:what|which) (?:time|hours|days)\b[^.?!]{{0,8}}\b(?:do|are|does|is|can|will)\b {_STAFF_EN}(?: usually| normally)* (?:open|close|closed|start|finish"
    r"|there|work|working|available|in|on duty|stop)\b"
    rf"|\bwhen (?:are|is|do|does|will) {_STAFF_EN}(?: usually| normally| be)*"
    r" (?:there|in|open|close|work|working|available|around|on duty|back|start)\b",
    re.IGNORECASE,
)
# goods on their way, visits and work on goods have hours of their own
_ELSEWHERE = re.compile(
    r"发货|送货|配送|交货|收货|送达|派送|仓库|物流|快递|提货|自提|安装|维修|上门|参观|工厂|车间|展厅|体验店|到货|出货|取消|退货|换货|改期|机器|泵|设备"
    r"|\b(?:deliver\w*|ship\w*|dispatch\w*|warehouse|factory|plant|pick\w* up|collect\w*|install\w*|repair\w*|visit\w*|tour|showroom|tasting|courier|carrier"
    r"|orders?|arriv\w*|return\w*|cancel\w*|machine|pump)\b",
    re.IGNORECASE,
)
_DESK = re.compile(r"(?:the |your )?(?:orders?|returns?|sales|service|support|shipping) (?:desk|department|dept|office|hotline|phone|counter)\b", re.IGNORECASE)
_NOW = re.compile(r"现在|这会儿|此刻|目前|下班了|上班了|还在|还有人|\b(?:now|still|currently|at the moment|already)\b", re.IGNORECASE)


def asks_presence(text: str) -> bool:
    """Whether a text asks when the company's people are there."""
    text = _DESK.sub("the desk", to_simplified(text).replace("’", "'"))
    return _ELSEWHERE.search(text) is None and (_ZH.search(text) is not None or _EN.search(text) is not None)


def of_desk(text: str, said: str) -> bool:
    """Whether words that read like an order are only part of what a desk is called ("the order desk")."""
    return any(said.lower() in match.group().lower() for match in _DESK.finditer(text))


def asks_now(text: str) -> bool:
    """Whether such a text asks about this moment."""
    return _NOW.search(to_simplified(text)) is not None
