"""Tells by grammar how an act stands in words about it: asked for, forbidden, only asked or told of, pondered, put off, excepted; closed classes of words.

One place for every procedure: the verbs are those of acts upon orders, and what is done to them (a negation, a question, a report, a condition, a later
time) is said by the grammar of the two languages, whatever the act.
"""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_NUMBER = r"(?:[#＃]?(?:[A-Za-z]{1,4}-?)?\d[A-Za-z0-9-]{2,})"
_INVOICE_ZH = r"(?:开具?(?:增值税)?(?:专|普|电子)?(?:用|通)?(?:发)?票)"
_CORE_ZH = (
    rf"(?:取消|撤销|撤单|撤|改期|改(?!天|进|善|装|造)|换|调整|退(?!款)|推迟|提前|延期|延后|减|加(?!急|快)|{_INVOICE_ZH}|报修|申报|[送寄发](?:到|往|去|给))"
)
_ACT_ZH = rf"(?:{_CORE_ZH}|动(?!作|机|力))"
_OBJECT_ZH = rf"(?:把|将|给|对|帮我|替我|我们?的?)*{_NUMBER}?(?:号|这单|那单|这张|那张|这个|那个)?(?:的)?(?:订单|地址|日期|交期|数量|单子?)?"
# to ship is an act upon an order only where it is said whereto
_STEM_EN = (
    r"(?:cancel|chang|mov|reschedul|postpon|delay|return|exchang|swap|replac|reduc|increas|touch|alter|invoic|scrap"
    r"|(?:ship|send|deliver)(?=[^.,;?!]{0,24} to\b))"
)
_ACT_EN = rf"(?:{_STEM_EN}\w*)"
_DONE_EN = (
    r"(?:cancell?ed|changed|moved|rescheduled|postponed|delayed|returned|exchanged|swapped|replaced|reduced|increased|touched|altered|invoiced"
    r"|scrapped|(?:shipped|sent|delivered) to)"
)
_DOING_EN = (
    r"(?:cancell?ing|changing|moving|rescheduling|postponing|delaying|returning|exchanging|swapping|replacing|reducing|increasing|touching"
    r"|altering|(?:shipping|sending)(?=[^.,;?!]{0,24} to\b)|invoicing|scrapping)"
)
_NAMED_EN = r"(?:cancell?ation|return|exchange|change|invoice|postponement)s?"
_THING_EN = (
    rf"(?:(?:(?:the|my|our) )?(?:delivery |shipping )?(?:address|date|quantity|delivery|number of pieces) (?:of|for|on) )?(?:(?:my|the|our|this"
    rf"|that|any|all)(?: \w+)? )?(?:order )?(?:{_NUMBER}|it|this|that|them|orders?|everything|anything)"
)
_FORBIDS = re.compile(
    rf"(?:不要|别|勿|甭|不许|不准|不得|(?<!可)不可|(?<!能)不能|不应该?|禁止|严禁|谢绝|拒绝|反对|不同意|无需|无须|毋须)(?!不|了|的|人)(?:再|去|给我|帮我|随便"
    rf"|乱|擅自|千万|被)*{_OBJECT_ZH}(?:给|都|再|被)?{_ACT_ZH}(?!不了"
    rf"|吗|么|吧)"
    rf"|(?<![要可行能会是该肯想来用敢好退换改消撤减加票如得])不(?:再|会|想|打算|准备|愿意?|肯|必|用|需要?|该|宜|允许|要"
    rf"|让)*{_OBJECT_ZH}(?<!不好){_CORE_ZH}(?!不|了?[吗么]|的话|就|得)"
    rf"|(?:能不能|可不可以|能否|是否可以|可以)不(?:要|再|用)?{_OBJECT_ZH}{_CORE_ZH}"
    rf"|(?<!有)(?:不想|不打算|不是|没有?)(?:要|让|叫|说|想|打算|必要|同意|答应|准备|你们?|把|过|是)+{_OBJECT_ZH}{_ACT_ZH}"
    rf"|(?<![是要])不是(?:要|说|想|让)?{_CORE_ZH}|{_ACT_ZH}{_OBJECT_ZH}(?:吗|么)?[?？]\s*(?:不+|不要|不行|不可能|不用|没门|休想|别逗了?|别闹了?|开什么玩笑"
    rf"|做梦|想得美|怎么可能|才不|算了|当然不|绝不"
    rf"|绝对不行)[!！。.了吧啊]*$"
    rf"|(?:千万|绝对|必须|一定要?)?(?:保留|留着)(?:好)?{_OBJECT_ZH}[吧啊。!！]*$|{_NUMBER}(?:给我)?(?:必须|一定要?|要|还要|继续)?(?:保留|留着|不变"
    rf"|不动)+[吧啊。!！]*$"
    rf"|(?:老板|领导|经理|同事|他们?|她|有人|财务|采购)[^。!！]{{0,24}}{_ACT_ZH}[^。!！]{{0,16}}(?:但是?|可是?|不过|[,，])\s*(?:是)?(?:我们?|本人)(?:可|是"
    rf"|都|坚决|并)*(?:不同意|反对|不答应|不想|不肯|不赞成|拒绝"
    rf"|没同意|没答应)"
    rf"|(?<!why )(?<!won't )\b(?:do not|don'?t|never|must not|mustn'?t|should not|shouldn'?t)(?: you)?(?: please| ever| dare| to){{0,2}} {_ACT_EN}"
    rf"|\b(?:i|we|they|you)(?:'m|'re| am| are)? (?:will not|won'?t|would not|wouldn'?t|not|never|are not|aren'?t)(?: (?:going to|gonna|planning to|ever"
    rf"|really|be))*"
    rf" (?:{_DOING_EN}|{_STEM_EN}e?\b)|^\W*(?:\w+ )?not {_DOING_EN}"
    rf"|\b(?:do not|don'?t|did not|didn'?t)(?: think i| really)?(?: want| ask| tell| mean| intend| plan| need)(?: you| anybody| anyone)?(?: to"
    rf"|ed to)? {_ACT_EN}"
    rf"|\bno longer (?:want|wish|need|intend|plan)\w* (?:to )?{_ACT_EN}"
    rf"|\bnever (?:asked|told|wanted|said|meant|agreed)(?: you| anybody| anyone| to| for)* {_ACT_EN}"
    rf"|\b(?:do not|don'?t|did not|didn'?t|never) (?:want|need|like) [^.,;?!]{{0,30}}(?:{_DONE_EN}|being {_DONE_EN})\b"
    rf"|(?<!why )(?<!can )(?:\bnot|n'?t|\bnever)(?: (?:to|supposed to|allowed to|have to|need to))? (?:be|get) (?:\w+ )?{_DONE_EN}\b"
    rf"|\b(?:make sure|ensure|see to it|take care)[^.;?!]{{0,40}}(?:\bnot\b|n'?t\b|\bnever\b|\bnobody\b|\bno one\b)[^.,;?!]{{0,16}}{_ACT_EN}"
    rf"|\b(?:stop|avoid|prevent|hold off(?: on| with)?|wait with|skip|without|against|quit|refrain from|instead of|rather than|object to|oppose)(?: (?:the"
    rf"|any|your|all|a|from|you|us|being|getting))* "
    rf"(?:{_DOING_EN}|cancell?ation)\b|(?:^|[,.;!?]\s*|\bplease )no (?:{_NAMED_EN})\b[^.,;?!]*\b(?:please|needed|required|necessary|wanted)\W*$"
    rf"|\b{_ACT_EN} (?:nothing|nobody)\b|\b{_ACT_EN}(?: {_THING_EN})?\s?\?\W*(?:no(?: way| thanks?| chance)?|never(?: ever)?|nope|nah|not a chance"
    rf"|(?:certainly|absolutely|of"
    r" course|definitely) not|forget it|as if|are you (?:kidding|joking|serious|crazy)|you must be joking|no no)\W*$"
    rf"|\b(?:keep|leave|retain)(?: (?:my|the|our))?(?: order)? {_NUMBER}(?: (?:as (?:it )?is|alone|unchanged|as (?:it )?was|open|active|please))*(?=\W*$"
    rf"|[,;.] )"
    rf"|{_NUMBER} (?:must |should |has to |is to |shall |will |)(?:stays?|remains?|stands?)(?: as (?:it )?is| unchanged| open| active| please)*\W*$"
    r"|\b(?:boss|colleague|manager|partner|wife|husband|he|she|they|team|someone|somebody)\b[^.;?!]{0,24}"
    rf"\b{_ACT_EN}[^.;?!]{{0,24}}(?:,|\bbut|\band)\s*(?:i|we) (?:disagree|refuse|object|(?:do not|don'?t|did not|didn'?t)(?: (?:agree|want (?:to|that|it)))?"
    rf"|said no|am against (?:it|that))\W*$"
    rf"|\b(?:hate|refuse|rather not|no need|no reason)(?: to)? {_ACT_EN}"
    rf"|\b(?:no ?one|nobody)(?: should| may| can| is to| must)? {_ACT_EN}|\bunder no circumstances(?: should you)? {_ACT_EN}"
    r"|(?:\bnot|n'?t (?:want|need)) \d+ (?:pieces|pcs|units)\b(?![^.;]*\b\d{1,3}\b)|\bbut i say no\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:不|别|勿|没有?|未)[^，,。;；]{0,5}$|(?:\bnot\b|n'?t\b|\bnever\b|\bno\b|\bnor\b|\bwithout\b)[^.,;]{0,14}$", re.IGNORECASE)
_AGAIN = re.compile(
    rf"{_CORE_ZH}|(?:(?:^|[,.;:!?]\s*)(?:please |just |then |instead |only )*|\b(?:and|but|instead|please|just|rather|to|then|only|you|lets|let's) )"
    rf"(?:{_STEM_EN}e?|make)\b",
    re.IGNORECASE,
)
_ACT = re.compile(rf"{_CORE_ZH}|动|\b{_STEM_EN}", re.IGNORECASE)
_TELLS = re.compile(
    rf"(?:为什么|为啥|干嘛|凭什么|谁|怎么就)[^，,。？?]{{0,14}}(?:取消|改|换|退|撤)|听说[^，,。]{{0,16}}(?:取消|改|换|退)"
    rf"|(?:有人|别人|其他人|我?同事|他们?|她)(?:能|说|昨天|已经?|今天|前天|会|可以)?[^，,。]{{0,10}}(?:取消|改|换|退)"
    rf"|没有?(?:被)?(?:人)?(?:取消|改[到成]|换|退)[^，,。]{{0,14}}[吧吗]|(?:是不是|有没有)(?:被|已经?|有人)[^，,。]{{0,10}}(?:取消|改|换|退)"
    rf"|\bwhy (?:did|was|were|has|have|is|are|do|would)\b[^.,;?!]{{0,30}}\b{_ACT_EN}|\bwho (?:has |have |had )?{_ACT_EN}"
    rf"|\b(?:did|has|have|had) (?:you|anyone|anybody|someone|somebody|he|she|they|my \w+)\b[^.,;?!]{{0,16}}\b{_ACT_EN}"
    rf"|\b(?:someone|somebody|i was told|i heard|i hear)\b[^.;?!]{{0,40}}\b{_ACT_EN}"
    rf"|\bcan (?:other|others|anybody|anyone|somebody|someone)\b[^.;?!]{{0,24}}\b{_ACT_EN}|\bwould you {_ACT_EN}\b[^.?!]{{0,20}}\bif you were\b",
    re.IGNORECASE,
)
_PAST_ZH = r"(?:已经|已|早就|早已|上周|上个?月|昨天|昨晚|前天|前几天|刚才|刚刚|之前|今早|今天早上|上午|去年)"
# what was done, or is asked about as done; words behind that ask for another act take it out
_DONE = re.compile(
    rf"(?<![能可以要想])(?:取消|撤销|改|退|换)(?:掉|好|成功|完)?了?(?:没有?|了吗|了么|了没有?|了不)[?？!！。啊呀]*$|(?<!不要)(?<!别)被(?:你们|人|谁|他们"
    rf"|系统|客服)?(?:都|给)?{_CORE_ZH}"
    rf"|{_PAST_ZH}(?:就|都|又|已经?|已)*(?:把|将)?{_OBJECT_ZH}(?:取消|撤销|撤单|改[了到成为期]|退[货了掉]|换[货成了]|推迟|提前)|是不是(?:已经?|被"
    rf"|都)?{_CORE_ZH}[^，,。]{{0,8}}了|怎么(?:就|又|会|给|都|已经?"
    rf"|突然|莫名)*{_OBJECT_ZH}{_CORE_ZH}[^，,。]{{0,16}}了|(?:多谢|谢谢|感谢)(?:你们?|您)?(?:帮我)?(?:把)?{_OBJECT_ZH}{_CORE_ZH}"
    rf"|\b(?:i|we) (?:did not|didn'?t|have not|haven'?t|never) (?:{_STEM_EN}e?\b|{_DONE_EN})"
    rf"|^\W*(?:and |so |but |please tell me |tell me |hi |hello )*(?:has|have|had|was|were|is|are|isn't|wasn't|hasn't) {_THING_EN}(?: (?:been|already|really"
    rf"|now|being|just|ever|yet))* {_DONE_EN}\b"
    rf"|\bwhy (?!not\b)(?:on earth )?{_STEM_EN}\w*|\bthank(?:s| you)(?: \w+){{0,2}} for {_DOING_EN}\b"
    rf"|\b(?:i|we|he|she|they|you|boss|colleague|manager|team|\w+'s \w+)(?:'ve)?(?: (?:have|has|had|already|just|once|also))* (?:{_DONE_EN}) "
    rf"(?:(?:my |the |our )?(?:order )?{_NUMBER}|it\b|\d+ \w+ (?:of|from) )",
    re.IGNORECASE,
)
_MAY = re.compile(
    rf"(?:如果|假如|假设|要是|万一|若是|倘若)(?:我们?)?(?:以后|哪天|真的?)?{_OBJECT_ZH}(?:不要了|{_CORE_ZH})(?![^，,。]*就)"
    rf"|\bif (?:i|we) (?:ever |later |did |were to |had to )?{_ACT_EN}|\b(?:i|we) (?:might|may) (?:well |later |have to )?{_ACT_EN}",
    re.IGNORECASE,
)
# an act that is only thought of
_PONDERED = re.compile(
    rf"(?:考虑|琢磨|寻思|犹豫|(?<!现)在想|想想|纠结)(?:着|一下|要不要|是不是|是否|该不该|把)*{_OBJECT_ZH}{_CORE_ZH}|(?:要不要|该不该|是否要?|应不应该"
    rf"|应该不应该|是不是(?:该|要|应该))(?:把)?{_OBJECT_ZH}{_CORE_ZH}"
    rf"|(?:可能|也许|或许|说不定|大概|兴许)(?:会|要|得|就|还)*(?:把)?{_OBJECT_ZH}{_CORE_ZH}|(?<!能)不能{_CORE_ZH}{_OBJECT_ZH}[吧吗么]"
    rf"|\b(?:think|thinking|considering|wondering|contemplating|toying)(?: (?:about|of|with|whether|if|to|i|we|should|idea|the))* {_ACT_EN}"
    rf"|^\W*(?:maybe|perhaps|possibly)(?: (?:i|we|should|will|i'll|we'll|just))* {_ACT_EN}|\bshould (?:i|we) (?:\w+ )?{_ACT_EN}",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?。！？;；\n]+(?!\d)")
# a condition that can be told now, or one that the rule of the act itself asks about
_NOW = re.compile(
    r"没(?:有)?(?:发|出|寄|送|生产|开始|做|安排|投产)|未(?:发|出|投产)|可以|方便|可能|允许|免费|不收|不要钱|没有费|有货|有库存|来得?及|来不及|麻烦|不影响"
    r"|还在|已确认|我们?(?:不|想|要|真|把|取消|退|改|换)"
    r"|能(?!按|不按|到|送|发|在)|没问题|合适"
    r"|\bif (?:(?:i|we|you) (?:can|could|may|might|have|would|do not mind|don't mind|please|like|want|wish|need|are able)|so|possible|that's|that is|need"
    r"|necessary|any|there|feasible|available|allowed|free|ok|okay|they have|not (?:too late|yet|already|shipped)|at all)\b"
    r"|\bif\b[^,.;]{0,30}\b(?:possible|free|allowed|still|yet|fine"
    r"|ok|okay|available|in stock|no (?:fee|charge|cost)|fees?|charges?|costs?|(?:has|have|is|are)(?:n't| not) (?:been )?(?:shipped|sent|left|produced"
    r"|started|dispatched))\b"
    r"|\bunless (?:there|that|it costs?)\b",
    re.IGNORECASE,
)
_ASKED_TO_SAY = re.compile(
    r"\b(?:know|tell|see|check|ask|say|wonder\w*|sure|sorry|confirm|what|even|as|mind|grateful|appreciate|great|nice|fine)(?: me| us)?(?: it)? if\b",
    re.IGNORECASE,
)
_WHEN_ZH = (
    r"(?:明天|后天|大后天|明早|明晚|下个?(?:周|星期|礼拜|月)[一二三四五六日天末初底]?|过[几两三]?(?:天|周|个月)"
    r"|(?:几|两|三)天[之以]?后|以后|月底|年底|晚点|稍后|过会儿?|到时候?|届时|回头|改天|有空)"
)
_LATER = re.compile(
    rf"{_WHEN_ZH}(?:再|才|就|请|帮我|帮忙|给我|麻烦|你们?|您|我们?|把|将)*{_NUMBER}?(?:这单|那单|订单)?(?:给我)?(?:取消|撤销|撤单|退货|退掉|退了)(?!的)"
    rf"|等(?!等|一下|不及|不了)[^，,。]{{1,14}}?(?:再|才|后"
    rf"|了)(?:帮我|给我|请|把)*{_NUMBER}?(?:这单|订单)?{_CORE_ZH}"
    rf"|\bcancel(?: (?:my|the|our|this))?(?: order)?(?: (?:{_NUMBER}|it|this|that|order))?(?: for me)? (?:only )?(?:tomorrow|tonight|later(?: on)?|next \w+"
    rf"|on \w+day|in (?:a|\d+|two|three|few|a few) (?:\w+ )?(?:days?"
    rf"|weeks?|months?|hours?)|at the end of \w+(?: \w+)?|(?:when|once|as soon as|after|until|only when|only after) (?:i|we|you|he|she|they|my|the|our|your"
    rf"|it)\b[^?]*|after \w+day)\W*$"
    rf"|^\W*(?:tomorrow|next \w+|later|(?:when|once|as soon as|after) (?!will|do|can|is|are)[^,?]{{3,40}}),? (?:please |then |just |you can )*cancel\b",
    re.IGNORECASE,
)
_ON_CONDITION = re.compile(
    rf"(?:如果|要是|假如|万一|倘若|若是|除非|一旦|否则|不然)[^。!！?？]{{0,40}}{_CORE_ZH}|再不[^。!！?？]{{1,12}}{_CORE_ZH}|[^，,。]{{1,12}}(?:不了|不到"
    rf"|不来)(?:的话)?[，,]?(?:我们?)?就(?:帮我|给我|把"
    rf"|直接)*{_OBJECT_ZH}{_CORE_ZH}"
    rf"|(?:不行|不成|做不到)(?:的话|就)+[，,]?(?:就|直接|帮我|给我|把)*{_OBJECT_ZH}(?:取消|撤销|退)|[^，,。]{{2,16}}的话[，,]?(?:我们?)?(?:就|直接|帮我|给我"
    rf"|请|再|把)*{_OBJECT_ZH}{_CORE_ZH}"
    rf"|\b(?:if|unless|in case|provided|otherwise|or else)\b[^.;?!]{{0,60}}\b{_STEM_EN}\w*|\b{_STEM_EN}e?\b[^.;?!]{{0,40}}\b(?:if|unless|in case|provided)\b"
    rf"|\bor (?:else )?(?:i|we)(?:'ll| will| shall)? (?:have to )?{_STEM_EN}e?\b|\b(?:ship|deliver|send|dispatch)\w*\b[^.,;?!]{{0,30}}\bor (?:else )?cancel",
    re.IGNORECASE,
)
_SOUND = re.compile(
    r"(?<![有是])没有?(?:任何|什么|被)?(?:破损|损坏|破裂|坏|破|损|裂|碎|漏|变形|问题|毛病)(?:掉|的)?(?!.{0,8}(?:坏|破|裂|碎|漏)了)|(?:不坏|未破损|未损坏)"
    r"|不是(?:坏|破|裂|碎|漏)了?"
    r"|\b(?:not|isn'?t|aren'?t|wasn'?t|weren'?t|never|nothing (?:is|was|came|arrived)|none (?:is|was|are|were)|no longer)(?: (?:at all|really|actually|been"
    r"|arrive))* (?:broken|damaged|cracked|leaking|faulty"
    r"|defective|bent|scratched|dented)\b|\b(?:no|without(?: any)?) (?:damages?|defects?|leaks?|cracks?)\b|\b(?:arrived|is|are|was|were) (?:all )?(?:intact"
    r"|undamaged|in perfect condition)\b",
    re.IGNORECASE,
)
_HURT = re.compile(r"坏|破|裂|碎|漏|损|\b(?:broken|damaged|cracked|leaking|faulty|defective|bent|scratched|dented|leaks?)\b", re.IGNORECASE)
# wishes about a whole order that no cancellation is
_OTHER_WISH = re.compile(
    rf"\b(?:put|place|keep)\b[^.;?!]{{0,24}}\bon (?:hold|ice|pause)\b|\b(?:hold|pause|suspend|freeze|park|split|merge|combine|consolidate|reopen|reactivate"
    rf"|restore) (?:up )?{_THING_EN}"
    rf"|\b(?:cancel|undo|withdraw|revoke|drop|scrap|stop|reverse)(?: (?:the|my|our|this|that|last|latest|previous|planned|requested|date|address|quantity"
    rf"|delivery|order))*"
    rf" (?:changes?|rescheduling|postponement|returns?|exchange|invoice|repair|claim|requests?|amendment|modification|update)\b(?! (?:in|the|my|our) )"
    rf"|(?:取消|撤销|撤回|撤掉)(?:一下)?{_OBJECT_ZH}的?(?:修改|更改|变更|改期|改动|退货|换货|开票|发票|报修|申请|理赔)"
    rf"|(?:先|暂时|暂)?(?:暂停|挂起|冻结|搁置|暂缓|拆单|拆分|合并|并单|恢复|重新激活)(?:一下)?{_OBJECT_ZH}",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:all|everything|every order|orders|any(?:thing)?)\b[^.,;?!]{0,12}\b(?:but|except(?: for)?|apart from|other than|besides|excluding)\b"
    r"|除了?[^。]{1,24}?(?:都|以外|之外|其[他它余])",
    re.IGNORECASE,
)

_REFUSED_NEXT = re.compile(
    r"\W*(?:no(?: need| way| thanks| chance)?|never|nope|nah|certainly not|不+|不要|不用|不行|没必要|没门|别逗了?|算了|才不)(?=[,.!;，。！；]|$)", re.IGNORECASE
)
_NAMES = re.compile(rf"(?:[\s,:]|\b(?:for|the|my|our|order|orders|number|no|and|or)\b\.?|{_NUMBER})+", re.IGNORECASE)


def forbids(text: str) -> bool:
    """Whether a text says that a change is not to be made ("千万别取消12345", "must not be cancelled"), and asks for no other behind it."""
    text = to_simplified(text)
    found = [*_FORBIDS.finditer(text)]
    return bool(found) and not _asks_another(text, found[-1].end()) and not _asked_before(text, found)


def refused_next(text: str, rest: str) -> bool:
    """Whether a question about an act is answered with a no by the words that follow it ("cancel 12366? No need, …", "取消12345?不用,…")."""
    return text.rstrip().endswith(("?", "？")) and _REFUSED_NEXT.match(to_simplified(rest)) is not None


def supposed(text: str) -> bool:
    """Whether a text only supposes a change ("if I cancelled 12366", "要是取消12345"), ponders one ("该不该取消"), or says that one may come."""
    text = to_simplified(text)
    return _MAY.search(text) is not None or pondered(text)


def pondered(text: str) -> bool:
    """Whether a change is only thought of ("thinking about cancelling 12366", "要不要取消12345")."""
    return _PONDERED.search(to_simplified(text)) is not None


def tells(text: str) -> bool:
    """Whether a text asks or tells of a change that somebody made or might make ("why did you cancel it?", "谁把日期改了"), and asks for none itself."""
    text = to_simplified(text)
    done = _DONE.search(text)
    return _TELLS.search(text) is not None or (done is not None and not _asks_another(text, done.end()))


def deferred(text: str) -> bool:
    """Whether a change is wished only later, or on a condition that nobody can tell now ("cancel it next week", "再不发货我就取消")."""
    for sentence in _SENTENCE.split(to_simplified(text)):
        if _LATER.search(sentence):
            return True
        if _ON_CONDITION.search(sentence) and not _NOW.search(sentence) and not _ASKED_TO_SAY.search(sentence):
            return True
    return False


def asked_for(text: str) -> bool:
    """Whether a text that names a change asks for it, now and without a condition."""
    return not (forbids(text) or supposed(text) or tells(text) or deferred(text) or wishes_otherwise(text))


def sound(text: str) -> bool:
    """Whether a text says that goods are not damaged, and of none that they are."""
    text = to_simplified(text)
    return _SOUND.search(text) is not None and _HURT.search(_SOUND.sub(" ", text)) is None


def wishes_otherwise(text: str) -> bool:
    """Whether something is wished for a whole order that is neither a change of its values nor its end: to hold, split, merge or restore it."""
    return _OTHER_WISH.search(to_simplified(text)) is not None


def excepted(text: str) -> str:
    """The words for the orders that are an exception from what is wished ("cancel everything but 12366", "除了12345都取消"); "" without one."""
    match = _BUT.search(to_simplified(text))
    if match is None:
        return ""
    named = match if match.group().startswith("除") else _NAMES.match(text, match.end())
    return named.group() if named else ""


def _asks_another(text: str, end: int) -> bool:
    """Whether behind a place another act is named that is not denied as well."""
    return any(_NEGATED.search(text[end : match.start()]) is None for match in _AGAIN.finditer(text, end))


def _asked_before(text: str, found: list[re.Match[str]]) -> bool:
    """Whether before what is denied another act is named that is not ("取消12345，不要发货了")."""
    denied = {_kind(act.group()) for match in found for act in _ACT.finditer(match.group())}
    before = text[: found[0].start()]
    acts = [match for match in _AGAIN.finditer(before) if _NEGATED.search(before[: match.start()]) is None]
    return any(_kind(act.group()) not in denied for match in acts for act in _ACT.finditer(match.group()))


def _kind(act: str) -> str:
    """An act by the beginning of its word: "cancelled" and "cancel", "取消" and "取消"."""
    return act.lower()[:4] if act.isascii() else act[:1]
