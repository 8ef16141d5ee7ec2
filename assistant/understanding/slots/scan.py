"""The message being read: what is still free, and the things that look like slots but are none (dates, money, measures, other people's numbers)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.text.units import find_quantities
from assistant.types import Hints, Json, Slot
from assistant.understanding.slots.lexicon import SlotLexicon, order_number, plain
from assistant.understanding.slots.places import STATES

GONE = "\ue000"

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_ZH = "[零〇一二两三四五六七八九十廿卅]"
_ID = r"[\s:：#.是为-]*(?:is\s+|was\s+)?[a-z]{0,6}[-_]?\d[a-z0-9-]{2,24}"
_SPAN_OF_TIME = (
    r"(?:个?半?(?:小时|钟头|分钟|秒钟?|天|周(?![一二三四五六日转期边])|星期|礼拜|月|年|季度|工作日|自然日)|日内|[次遍趟回](?!答|复|电|执|单|货|收|款|退))"
)
DATES = re.compile(
    rf"(?<!\d)(?:19|20)\d\d\s?[年/.-]\s?\d{{1,2}}(?:\s?[月/.-]\s?(?:\d{{1,2}}(?!\d)\s?[日号]?)?)?"
    rf"|(?<![\d.])\d{{1,2}}\s?月(?:\s?\d{{1,2}}(?!\d)\s?[日号]?|份|底|初|中旬?)?|{_ZH}{{1,2}}月(?:{_ZH}{{1,3}}[日号]?|份|底|初|中旬?)?(?!\d)"
    rf"|(?<![\d.a-z#-])\d{{1,2}}\s?[日号](?!楼|线|门|机|泵|库|仓|厂|院|栋|店|车间|码头|口|站|单)|"
    rf"(?<![第路街道巷弄]){_ZH}{{1,3}}[日号](?!楼|线|门|机|泵|库|仓|厂|院|栋|店|车间|码头|口|站|单)"
    rf"|(?<!\d)(?:19|20)\d\d年|{_ZH}{{4}}年|(?:周|星期|礼拜)[一二三四五六日天1-7](?!\d)"
    rf"|(?<![\d:])\d{{1,2}}(?::\d\d(?::\d\d)?|[点时](?!\d{{3}})(?:\d{{1,2}}分?|半|整|钟)?)(?!\d)|{_ZH}{{1,3}}点(?:钟|半|整|前|后|左右|{_ZH}{{1,3}}分?)?(?=\D|$)"
    rf"|\b\d{{1,2}}\s?(?:am|pm|a\.m\.?|p\.m\.?|o'?clock)\b"
    rf"|\b{_MONTH}\b\.?,?\s*\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s*(?:19|20)\d\d\b)?|\b\d{{1,2}}(?:st|nd|rd|"
    rf"th)?\s+(?:of\s+)?{_MONTH}\b\.?(?:,?\s*(?:19|20)\d\d\b)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)\b|\bq[1-4]\b|(?<![\d/])\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d\d(?![\d/])|(?<![\d/.])\d{{1,2}}/\d{{1,2}}(?![\d/])"
    rf"|(?<![\d.a-z])\d{{1,6}}\s?{_SPAN_OF_TIME}|[零一二两三四五六七八九十百半几]{{1,6}}{_SPAN_OF_TIME}"
    r"|\b\d+\s*[ -]?\s*(?:(?:business|working|calendar)\s+)?(?:days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|seconds?|secs?|times)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|half an?|an?|few|several|couple of)[ -]"
    r"(?:(?:more|full|business|working|calendar)\s+)?(?:days?|weeks?|months?|years?|hours?|minutes?|mins?|seconds?|secs?|times)\b",
    re.ASCII,
)
_COUNTING = re.compile(
    r"\s*(?:x\s*)?(?!(?:dollars?|usd|euros?|eur|rmb|cny|yuan|bucks|pounds?|gbp|k|per|or|and|for|is|was|in|on|at|to|if|please)\b)[a-z]", re.ASCII
)
_PRICED = re.compile(r"(?:total|amount|cost|price)\s+of\s+(\d+)", re.ASCII)
_MONEY = re.compile(
    r"(?:[$€£¥]|(?<![a-z])(?:us\$|rmb|usd|eur|gbp|cny)\s?)\s?\d[\d,]*(?:\.\d+)?\s?(?:[km](?![a-z])|万|亿)?"
    r"|(?<![\d.a-z])\d[\d,]*(?:\.\d+)?\s?[万千亿k]?\s?(?:元|块钱|圆|美元|美金|美刀|刀(?!片|具)|欧元?|英镑|人民币|港币|rmb|usd|eur|gbp|"
    r"cny|dollars?|bucks|euros?|yuan)"
    r"|(?:总价|单价|价格|价钱|金额|总额|预算|货款|运费|费用|定金|订金|尾款|余款|(?<!运单)报价)(?:是|为|大概|约|共|才|要|就|"
    r"[:：\s])*\d[\d,]*(?:\.\d+)?(?!\d*\s?[个台件套只根条箱])"
    r"|\b(?:total|amount|budget|cost|fee|unit price|price)\s*(?:is|was|of|comes to|at|[:：=])\s*\d[\d,]*(?:\.\d+)?(?!\d*\s?(?:pcs|pieces|units))",
    re.ASCII,
)
_OTHER_NUMBERS = re.compile(
    rf"(?:快递|运单|物流|追踪|跟踪|货运|提单|(?<![a-z])(?:tracking|awb|waybill|consignment|shipment)(?![a-z]))\s*(?:单号|单|号码|号|编号|"
    rf"number|no\.?|#|id|code)*{_ID}"
    r"|(?<![a-z0-9])(?:sf|yt|jd|jdv|zto|sto|ems|1z|dhl|ups|fedex)[a-z0-9]*\d{5,}[a-z0-9]*"
    rf"|(?:序列号|设备号|机身号|机号|出厂编号|出厂号|铭牌号|批号|批次号?|物料号|料号|(?<![a-z])(?:serial|s/n|sn|batch|(?:lot|asset|"
    rf"part)\s*(?=no|num|#))(?![a-mo-z]))\s*(?:number|no\.?|num|号码?|#)*{_ID}"
    rf"|(?:发票号码?|发票代码|合同号?|合同编号|工单号?|客户编?号|会员号|(?<![加竣施职])工号|员工号|坐席号?|账号|卡号|账户|银行账号|开户行账号|\binvoice\s+(?:no\.?|number|"
    rf"num)|\bcontract\s*(?:no\.?|number|#)?"
    rf"|\b(?:customer|account|acct|member|ticket|case|rma|quote|bank account|card)\s*(?:no\.?|number|id|#)){_ID}"
    r"|(?:邮编|邮政编码|(?<![a-z])(?:zip(?:\s*code)?|postal\s*code|postcode|plz)(?![a-z]))[\s:：是为应该改成到]*(?:(?:is|to|should\s+be|must\s+be|now|be)\s+)*\d{4,10}(?:-\d{4})?"
    r"|(?:分机|内线|转(?=\s*\d{3,4}(?!\d))|(?<![a-z])(?:ext|extension|room|suite|gate|dock|floor)(?![a-z]))[\s.:：]*\d{1,6}(?!\d)"
    r"|(?:qq|微信|wechat)号?[\s:：是]*\w{4,}|(?<![a-z0-9])v\d+(?:\.\d+)+|\d+(?:\.\d+){2,}"
    r"|(?<![a-z])(?:net|iso|din|ansi|iec|gb/?t?|en|ip|dn|pn|rs|pt|ie|nema|ph)[\s-]?\d{1,6}(?![\d])",
    re.ASCII,
)
_SENT = re.compile(r"(?:shipment|consignment|物流|快递)[\s:：#]*([a-z0-9-]+)", re.ASCII)
_CODE = re.compile(r"邮编|邮政编码|(?<![a-z])(?:zip|postal|postcode)", re.ASCII)
_NEW_CODE = re.compile(r"(?:should\s+be|must\s+be|\bis(?:\s+now)?|\bto|改成|改为|应该?[是为]|更正为)\s*\d{5,6}(?!\d)", re.ASCII)
_AND = re.compile(r"\s+(?:#?\d|[a-z]{2,})")
_ENDLESS = re.compile(r"[零〇一二两三四五六七八九十百千万亿兩萬]{25,}|\d{31,}")  # nobody's number; long runs are slow to read
_STATE_ZIP = re.compile(rf"\b(?:{'|'.join(STATES)})\s+\d{{5}}(?:-\d{{4}})?\b")


@dataclass(slots=True)
class Scan:
    """One message under the eye. `text` is as folded, `plain` simplified and lower-cased, `rest` is `plain` with everything already understood blotted out.

    All three have the same length, so that a span means the same in each.
    """

    text: str
    hints: Hints
    lexicon: SlotLexicon
    plain: str = ""
    rest: str = ""
    found: list[Slot] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plain = self.rest = plain(self.text)

    @property
    def expecting(self) -> str:
        return self.hints.expecting

    def claim(self, start: int, end: int) -> None:
        """Blot out a span: nothing else is read there."""
        self.rest = f"{self.rest[:start]}{GONE * (end - start)}{self.rest[end:]}"

    def claim_all(self, pattern: re.Pattern[str]) -> None:
        for match in pattern.finditer(self.rest):
            self.claim(*match.span())

    def add(self, name: str, value: Json, span: tuple[int, int], *, note: str = "", candidates: tuple[Json, ...] = ()) -> None:
        """Record a slot read at `span`."""
        start, end = span
        self.found.append(Slot(name, value, self.text[start:end], start, end, self.hints.message_id, candidates, note))

    def of(self, *names: str) -> list[Slot]:
        return [slot for slot in self.found if slot.name in names]


def blot_decoys(scan: Scan, taken: Iterable[tuple[int, int]]) -> None:
    """Blot out dates, money, measures and numbers that belong to something else; `taken` are spans read elsewhere (dates)."""
    for start, end in taken:
        scan.claim(start, end)
    if not any(char.isdigit() or char in "零〇一二两三四五六七八九十百半几" for char in scan.rest) and not scan.rest.isascii():
        return
    scan.claim_all(_ENDLESS)
    for match in _OTHER_NUMBERS.finditer(scan.rest):
        # "shipment 12365" is the shipment of that order, where the number is one of an order
        sent = _SENT.fullmatch(match.group())
        if sent is None or not order_number(sent[1], scan.lexicon.shape):
            scan.claim(*match.span())
    if _CODE.search(scan.plain):
        scan.claim_all(_NEW_CODE)
    for match in _MONEY.finditer(scan.rest):
        # "the price of 12366" is that of the order, where the number is one of an order and no round sum; "the price of 20 seals" counts goods
        priced = _PRICED.fullmatch(match.group())
        of_order = priced is not None and order_number(priced[1], scan.lexicon.shape) and not priced[1].endswith("000")
        if not of_order and (priced is None or _COUNTING.match(scan.plain, match.end()) is None):
            scan.claim(*match.span())
    scan.claim_all(DATES)
    for match in _STATE_ZIP.finditer(scan.text):
        if GONE not in scan.rest[match.start() : match.end()]:
            scan.claim(*match.span())
    for quantity in find_quantities(scan.rest):
        if quantity.unit == "%" or (quantity.unit == "inch" and quantity.text.endswith('"') and quantity.value >= 1000):
            continue
        if quantity.unit == "K" and quantity.text.endswith("k"):
            continue
        if quantity.unit == "N" and _AND.match(scan.plain, quantity.end) and order_number(quantity.text.rstrip("n "), scan.lexicon.shape):
            # "12345 n 12346" are two orders, and no force
            continue
        scan.claim(quantity.start, quantity.end)
