"""A yes in a sentence of its own beside words that no table knows: consent stands by itself, and nothing beside it could take it back or ask for more.

Where `yesno_cover` knows every word of a message, this knows every word that may carry a condition, a doubt, another wish or a value; a message with any of
those is none of its business.
"""

from __future__ import annotations

import re

from assistant.understanding.yesno_acts import Acts
from assistant.understanding.yesno_cover import cover
from assistant.understanding.yesno_form import prepared
from assistant.understanding.yesno_words import PLAIN

_MOST_WORDS = 40
_CLAUSE = re.compile(
    r"[，,。.!！;；\n:：…~～—–]+|\s-\s|\b(?:so(?! (?:much|very|quick|kind|good|nice|fast|well))|and|therefore)\b|(?<=[\u3400-\u9fff])\s+|所以|那么?就|因此"
)
# closed classes: condition, contrast, time to come, addition, choice, doubt, wish, question, negation, and what a preview may show
_WORDS_EN = """
if unless once until till when whenever after before while long provided assuming in case only but except however though although instead rather other
others another else different also too plus additionally both either neither or wait hold hang stop pause later tomorrow tonight monday tuesday wednesday
thursday friday saturday sunday week month soon first then next afterwards maybe perhaps might may could would should can shall will ll d going gonna let
lets need needs needed want wants wanted wish hope think thinks thinking thought guess suppose supposed assume believe reckon check ask asks asking see
look looks looking call send tell know talk speak discuss decide depend depends consider verify clarify explain remind try what why how who which where
whether more less fewer cheaper cheapest bigger smaller faster sooner earlier change changed changes update add remove cancel keep switch move swap replace
split reduce increase date day address quantity qty price prices fee fees cost costs charge charges free discount refund credit invoice amount total
delivery shipping freight ship deliver return order orders item items product line lines piece pieces pcs one ones two half part partly partially mostly
almost nearly somewhat probably possibly likely pending subject draft example hypothetical hypothetically theory pretend joke joking kidding lol haha
refuse reject deny wrong mistake error sorry calling sending waiting changing adding removing cancelling canceling keeping moving switching returning
ordering deciding no not never nothing nobody none nor without cannot cant dont doesnt didnt wont wouldnt couldnt shouldnt isnt arent wasnt havent hasnt
hadnt aint minus yet still even whatever someday sometime eventually manager human agent person somebody someone anyone
"""
_BLOCKED_EN = re.compile(rf"\b(?:{'|'.join(sorted(set(_WORDS_EN.split())))})\b|\d|[a-z]'?d like|\b(?:sort|kind) of\b")
_BLOCKED_ZH = re.compile(
    "如果|要是|若|假如|倘|万一|除非|只要|只有|只能|只|等|先|再|但|不过|然而|可是|却|反而|另|其[他它]|别|还|也|顺便|"
    "同时|或|要么|吗|呢|么|啥|怎|为何|哪|谁|几|多少|何|能|会|将|可不|是不是|应该|应当|可能|大概|也许|或许|好像|似乎|"
    "估计|差不多|基本|暂|觉得|认为|想|问|看|查|商量|讨论|考虑|研究|核|联系|打|发|告诉|通知|提醒|解释|说明|改成|改为|"
    "改到|换|加|减|增|少|多|取消|撤|退|保留|拆|分|不|没|无|未|勿|非|莫|甭|休|日期|日子|地址|数量|价|费|钱|款|票|"
    "金额|运|送|货|单|台|件|个|只|套|错|误|今|明|后|前|晚|早|周|星期|月|号|时候|才|怕|要|需|希望|愿|求|让|叫|"
    "的话|为准|请示|批|一半|部分|其中|人工|客服|经理|领导|"
    "[0-9〇一二三四五六七八九十百千两]"
)
# a stretch that is a sentence or a courtesy, and not the bare name of another wish ("yes, Hamburg")
_SENTENCE = re.compile(
    r"\b(?:i|ive|im|we|weve|were|my|our|us|me|it|its|that|thats|this|is|are|was|has|have|had|he|she|they|you|your|youre|all|everything|everyone|"
    r"thanks|thank|regards|cheers|greetings|fine|good|right|correct|sense)\b|[我咱俺您你他她它这那是了都吧啊呀啦哈哦嗯呗嘛谢辛苦对好行成妥]"
)


def stands_alone(simple: str, acts: Acts) -> bool:
    """Whether one clause of a message is a full yes and no other could take it back, doubt it, or ask for anything."""
    clauses = [clause.strip() for clause in _CLAUSE.split(simple) if clause and clause.strip()]
    consents = False
    for clause in clauses:
        message = prepared(clause, [])
        if not message.starts:
            continue
        states = cover(message, acts)[len(message.starts)]
        if states:
            consents = consents or any(strength == PLAIN and not acknowledged for strength, acknowledged in states)
        elif len(message.starts) > _MOST_WORDS or not _harmless(message.form):
            return False
    return consents


def _harmless(form: str) -> bool:
    return not (_BLOCKED_EN.search(form) or _BLOCKED_ZH.search(form)) and bool(_SENTENCE.search(form))
