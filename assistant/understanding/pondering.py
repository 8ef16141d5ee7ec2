"""Tells by grammar that a customer takes time to think or to ask people of their own ("I'll sleep on it", "我问问领导"): nothing is wanted; closed classes."""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_WE = r"(?:我们?|咱们?|俺们?|自己|这边|回头|先|再|还|得|要|需要|想|容我?|让我?|等我?|有空|改天|过后|之后|明天|今天|晚点|稍后|可能|也|去|来|跟|和|同|给)*"
_OWN_ZH = (
    r"(?:(?:我们?|咱们?|俺们?)的?)?(?:公司|单位|厂里?|部门|学校|店里|家里)?的?"
    r"(?:领导|老板|经理|主管|总监|主任|校长|同事|采购|财务|仓库|老师|工程师|师傅|家里人?|爱人|合伙人|团队|上级|头儿|负责人|那边|大家|别人|他们|内部|部门|老总)们?"
)
_THINK_ZH = r"(?:考虑|想|琢磨|斟酌|思考|掂量|合计|寻思|犹豫|权衡|研究|商量|讨论)"
_LEAD = r"(?:好的?|行|嗯+|哦+|那|那么|ok|okay|知道了|明白了?|了解了?|可以|算了|这样啊?|不急|[，,。.!！\s])*"
_ZH = (
    rf"{_LEAD}{_WE}(?:{_THINK_ZH}(?:一下子?|一想|想|一会儿?|几天|考虑|下)?|想一?想|考虑考虑|琢磨琢磨|商量商量|研究研究)(?:再(?:说|定|决定|回|联系|找)[^，。？?]{{0,6}})?"
    r"[吧呢啊哈了]*[。.!！]*",
    rf"{_LEAD}{_WE}(?:问一?问|请示|汇报|请教|商量|商量商量|讨论|沟通|确认|说|核实|打听)(?:一下|下)?{_OWN_ZH}(?:看看|再说|再定|一下|意见)*[吧呢啊哈了]*[。.!！]*",
    rf"{_LEAD}{_WE}{_OWN_ZH}(?:问一?问|请示|汇报|商量商量|商量|讨论|沟通|确认|合计|说一?声|说|核实)(?:一下|下)?(?:看看|再说|再定|再决定)*"
    r"[吧呢啊哈了]*[。.!！]*",
    rf"{_LEAD}(?:回头|过后|过几天|改天|晚点|以后|之后)(?:我们?)?再(?:说|定|联系|决定|看)吧?[。.!！]*",
)
_THINK_EN = r"(?:think|sleep|mull|ponder|reflect|consider|chew|decide)"
_OWN_EN = (
    r"(?:my|our|the) (?:own )?(?:boss|bosses|manager|managers|team|colleagues?|co-?workers?|wife|husband|partner|partners|director|supervisor|accountant"
    r"|accounting|finance|purchasing|procurement|engineers?|office|headquarters|head office|hq|people|guys|board|ceo|cfo|lead|principal|staff|warehouse"
    r"|department|folks|company)"
)
_START_EN = (
    r"(?:(?:ok|okay|alright|all right|right|fine|well|hmm+|thanks|thank you|cool|good|great|got it|i see|no|so|then|and|but|yeah|sure|noted)[\s,.!]+)*"
    r"(?:(?:please )?(?:let|give) (?:me|us)|(?:i|we)(?:'ll| will|ll|'d| would)?(?: just| still| first)?"
    r"(?: (?:need|have|want|got|like|better|gotta|must|should))?(?:'ve got)?(?: to)?|gotta|need to|have to|will|'ll)(?: just| first)?"
)
_END_EN = (
    r"(?:[\s,]*(?:first|about (?:it|this|that)|on it|it|this|that|over|then|thanks|thank you|again|later|and (?:get|come) back(?: to you)?"
    r"|before .{1,30}))*[\s.!]*"
)
_EN = (
    rf"{_START_EN} {_THINK_EN}(?: (?:about|on|over|it|this|that|some more|a bit|again|a moment|for a (?:bit|while|day)))*{_END_EN}",
    rf"{_START_EN} (?:a (?:moment|minute|day|bit)|some time|time)(?: to (?:think|decide|consider))?{_END_EN}",
    rf"{_START_EN} (?:run (?:it|this|that) (?:by|past)|(?:talk|speak|check|discuss|confirm|clear|go over|consult)(?: (?:it|this|that|things))?"
    rf"(?: (?:with|to|over with))?|ask|see what|get (?:the )?ok(?:ay)? from|wait for) {_OWN_EN}(?: (?:think|thinks|say|says|want|wants))?{_END_EN}",
    rf"{_START_EN} (?:get|come) back to you{_END_EN}",
)
_PONDERS = re.compile("|".join(f"(?:{each})" for each in (*_ZH, *_EN)), re.IGNORECASE)
_SHORT = 60


def ponders(text: str) -> bool:
    """Whether all that a text says is that the customer takes time to think, or asks people of their own."""
    text = to_simplified(text).strip().replace("’", "'")
    return len(text) <= _SHORT and _PONDERS.fullmatch(text) is not None
