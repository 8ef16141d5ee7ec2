"""Tells by grammar what a question is about: the rules in general, or the customer's own order; closed classes of words only, no company's and no intents.

A rule is asked for with habit, possibility, hypothesis, fee or measure ("do you …", "what happens if …", "多久", "谁出"); one's own goods are meant with
possessives and pointing words, the perfect, and requests to do something ("my order", "我那单", "到了没", "could you …").
"""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_ASKS = re.compile(
    r"[?？]\s*$|吗|呢[?？。！!]*$|么[?？。！!]*$|多少|多[久长大高远重快早晚]|几[天个台件号点时年月日次周家套位]|什么|啥|怎|如何|哪|谁|为何|是否"
    r"|能不能|可不可以|可以不|行不行|有没有|有无|是不是|会不会|要不要|算不算|包不包|给不给|收不收|管不管|是.{1,14}还是|还是.{1,10}的$|没$|不$"
    r"|^(?:(?:and|but|so|then|or|also|please|hi|hello|hey|ok|okay|well|just|now)[\s,]+)*"
    r"(?:(?:what|when|where|who|how)s|what|when|where|which|who|whose|how|why|can|could|would|will|do|does|did|is|are|was|were|has|have|had|any|may|might|must|"
    r"shall|should)\b"
    r"|\b(?:what|how|which|who|when|where|why)(?:'s|s)?\b[^.!]{0,60}\?",
    re.IGNORECASE,
)
_WH = re.compile(
    r"多少|多[久长大高远重快早晚]|几[天个台件号点时年月日次周折]|什么|啥(?!都)|怎么|咋|如何|哪[个些里天家种款一年月]|谁"
    r"|^(?:(?:and|but|so|then|ok|okay|yes|no)[\s,]+)*(?:(?:what|when|where|who|how)s|what|when|where|which|who|whose|how|why)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"\W*(?:不|别|算了|甭|免了|no\b|nope\b|nah\b|don't\b|never\b)", re.IGNORECASE)
_HABIT = re.compile(
    r"如果|要是|假如|万一|的话.{0,12}(?:怎|吗|多少|谁)|时候.{0,10}怎么办|一般|通常|平时|正常情况|规定|政策|规则|条款|标准是|流程是|期限|时限|上限"
    r"|下限|门槛|有没有|有无|支不支持|支持.{0,8}吗"
    r"|谁(?:来|负责|出|付|承担|管|给|掏)|由谁|怎么算|怎么收|怎么计|算不算|包不包|包括|算在内|负责吗|多少钱|收费|费用|要钱|加钱|扣|违约金|免费|运费"
    r"|押金|折扣|你们.{0,14}(?:吗|么)[?？]?$|最[晚迟早多少快长短低高]"
    r"|\bwhat (?:happens?|if)\b|\bwhat'?s (?:the|your) (?:latest|earliest|limit|maximum|minimum|most|least|fee|charge|policy|stance|rule|deadline"
    r"|usual|normal|process|procedure)\b"
    r"|\bwhat (?:is|are) (?:the|your) (?:latest|earliest|limit|maximum|minimum|most|least|fee|charge|policy|policies|stance|rule|deadline|usual"
    r"|normal|process|procedure)s?\b"
    r"|\bwho (?:pays|covers|bears|is responsible|handles|carries|signs)\b|^(?:(?:and|but|so|also|hi|hello)[\s,]+)*(?:do|does|would|will) (?:you|your"
    r"|the warranty|one|a|an|it cost)\b"
    r"|\bdo (?:you|i|we) (?:normally|usually|generally|ever|have to|need|always)\b|\b(?:is|are) (?:there|it possible)\b|\b(?:is"
    r"|are) [a-z-]+ (?:possible|allowed|free|included|chargeable|covered)\b"
    r"|\bhow much\b|\b(?:fees?|charges?|costs?|free of charge|for free|penalty|surcharge)\b|\bam i allowed|\bare we allowed|\bpolicy\b|\busually\b"
    r"|\bnormally\b|\bgenerally\b|\bin general\b|\btypically\b"
    r"|\bif (?:a|an|the|i|we|you|something|someone|nobody|no one|it|they|goods|any)\b.{0,60}(?:\?|,)|\bcan (?:a|an|any|opened|used|old|the old|custom)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"多[久长]|几[天个年月日次周位]|多少[位字]|\bhow (?:long|soon|late|early|fast|quick(?:ly)?|far|many|often)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"我的|俺的|我那|我这|我家|我们(?:的|那|这|家|公司|厂)(?!.?级)|咱们?(?:的|那|这)|[这那上]一?[单批台个件套只次笔](?!级)|这些|那些|这台|刚(?:刚"
    r"|才)?(?:收|到|买|下)|收到的|买的那|订的|下的单"
    r"|帮我|给我|替我|帮忙|麻烦|请(?!问)|我要|我想(?!问|知道|了解|咨询)|想要|了吗|了么|了没|没有?[?？]$|到哪|还没|怎么还|在哪|不是说|又"
    r"|\b(?:my|mine|ours?|this|these|that order|those|the (?:order|shipment|parcel|package|last))\b|\b(?:i|we)(?:'ve| have)? (?:got"
    r"|ordered|bought|received|placed|paid|sent|returned)\b"
    r"|\b(?:did|have|has|had) (?:you|it|they|the|my|our|i|we)\b|\b(?:please|pls)\b|\b(?:can|could|would|will) you (?!(?:still|also|always|normally"
    r"|usually|really|even)\b)"
    r"|\b(?:i|we)(?:'d| would) like\b|\b(?:i|we) (?:want|need)\b(?! to know)|\bi'm\b|\blet me\b|\byet\b|\bwhere(?:'s| is| are)\b|\bon its way\b|\bme\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"哪[个款台种一]*.{0,4}(?:便宜|贵|划算|实惠|省钱|好|大|小|重|轻|高|低|强|快|省电)|(?:哪|谁)(?:个|款)?更|有什么(?:区别|不同|差别)|(?:区别|差别"
    r"|不同)(?:是|在)|比较一下|对比|比[^，。,?？]{1,16}?(?:便宜|[贵重轻大小长短高低快慢])(?:吗|么|不|一?[点些])"
    r"|\bwhich(?: one)?(?: of (?:them|the two|these|those|both))?(?:'s| (?:is|are|has|costs?|would be))\b.{0,24}?(?:\w+er|more|less|better|most|least"
    r"|\w+est)\b|\bwhich (?:\w+er|\w+est)\b"
    r"|\bwhat(?:'s| is| costs?| weighs?| has)\b.{0,20}?\b(?:more|less|\w{3,}er)\b.*\bor\b"
    r"|\b(?:is|are|does|do)\b.{2,40}?\b(?:more|less|\w{3,}er)\b(?: \w+)? than\b"
    r"|\b(?:difference|differ|compare)\b",
    re.IGNORECASE,
)


_SERVICES = r"(?:shipping|freight|delivery|postage|installation|inspection|repairs?|customs|insurance|packaging|crating|commissioning)"
_SERVICE_COST = re.compile(
    r"运费|邮费|快递费|物流费|安装费|维修费|检测费|报关费|保险费|包装费|手续费|关税|调试费"
    rf"|\b(?:cost|price|charge|fee|rate)s? (?:of|for) (?:the |a |an )?{_SERVICES}\b|\b{_SERVICES}(?: \w+){{0,3}} (?:costs?|charges?|fees?|rates?)\b"
    rf"|\bhow much (?:is|are|does|would|will|for) (?:the |a |an )?{_SERVICES}\b"
    rf"|\bwhat(?:'s|s| is| are| does| do| would| will) (?:the |your |a )?{_SERVICES}(?: charges?| fees?)?(?: be| cost| come to| run)?(?: to| for| on| if|\W*$)",
    re.IGNORECASE,
)


def asks_service_cost(text: str) -> bool:
    """Whether the price asked for is that of a service around the goods (freight, repair), not of the goods."""
    return _SERVICE_COST.search(to_simplified(text)) is not None


_WHO = re.compile(
    r"谁(?:来|去|负责|负担|出|付|承担|管|给|掏|赔)|(?:由|算|归|找)谁|\bwho(?:'s| is| are| will| would| should| has to| must)?\b(?! (?:am i|is this|are you))",
    re.IGNORECASE,
)


def asks_who(text: str) -> bool:
    """Whether a question asks for a person or a party ("who pays when …", "谁负责"): what an order's data never answers."""
    return asks(text) and _WHO.search(to_simplified(text)) is not None


def asks(text: str) -> bool:
    """Whether a text is a question by its form."""
    return _ASKS.search(to_simplified(text).strip()) is not None


def asks_what(text: str) -> bool:
    """Whether a text asks for something with an interrogative ("how long", "多久"), which no yes and no no does."""
    text = to_simplified(text).strip()
    return _WH.search(text) is not None and _REFUSES.match(text) is None


_NO_FIRST = re.compile(
    r"\W*(?:no|nope|nah|not|wrong)\b(?! (?:problem|worries|rush|hurry|objection|issue))|\W*(?:不|别|错|否)(?!错|过|好意思|客气|用谢|急|着急)", re.IGNORECASE
)


def refuses_first(text: str) -> bool:
    """Whether a text begins with a no ("no, the day after"), which is no politeness ("no problem", "不错")."""
    return _NO_FIRST.match(to_simplified(text)) is not None


def about_rules(text: str, *, strictly: bool = False) -> bool:
    """Whether a question is about how things are done: by habit, hypothesis, possibility or fee, or, unless `strictly`, by a measure of time."""
    text = to_simplified(text)
    return asks(text) and (_HABIT.search(text) is not None or (not strictly and _MEASURE.search(text) is not None))


def about_own(text: str) -> bool:
    """Whether a text speaks of the customer's own order or goods, or asks for something to be done."""
    return _OWN.search(to_simplified(text)) is not None


def compares(text: str) -> bool:
    """Whether a question sets things against each other ("which is cheaper", "哪个重")."""
    return _COMPARES.search(to_simplified(text)) is not None


_APART = re.compile(
    r"(?:便宜|[大高多重贵长宽低小轻短快慢厚薄省少])(?:出|了|上)?(?:多少|几(?!乎|个?[年月天]))|相?差(?:了|出|上)?(?:多少|几|多大|多远)|差价|价差|差额|差距"
    r"|\bhow much (?:more|less|\w{3,}er)\b(?! than that)|\bhow many (?:\S+ )?(?:more|less|fewer)\b|\bby how (?:much|many)\b"
    r"|\b(?:price|weight|cost)? ?(?:difference|gap)\b|\bhow far apart\b|\b(?:do|would|can) (?:i|we) save\b",
    re.IGNORECASE,
)


def sets_apart(text: str) -> bool:
    """Whether a question asks how far two things are apart ("how much cheaper", "重多少"); of one thing alone it may just ask how much."""
    return _APART.search(to_simplified(text)) is not None


_HOW = re.compile(
    r"(?:怎么|如何|怎样|咋)(?=[下寄退发办弄操申报填写付打包提交装换买订下])(?!回事|退了|换了|发了|寄了)|\bhow (?:do|can|should|would|must) (?:i|we|you"
    r"|one) (?!know|much|many|long|far|late)|\bhow to\b",
    re.IGNORECASE,
)


def asks_how(text: str) -> bool:
    """Whether a question asks how something is done."""
    return _HOW.search(to_simplified(text)) is not None


_INVERTED = re.compile(
    r"\W*(?:and |so |but |ok |okay )?(?:was|is|are|were|did|does|do|has|have|had|can|could|will|would|should|may)"
    r" (?:it|this|that|they|you|i|we|there|someone|anyone|(?:the|my|our|your) \w+)\b(?! (?:not|n't))",
    re.IGNORECASE,
)


def inverted(text: str) -> bool:
    """Whether an English sentence is a question by the order of its words ("was it delivered"), which no description is."""
    return _INVERTED.match(text) is not None
