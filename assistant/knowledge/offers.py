"""Tells by grammar whether a text asks what is for sale, or says that somebody wants to buy; closed classes of words only, no company's, and no look-ups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.fold import fold
from assistant.text.script import to_simplified


@dataclass(frozen=True, slots=True)
class Offer:
    """A question for goods. `thing` is what is asked for as it was said ("" = anything at all); `sold`: a word of trade says that goods are meant."""

    thing: str
    sold: bool


# who is asked, and words that add nothing
_YOU = r"(?:you(?: guys| people| folks| lot)?|u|your (?:company|firm|shop)|the company)"
_FILL = r"(?:(?:also|actually|even|happen to|still|perhaps|maybe|currently|possibly|normally|generally|usually) )*"
_TRADE = r"(?:sell|carry|stock|supply|make|produce|manufacture|distribute|deal (?:in|with)|trade (?:in|with)|sold|carrying|selling|stocking|making|supplying)"
_HAVE = r"(?:have|offer|provide|do|got|offering|having)"
_ANY = r"(?:(?:any|some|a|an|the|your|other|also|such a thing as|such things as|things like|(?:any|some)thing like|stuff like)\s+)*"
_RANGE = r"(?:range|catalogu?e?|line-?up|assortment|portfolio|product list|program(?:me)?)"
_END = rf"(?:\s*(?:[,?.!;]|$| - |\bor\b|\bfor sale\b|\bto sell\b|\b(?:in|within) your {_RANGE}\b|\bfrom you\b).*)$"
_THING = r"(?P<thing>[^,;?!]{2,60}?)"
_ASKED = rf"\b(?:do|does|would|could|might|can|are|don't|doesn't) {_YOU} {_FILL}"
_WHICH = r"\b(?:what|which)"
_SORTS = r"(?:kinds? of (?:things?|stuff|products?|goods)|sorts? of (?:things?|products?)|products?|goods|things?|all|else|exactly)"
_ALL_HAVE = rf"{_HAVE}(?= for sale| to offer| on offer| in your|\s*\?*$)"
_ANYTHING = r"(?P<thing>)"
_ENGLISH: tuple[tuple[str, bool], ...] = (
    (
        rf"\b(?:looking|searching|hunting|in the market|shopping) for {_ANY}{_THING}\s*[,;.?]\s*(?:do|can|would|could|is|are|have|got"
        rf"|any)\b.*\b(?:you|those)\b",
        True,
    ),
    (rf"\b(?:we|i) (?:\w+ )?need {_ANY}(?P<thing>[^,;?!\d]{{2,60}}?)\s*[,;.]\s*(?:do|can|would) {_YOU} {_FILL}(?:{_TRADE}|{_HAVE})\b", True),
    (
        rf"{_WHICH}(?: {_SORTS})?(?: do| does| can| are) {_YOU} {_FILL}(?:{_TRADE}|{_ALL_HAVE})(?! (?:with|about|if|when|for(?! sale)))(?:[?.! ]"
        rf"|$){_ANYTHING}",
        True,
    ),
    (rf"{_WHICH}(?:'s| is| are) (?:in )?your (?:product |whole |full )?{_RANGE}{_ANYTHING}", True),
    (
        rf"{_WHICH}(?: (?:kinds?|sorts?|types?|models?|sizes) of)? (?P<thing>[a-z][^,;?!]{{1,40}}?) (?:do|does|can|are) {_YOU} {_FILL}(?:{_TRADE}|{_HAVE})\b",
        True,
    ),
    (
        rf"\bhow many (?:different )?(?:kinds?|sorts?|types?|models?|sizes)(?: of)? (?P<thing>[a-z][^,;?!]{{1,40}}?)"
        rf" (?:(?:do|does|can|are) {_YOU} {_FILL}(?:{_TRADE}|{_HAVE})|are there|exist)\b",
        True,
    ),
    (rf"{_ASKED}{_TRADE} {_ANY}{_THING}{_END}", True),
    (rf"{_ASKED}{_HAVE} {_ANY}{_THING}{_END}", False),
    (rf"\b(?:if|whether) {_YOU} {_FILL}{_TRADE} {_ANY}{_THING}{_END}", True),
    (rf"\b(?:know|ask|wonder(?:ing)?|tell me|check|see|find out|curious) (?:if|whether) {_YOU} {_FILL}{_HAVE} {_ANY}{_THING}{_END}", False),
    (rf"\b(?:have )?{_YOU} got {_ANY}{_THING}{_END}|^got (?:any|some) (?P<other>[^,;?!]{{2,60}}?){_END}", False),
    (rf"\bhave {_YOU} (?:got )?any {_THING}{_END}", False),
    (rf"\b(?:is|are) there (?:any |a |an |some )?{_THING} (?:in|within|among) your (?:product )?{_RANGE}", True),
    (rf"\b(?:are|is) {_THING} (?:something {_YOU} (?:sell|carry|stock|offer|make|supply|do)|(?:part of|in) your (?:product )?{_RANGE})", True),
    (rf"\b(?:can|could|may|might) (?:i|we|one) {_FILL}(?:buy|get|purchase|order|source) {_ANY}{_THING} (?:from|with|at|through) you\b", True),
    (rf"\bany (?:real )?chance (?:that )?{_YOU} {_FILL}(?:{_TRADE}|{_HAVE}) {_ANY}{_THING}{_END}", True),
)
_WHO = r"(?:你们?家?|您们?家?|贵司|贵公司|贵厂|咱们?家?)(?:公司|厂里?|店里?)?(?:这[儿里边]?|那[儿里边]?)?"
_ADD = r"(?:还|也|都|现在|目前|平时|另外|到底|那|里)*"
_POLITE = r"^(?:请问|想问下?|问一?下|那|你好)?[,，]?"
_NOT = r"(?:吗|么|嘛|没有?|不卖?|不做|呢|卖吗|卖不|不?呀|啊)?[?？。!！]*"
_OR_NOT = r"(?:吗|么|嘛|不卖?|没有?|不呀)[?？。!！]*"
_GOODS = r"(?P<thing>[^,，。?？!！;；]{1,20}?)"
_WHAT = r"(?:什么|啥|哪些|哪几[种类款])"
_SELLS = r"(?:卖|生产|供应|销售|经营|出售|制造|代理)"
_OPEN = r"(?:呢|啊|呀)?[?？。]*$"
_CHINESE: tuple[tuple[str, bool], ...] = (
    (rf"(?:{_WHO}|^){_ADD}(?:主要|一共|是)?(?:{_SELLS}|做|提供)(?:的)?(?:些|的是|有)?{_WHAT}(?:产品|东西|货|设备|玩意儿?)?(?:的)?{_OPEN}{_ANYTHING}", True),
    (rf"(?:{_WHO})?{_ADD}有(?:些)?{_WHAT}(?:产品|东西(?:卖)?|货(?:卖)?|商品|可以?卖的){_OPEN}{_ANYTHING}", True),
    (rf"(?:产品|商品)(?:范围|种类|目录|线)(?:里)?(?:有|包括|是)?(?:些)?{_WHAT}{_ANYTHING}", True),
    (rf"(?:{_WHO})?{_ADD}(?:卖不卖|做不做|生产不生产|供不供应?|经不经营|销不销售){_GOODS}(?:的)?(?:呢|啊|呀)?[?？。!！]*$", True),
    (rf"{_WHO}{_ADD}{_SELLS}{_GOODS}{_OR_NOT}$", True),
    (rf"{_POLITE}(?:{_WHO})?(?:的)?{_GOODS}(?:一共|总共|都|分)?有(?:几|多少|哪几|哪些)(?:[种款类]|个?型号)(?:型号|产品|可选)?{_OPEN}", True),
    (rf"{_POLITE}(?:{_WHO})?{_ADD}有(?:几|多少|哪几|哪些)(?:[种款类]|个?型号的?){_GOODS}{_OPEN}", True),
    (rf"(?:有没有|有无|有(?!的|没有|无))(?:卖)?{_GOODS}(?:卖|出售|供应|可卖|可以买|卖的){_NOT}$", True),
    (rf"有没有(?:卖|做|生产){_GOODS}的{_NOT}$", True),
    (rf"^(?:{_WHO})?{_ADD}(?:有没有|有无){_GOODS}(?:这种|这类)?(?:产品|可以买)[?？。!！]*$", True),
    (rf"{_POLITE}{_GOODS}(?:这[种类]?(?:东西|产品)?)?{_WHO}{_ADD}(?:卖不卖|卖|做不做|生产|供应|有没有卖|有卖|有货卖|经营|销售){_NOT}(?:[,，].*)?$", True),
    (rf"{_POLITE}{_GOODS}(?:可以)?(?:单独(?:卖|买|出售)|有没有卖|有卖){_NOT}$", True),
    (rf"{_POLITE}(?:能|可以|能不能|可不可以)(?:在|从|跟|向)?{_WHO}(?:买到?|订到?|采购到?){_GOODS}(?:吗|么|不)[?？。!！]*$", True),
    (rf"{_WHO}{_ADD}(?:有没有|有无|有|做|提供){_GOODS}{_OR_NOT}$", False),
    (rf"{_POLITE}(?:有没有|有无)(?P<thing>[^,，。?？!！;；的]{{1,12}}?)[?？。!！]*$", False),
    (rf"{_POLITE}有(?P<thing>[^,，。?？!！;；的没]{{1,12}}?)(?:吗|么|嘛)[?？。!！]*$", False),
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), sold) for pattern, sold in (*_ENGLISH, *_CHINESE))


# what is for sale is not asked with these: stock, services, papers and terms are answered by the documents
_NO_GOODS = re.compile(
    r"数据|信息|隐私|个人|现货|库存|有货$|存货|保修|质保|优惠|折扣|资料|证书?|认证|服务|办法|影响|问题|视频|图纸|发票|时间|人$|关系"
    r"|\b(?:data|personal|privacy|my|our|his|their|in stock|on stock|left|warrant\w*|discounts?|certificat\w*"
    r"|ce|iso|approval|time|office|video|drawings?|service"
    r"|idea|question|problem|minute|moment"
    r"|information|info|details|updates?|tracking|record|copy|number|invoice|way|news|it|them|that|one|ones|anyone|somebody|someone|support|training"
    r"|installation|delivery|shipping|returns?|refunds?|repairs?|deliver\w*)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"^(?:(?:一|几|些|某)?[种款个台套类些只条](?!压)|什么|啥|别的|其他的?|其它的?)+|(?:之类的?|这类的?|什么的|的|货|产品|东西|一类的?)+$")
_TAIL = re.compile(
    r"\s+(?:as well|too|at all|or not|or something|or anything|for sale|there|here|these days|please|separately|on their own|in general"
    r"|(?:or )?similar|and so on|then|mate|by the way)$",
    re.IGNORECASE,
)


def offer_asked(text: str) -> Offer | None:
    """What a text asks to be for sale; None when it asks nothing of the kind."""
    said = to_simplified(fold(text)).strip()
    for pattern, sold in _patterns():
        found = pattern.search(said)
        if found is None:
            continue
        whole = found.groupdict().get("thing") or found.groupdict().get("other") or ""
        thing = _bare(whole)
        if _NO_GOODS.search(whole) or (thing and _NO_GOODS.search(thing)):
            return None
        if not thing and _ANYTHING not in pattern.pattern:
            continue
        return Offer(thing, sold)
    return None


def _bare(thing: str) -> str:
    """What is asked for without measure words, articles and tags."""
    before = ""
    while before != thing:
        before = thing
        thing = _TAIL.sub("", _MEASURE.sub("", thing.strip(" \"'“”‘’「」")))
    return thing


_BUY = (
    r"(?:买|购买|采购|订购|订(?!单|的|好|了)|下(?:个|一个|一张|张)?(?:新)?订?单|来(?=\d"
    r"|[一二两三四五六七八九十几])|拿(?=\d|[一二两三四五六七八九十几])|进(?=\d)|进一?批)"
)
_WISH = r"(?:想要?|要(?!是)|准备|打算|需要|得|帮(?:我|忙)|给我|替我|麻烦|请(?!问)|能不能|可不可以|可以|能|怎么|怎样|如何|在?哪里?|哪儿)"
_BUYS_ZH = re.compile(
    rf"{_WISH}(?:再|还|也|在这里|在这儿?|这里|直接|在线|在网上|网上|在你们这[里儿]?|跟你们|向你们|从你们|你们)*{_BUY}"
    rf"|(?:^|[,，。])(?:我们?|咱们?)?(?:再|还要|现在)(?:给我|帮我)?{_BUY}|(?:^|[,，。])(?:我们?|咱们?)?(?:订购|下单(?!了|后|时|的)"
    rf"|采购(?=[一二两三四五六七八九十几\d]))|怎么下单|如何下单"
)
_NOT_BUYS_ZH = re.compile(
    r"订单(?:号|#|\s*\d)|#\s*\d{4,}|取消|撤销|改成|改为|改到|减少|增加到|加到|退|换货|我订的|订的|下的(?:订)?单|下过|买的|已经(?:买|订|下)|了吗"
    r"|刚(?:下|买|订)|催|发货|到货|送到|到哪|优惠|折扣|便宜|打几?折|多少钱|价格|报价"
)
_BUYS_EN = re.compile(
    r"\b(?:i|we)(?:'d| would)? (?:also |really |just |now )?(?:like|want|need|wish|plan|intend|have|are looking|am looking|'re looking"
    r"|look) to (?:also )?(?:buy|purchase|order|place (?:an|another|a new) order)\b"
    r"|\b(?:can|could|may|might|how (?:do|can|could|would|should)|where (?:do|can|could)) (?:i|we|you) (?:go about )?(?:just |directly |also |still "
    r"|please )?"
    r"(?:buy(?:ing)?|purchas(?:e|ing)|order(?:ing)?(?! status)|plac(?:e|ing) (?:an|another|a new|my|our|a) order|make an? order)\b"
    r"|\b(?:put|sign|mark|write) (?:me|us) down for\b|\b(?:place|put in|make|take) (?:an|another|a new|a|my|our|this) order\b(?! change)"
    r"|\b(?:i|we)'ll (?:take|buy|order|have) (?:another )?(?:\d+|a|an|one|two|three|four|five|six|ten|twenty)\b|^(?:please )?(?:order|buy) (?:me |us )?\d+\b"
    r"|\bhow (?:do|can|would|could) (?:i|we) get (?:them|some|one|it)\b|\bready to (?:buy|order|purchase)\b",
    re.IGNORECASE,
)  # fmt: skip
_NOT_BUYS_EN = re.compile(
    r"#\s*\d{4,}|\border(?: number| no\.?)? \d{4,}|\b(?:cancel|reduce|change|cut|decrease|return|refund|exchange|swap|amend|modify|track)\w*\b"
    r"|\b(?:my|our|the|that|this|last) order\b"
    r"|\b(?:i|we)(?:'ve| have)? (?:ordered|bought|purchased)\b|\brush\b|\bexpedite\b|\bquantity of\b|\bdiscounts?\b|\bcheaper\b|\boff\b|\bhow soon\b"
    r"|\bbetter price\b",
    re.IGNORECASE,
)


def wants_to_buy(text: str) -> bool:
    """Whether a text says that somebody wants to place an order, or asks how that is done; a change of an order placed already is none."""
    said = to_simplified(fold(text)).strip()
    if _BUYS_ZH.search(said) and not _NOT_BUYS_ZH.search(said):
        return True
    return _BUYS_EN.search(said) is not None and _NOT_BUYS_EN.search(said) is None


_DISCOUNT = re.compile(
    r"折扣|打几?折|优惠|便宜多少|能便宜|有没有便宜|批量价|量大|起订.{0,4}优惠|阶梯价"
    r"|\b(?:discounts?|cheaper|(?:money|anything|something|much|percent|%) off|price breaks?|discounted|(?:volume|bulk|quantity|tier(?:ed)?) (?:price|pricing"
    r"|rate|discount)s?)\b",
    re.IGNORECASE,
)
_BARGAIN = re.compile(
    r"哪|比|再便宜|便宜[点些]|便宜一|再优惠|多优惠|额外|再[打给]|优惠[点些]|优惠一|最低价|底价|申请|特价|说好|答应|承诺|谈好|谈妥|批准|给个|给点|给我们?(?:一个|个|点|些|打)|能给"
    r"|能不能给|可以给|谈|老客户|长期"
    r"|\b(?:which|extra|further|better|special|additional|bigger|larger|more of a|negotiat\w*|match|competitor\w*|loyal\w*|promised|agreed"
    r"|old customers?|give (?:us"
    r"|me)|do you think|"
    r"knock|squeeze|best price|any (?:room|leeway))\b",
    re.IGNORECASE,
)
# whether and which there is, by rule
_RULED = re.compile(
    r"打没打折|打不打折|有没有[^，,。?？]{0,8}?(?:折扣|优惠|打折)(?![点些])|(?:有|享受|享|算|带|含|提供|参加)(?:[^，,。?？]{0,6}?)(?:折扣|优惠|打折)(?:的?[吗么嘛没不]|活动|政策)"
    r"|(?<![能可给再])(?<!可以)(?<!能够)打几折|(?:什么|啥|哪些|哪种|多少|几种|多大的?)(?:样的?)?(?:数量|批量)?(?:折扣|优惠)"
    r"|(?:折扣|优惠|打折)(?:的)?(?:是|有)?(?:多少|几|什么|哪些|怎么|如何|规则|政策|标准|规定|条件|门槛|力度|档|阶梯|范围|比例)|^\W*打折[吗么不没]\W*$"
    r"|\b(?:is|are|was|were) (?:there|you) (?:currently )?(?:a|an|any|some|offering)?\b[^.?!]{0,24}?\b(?:discounts?|price breaks?|money off|off)\b"
    r"|\b(?:what|which)(?:'s| is| are)?\b[^.?!]{0,24}?\b(?:discounts?|price breaks?)\b|\bhow (?:does|do|is|are|much|big|large)\b[^.?!]{0,24}?\bdiscounts?\b"
    r"|\bdo(?:es)? (?:you|we|i|it|they|the \w+|that|this)\b[^.?!]{0,30}?\b(?:discounts?|price breaks?|tier(?:ed)? pricing)\b"
    r"|\bany (?:\w+ )?(?:discounts?|price breaks?)\b"
    r"|\bdiscounts? (?:policy|rules?|tiers?|scheme|schedule|structure|table)\b|\b(?:is|are) (?:the |it |they |these )?[^.?!]{0,24}?\bdiscounted\b"
    r"|\bdiscounts? (?:include|cover|"
    r"apply|count)\b",
    re.IGNORECASE,
)
_MODEL = re.compile(r"(?<![A-Za-z])(?:[A-Z]{1,5}[- ]?|[a-z]{1,5}-?)\d+[A-Za-z]?(?![A-Za-z])")
_COUNTED = re.compile(
    r"(?<![A-Za-z\d.])\d|多少[件个台套只起]|几[件个台套只]|[一二两三四五六七八九十百]+[件个台套只]|\bhow many\b|\bat what (?:quantity|number)\b"
    r"|\b(?:for|on|in) (?:bulk|volume|quantity)\b"
)


# a rate of one's own that is wished for is bargaining, whatever the rule gives
_RATE = re.compile(r"\d(?:\.\d+)?\s*(?:%|per ?cent|个点|折)|[一二三四五六七八九]五?折|百分之")
_WISHED = re.compile(
    r"能不能|可不可以|可以给|能给|能打|给我|给个|便宜|优惠我|\b(?:can|could|would|will) (?:you|u|ya)\b|\b(?:can|could|may) (?:i|we) (?:get|have)\b"
    r"|\bgive (?:me|us)\b"
    r"|\b(?:i|we) (?:want|need|expect|would like|was hoping|were hoping)\b|\bhow about\b",
    re.IGNORECASE,
)


def asks_discount(text: str) -> bool:
    """Whether a text asks which discount there is, by rule or for a number of pieces; a wish for a better price than the lists say is none."""
    said = _MODEL.sub(" ", to_simplified(fold(text)).strip())
    if _DISCOUNT.search(said) is None or _BARGAIN.search(said) is not None or (_RATE.search(said) and _WISHED.search(said)):
        return False
    return _COUNTED.search(said) is not None or _RULED.search(said) is not None
