"""What takes consent back although every word around it is covered: consent still to be got, another act or plan, counter-facts; no judgement of messages.

The statements that may stand beside a yes have open subjects; here their objects and predicates are closed: whoever or whatever is not listed behind
"works with", "time to" or "was cancelled" makes the message no yes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from assistant.types import Json

_PERSON = (
    r"(?:老板娘?|领导|经理|主管|客户|甲方|业主|上面|上头|上级|财务|采购|总部|总监|厂长|厂里|工地|现场|仓库|负责人|主任|部门|法务|董事会|董事长|股东|"
    r"对方|供应商|"
    r"同事|大家|我们|我方|我司|公司|他们|她们|人家|会计|总经理|老总|项目部|业务|[一-鿿]{1,2}[总工])"
)
_CONSENT_ZH = r"(?:同意|确认|批准|批|认可|点头|签字|签|审批|核准|授权|说了算|拍板|答应|许可|首肯|放行|定夺|决定|说可以|说行|点个头|松口|表态)"
_FUTURE = r"(?:confirm|approve|accept|agree|consent|authori[sz]e|okay|sign|decide|reply|answer|respond|acknowledge)"
_COST = r"(?:fees?|charges?|costs?|price|difference|deduction|penalty|surcharge|amount|restocking)"
_WITH = (
    r"(?:works?|suits?|fits|matches|agreed|agree|confirmed|approved|accepted|cleared|arranged|settled|discussed|spoke|spoken|talked|checked|consulted|aligned|"
    r"coordinated|ok|okay|fine|yes|sure|great|perfect|good)(?: (?:it|this|that|out|well|perfectly|nicely|everything|about it|great|fine|better|just fine))?"
)
_PLACED = (
    r"(?:crew|crews|teams?|customers?|clients?|boss|manager|managers|management|buyer|supervisor|foreman|director|owner|engineers?|engineering|installers?|"
    r"installation|fitters|contractors?|technicians?|mechanics|electricians?|warehouse|sites?|plant|factory|dock|office|hall|schedule|schedules|plans?|"
    r"planning|planner|calendar|diary|project|programme|program|timeline|timing|timetable|production|purchasing|procurement|finance|accounting|accounts|"
    r"logistics|department|departments|people|staff|side|end|colleagues?|guys|lads|folks|workshop|line|shift|shutdown|maintenance|operations|lab|partners?|"
    r"users?|drivers?|workers|builders|build|construction|works|needs|requirements|setup|system|process|purposes?|budget|books|records?|po|papers|paperwork|"
    r"files?|contract|drawings?|order|list|quote|sheet|invoice|operators?|crane|forklift|commissioning|start|opening|store|yard|facility|building|"
    r"layout|rollout|"
    r"milestones?|deadline|agenda|change|changes|date|fees?|charges?|costs?|price|prices|difference|deduction|penalty|surcharge|balance|total|amounts?|address|"
    r"quantity|model|application|unit|units|machine|machines|line|lines|pipework|piping|pipe|pipes|base|frame|foundation|cabinet)"
)
_ALLOWED = (
    r"(?!(?:(?!(?:the|this|that|our|your|these|those)\b)[a-z]+ )?(?:changes?|fees?|charges?|costs?|prices?|deadline|order|invoice|quote|contract|deduction|"
    r"penalty|surcharge|amounts?|budget|requirements?|drawings?)\b)"
    r"(?:me|us|you|it|this|that|these|those|them|him|her|everyone|everybody|everything|all|both|§|thanks|pleasure|joy|full|order|person|writing|here|"
    r"there|any|sure|the §|"
    r"place|time|my|now|gusto|immediate effect|all of (?:us|it)|gratitude|mr [a-z]+|ms [a-z]+|mrs [a-z]+|"
    rf"(?:(?:the|our|my|all|all the|a|your|his|their|this|that|these|§) )*(?!(?:no|zero|half|few|other|another|old|only|rival|nobody)\b)(?:[a-z]+ )??{_PLACED})"
    r"(?![a-z])"
)
_PREPARING = (
    r"(?:prepare|plan|get ready|get set|finish|clear|organi[sz]e|arrange|set up|set things up|unload|complete|install|build|clean|schedule|make room|"
    r"make space|"
    r"empty|train|dig|pour|paint|dry|cure|get)"
)
_OBJECT = (
    r"(?:up|out|in|for|the|our|my|a|an|some|it|them|everything|this|that|new|more|all|of|to|on|space|room|floor|foundations?|base|ready|things|"
    r"concrete|roof|area|"
    rf"arrival|receipt|unloading|delivery|shelves|racks|storage|pipework|{_PLACED})"
)
_THEN = (
    r"(?=$| (?:yes|yeah|yep|ok|okay|so|and|please|pls|thanks|thank|thx|cheers|go|then|confirm|confirmed|agreed|approve|approved|sure|perfect|"
    r"great|good|beforehand|first)\b)"
)
_ANY = re.compile(
    # consent that is still to come, or is somebody else's
    rf"\b(?:i|we|they|he|she|you) (?:will|shall|ll|am going to|are going to)(?: (?:then|soon|shortly|later|also|gladly|happily|be))* (?:{_FUTURE}(?:ing)?)\b"
    rf"(?! (?:(?:the|that|this|a|any|your|§|of) )*(?:[a-z]+ )?{_COST})|\b(?:ill|well) {_FUTURE}\b(?= (?:later|soon|shortly|then|once))|"
    # another plan, once more, or other than shown
    r"\bas (?:originally |initially |previously )?(?:planned|scheduled|before|normal)\b|"
    r"\b(?:do|make|run|send|process|go|cancel|change|move|submit|book|return|proceed|file|register|ship|order)(?: (?:it|this|that|so|them))? "
    r"(?:again|once more|once again|over again|over|one more time|twice|a second time)\b(?! to)|"
    r"\b(?:please|kindly|just|lets|pls|do) (?:correct|adjust|amend|modify|revise|rectify|edit|alter|redo|rework)(?: (?:it|this|that|"
    r"accordingly))?(?=$| (?:please|"
    r"pls|thanks|thank|asap|now|first|accordingly)\b)|^(?:correct|adjust|amend|revise|rectify) (?:please|it|this)(?= please$|$)|"
    r"^(?:oh|ah|wow|gee|ooh|aw)(?: (?:how|just|thats|that is|so|very))* (?:great|good|nice|wonderful|fantastic|lovely|super|brilliant|perfect|"
    r"excellent|awesome|"
    r"terrific|splendid|superb|marvell?ous|cool)(?: (?:thanks|thank you|thanks a lot))?$|"
    r"\b(?:ok|okay|yes|sure|fine) and(?: then| so)?$|^basically\b|\bmore or less\b|\bso so\b|"
    # open objects closed
    rf"\b{_WITH} (?:with|for|in) (?!{_ALLOWED})|\b(?:suits|fits|helps|matches)(?! (?:{_ALLOWED}|well|perfectly|better|fine|nicely|great|best|just|"
    rf"very|really|in|for|"
    rf"with|and|so|thanks|thank|please|yes|ok|go|a lot|too|then)(?![a-z]))(?= [a-z])|"
    rf"\b(?:time|days|room|space|weeks) (?:to|for) (?!{_PREPARING}(?: {_OBJECT}){{0,6}}{_THEN}|(?:(?:the|our|a|an|my) )*{_OBJECT}{_THEN})|"
    # how things stand where it tells nothing of consent
    r"\b(?:is|are|was|were|re|im|am|s|all|so|too|very|really|currently|completely|totally|fully|still|quite|were|our \w+) "
    r"(?:busy|full|packed|swamped|overloaded|overbooked|booked up|booked out|fully booked|flooded|jammed)\b(?! (?:until|till|before|up to) (?:then|that))|"
    r"\b(?:moved|relocated) (?:out|away|on|back)\b|"
    r"\bthere and (?:here|there)\b|\b(?:and|or|also) here\b|\bhere and there\b|"
    rf"\b{_COST}(?: of §)? (?:is|are|goes|should be|s)(?: \w+)? (?:yours|on you|your \w+|to you|theirs|on them)\b|\byour (?:\w+ )?(?:fees?|charges?|"
    rf"surcharge)\b|"
    rf"\b{_COST} (?:is|are) (?:fine|ok|okay|good|acceptable) (?:for|by|with) (?:the|our|your)\b"
)
_SAID = re.compile(
    rf"(?<![懂值觉舍获取晓])(?:还?得|须|必须|需要?|尚?待|等|有待|还要|要|由|只要)(?:先|要|再|等|让|由|经|找|问|有|看)*{_PERSON}(?:那边|这边|们|都|也|"
    rf"先|再|的|最后|最终|"
    rf"书面|正式|内部|统一|全部)*{_CONSENT_ZH}(?!了|过)|"
    rf"(?:^|[，,。!！;；\s])是(?:我们?的?|咱们?的?)?{_PERSON}(?:那边|这边|们|都|也|已经|已|刚|自己)*(?:说|讲|同意|批|确认|认可|答应|点头|觉得|认为|表示)|"
    r"收到(?:了|货|款|钱|通知|邮件|确认)*(?:再|后|之后|以后|才|就再)|(?:没|未|还没)(?:拆|开|用|动|碰)[^，。,.]{0,3}[吧嘛]\s*$|"
    r"(?:满|爆满|爆仓|忙|饱和)了(?!意)(?!.{0,4}(?:意))|"
    r"(?<!同意)(?<!确认)(?<!接受)(?<!认可)(?<!已经)(?:推迟|延期|推后|延后|延误|顺延|拖期|滞后|改期)了|(?:搬走|搬出|搬空|迁走|迁出)(?:去)?了"
)
_MOVED = re.compile(r"\b(?:moved|relocated)\b|搬(?:家|迁|完|过去|到[^，。,.]{1,8})?了")

_OFF = re.compile(
    r"\b(?:called off|cancell?ed|scrapped|shelved|dropped|axed|abandoned|on hold|dead|withdrawn|pulled(?! out)|killed|terminated|suspended|"
    r"discontinued|history)\b"
)
_PROJECT = re.compile(
    r"(?:^|\b)(?:it|its|this|that|they|he|she|§|yes|ok|okay|sure|please|we|i|(?<!rival )(?:projects?|orders?|jobs?|contracts?|tenders?|customers?|"
    r"clients?|events?|"
    r"sites?|lines?|build|expansion|program(?:me)?|plans?|investment|installation|construction|works|phase|deal|boss|buyer|budget|extension|upgrade|renovation|"
    r"purchase|plant|factory|need|campaign|retrofit|head office|management|owner|machines?|equipment))(?: (?:here|there|behind it|for it|s|is|are|was|"
    r"were|be|been|has|have|had|got|"
    r"to|now|already|just|all|also|completely|unfortunately|suddenly|been|and|so|as|indeed))*\s*$"
)
_RIVAL = re.compile(r"\b(?:rivals?|competing|competitors?|backup|alternatives?|other|replacement|substitute)\b|备选|备用方案|替代|竞品|竞争|对手|别的|另一个")
_OFF_ZH = re.compile(r"(?:被)?(?:取消|停产|停工|黄|搁置|终止|叫停|砍|下马|泡汤|散|流产|中止)(?:掉)?了")
_PROJECT_ZH = re.compile(
    r"(?:^|项目|工程|订单|单子|单|客户|甲方|业主|计划|合同|产线|生产线|工地|厂里?|车间|我们|他们|需求|采购|预算|投资|招标|活动|扩建|扩产|改造|公司|老板|领导|"
    r"总部|终端|用户|它|§|帮我?|请|麻烦|把|给我?|就|可以|同意|确认|直接|好|行|对|是|的|也|那边|这边|吧|都|全部|下游)(?:那边|这边|突然|临时|已经|已|都|"
    r"也|刚|全|又|"
    r"给|现在|因故|确实|的确|真的)*$"
)
_PARTS = re.compile(r"[，,。.!！;；\n\s]+")
_UNDO = re.compile(
    r"\b(?:cancel|cancell?ing|drop|scrap|call off|undo|revoke|stop|withdraw) (?:(?:the|this|that|my|our|your|a|any|it|these|all) )*(?:(?!order\b)[a-z]+ )?"
    r"(?:cancell?ations?|changes?|requests?|operations?|actions?|applications?|amendments?|modifications?|updates?|process|procedure|tickets?|cancell?ing)\b|"
    r"\b(?:got|found|have|received) (?:it|them)(?! (?:from|elsewhere|locally|somewhere|at|through|in|nearby|internally|cheaper|here))|"
    r"\b(?:need|want) (?:the )?(?:money|hassle|trouble|changes?|those changes)\b|\btoo early\b|\b(?:changed|changes) (?:the|their|our) plans?\b"
)
_UNDO_ZH = re.compile(
    r"(?:取消|撤销|撤回|作废)(?:掉|了|一下)?(?:这个|这次|这笔|这项|本次|此次|该|那个|那次|我的|我们的|刚才|上面|之前|的)*(?:取消|撤销|操作|申请|修改|"
    r"变更|改动|流程|动作|"
    r"请求|指令|更改|调整)"
)
_HERE = re.compile(
    r"\b(?:goods|order|parts|pumps?|delivery|shipment|items|they|it|§|crew|site|team|truck)(?: (?:is|are|was|were|have|has|had|just|already|all|"
    r"finally|recently))* "
    r"(?:arrived|turned up|got here|came|delivered|ready|open(?:ed)?|back)\b"
)
_PLAN = re.compile(r"\bplan (?:[a-e]|[0-9]+|one|two|three)\b")
_SOUND = re.compile(
    r"\ball good\b|\bworks? fine\b|是好的|(?:我们?|咱们?|自己|司机|叉车)(?:这边|自己|不小心|给)*(?:摔|压|弄|碰|砸|磕|撞|打|搞)(?:坏|裂|破|断|碎|烂|的)|"
    r"\b(?:we|i|ourselves|our \w+)(?: (?:have|ve|accidentally|just|probably|must have))* (?:dropped|broke|crushed|cracked|smashed|damaged|bent|"
    r"scratched|dented)\b|"
    r"\b(?:and|also) (?:the|our|its|a|another) \w+(?: \w+)? (?:is|are|was|were|got) |[也又还](?:都)?(?:裂|坏|漏|破|断|碎|变形|凹)"
)
_SYMPTOM = re.compile(
    r"\b(?:leak|vibrat|overheat|trip|stop|humm|rattl|smok|nois|stuck|block|dead|broken|crack|seiz|burn|spark|jam|smell|hot|loud|rust)[a-z]*|"
    r"漏|异响|不转|不启动|过热|发烫|发热|跳闸|震动|振动|抖|卡|堵|停机|不出水|冒烟|噪音|声音|响|坏|裂|断|烧|锈|变形"
)
_PART_ZH = re.compile(
    r"(电机|马达|轴承|主轴|叶轮|阀门?|法兰|密封|机封|泵体|泵壳|泵|接头|管路|控制器|变频器|传感器|线圈|风扇|底座|外壳)[也又都还全]*(?:裂|坏|漏|破|断|"
    r"碎|变形|凹|烧|锈)"
)
_UNFIT = re.compile(
    r"§(?: (?:really|just|simply))*(?:(?:装|放)不[上进下]|用不了|配不上|不合适|不匹配|不合用|太[大小]|偏[大小]|不对|也?不行| (?:doesnt|does not|dont|"
    r"wont|is too|is not|isnt))"
)


def taken_back(form: str, simple: str, groups: Set[str], *, shown: Mapping[str, tuple[Json, ...]]) -> bool:
    """Whether a message (in matching form, and in simplified lower case) holds what makes no consent of any words around it, for these acts."""
    if _ANY.search(form) or _SAID.search(simple) or _PLAN.search(simple) or ("address" not in shown and _MOVED.search(form)):
        return True
    if groups & {"cancel", "return"} and (_undone(form, simple) or _UNDO.search(form) or _UNDO_ZH.search(simple)):
        return True
    if "cancel" in groups and _HERE.search(form):
        return True
    if groups & {"claim", "repair"} and (_SOUND.search(form) or _another_fault(form, shown)):
        return True
    return "exchange" in groups and _UNFIT.search(form) is not None


def _undone(form: str, simple: str) -> bool:
    """Whether something else than a project, an order or a customer is said to be off: a ban or a strike that is over gives no reason to cancel."""
    found = list(_OFF.finditer(form))
    if any(not _PROJECT.search(form[: match.start()]) for match in found) or ((found or _OFF_ZH.search(simple)) and _RIVAL.search(form)):
        return True
    return any(not _PROJECT_ZH.search(part[: match.start()]) for part in _PARTS.split(simple) for match in _OFF_ZH.finditer(part))


def _another_fault(form: str, shown: Mapping[str, tuple[Json, ...]]) -> bool:
    """Whether a fault or a broken part is told that the preview does not."""
    told = " ".join(str(value).lower() for value in shown.get("text", ()))
    if any(match[1] not in told for match in _PART_ZH.finditer(form)):
        return True
    return bool(told) and any(match.group()[:4] not in told for match in _SYMPTOM.finditer(form))
