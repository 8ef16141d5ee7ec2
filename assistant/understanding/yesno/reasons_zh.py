"""Why somebody says yes, in Chinese: what happened, who waits, who agreed; statements whose nouns may be any words and whose predicates are closed classes.

A noun nobody knows changes nothing ("泵房盖好了"), a predicate nobody knows may ("泵房优先"): so the subject is open and all that is said of it is listed. No
character of a denial, a condition, a doubt, a question, a time or a change stands in an open subject. A statement only stands beside consent, never for it.
What contradicts an act (a project that is off) belongs to the acts it is a reason for.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from assistant.understanding.yesno.words import FILLER, NOTED, Clause, bounded

_NO_CHAR = (
    "不没別别未非勿无否莫甭唔吗呢吧么嘛再等但如若假要改换退只仅除谁何哪几多少怎啥能应该似估或许价钱费惠折扣便宜贵错问议疑想虑考找请让叫把给去早晚午半另其它旧"
    "分两批原前后先才就也都又还月日周期天年时候明暂缓停止取消撤拒反对是有在会可行好成确定认同意批准送发运寄到达加减少催急吵闹赔告诉投律法院一二三四五六七八九"
    "十百千"
)
_NOUN = rf"[^{_NO_CHAR}\x00-\x7f§，。]"
_WE = (
    r"(?:我们公司|我们这边|我们那边|我们|我这边|我司|我方|咱们|公司|这边|厂里|我|他们|人家|大家|老板|领导|老总|总部|现场|工地|客户|甲方|业主|采购|财务|仓库|"
    r"车间|项目部?|设备部|生产|会计|工人|师傅|司机)"
)
_WHO = rf"(?:{_WE}(?:那边|这边|那里|那儿|们|的)?)?{_NOUN}{{0,7}}(?:那边|这边|那里|那儿|们)?"
_SO = r"(?:因为|由于|毕竟|主要是?|正好|刚好|确实|的确|反正|其实|这不|所以|也是)?"
_AUX = r"(?:已经|已|都|刚刚|刚|也|又|全|全部|早就|早|一直|正|还|现在|目前|今天|昨天|前天|上周|上个月|最近|这几天|这两天|确实|的确|就|一起|那边|这边|正式)*"
_TIME = r"(?:§那天|§|那天|当天|届时|到时候?|那时候?|这天)?"
_DONE = r"(?:了|过了|好了|完了|过|的|啦|呢|着|着呢|得很)*"
_NO_QUESTION = r"(?![吗么吧嘛不没])"

# what speaks for any act: who waits for it, what is ready for it
_HELPS: tuple[str, ...] = (
    rf"(?<![么着]){_SO}{_WHO}{_AUX}(?:很|挺|比较|特别|非常|有点|真|太|在|天天|老|一直在)*(?:急|着急|急用|急需|急要|催|催货|催得紧|催得急|催得厉害|盼着|等着|"
    rf"等用|等着用|等着呢|等着要|等着装|等米下锅|赶工期?|赶进度|赶时间|赶着用)"
    rf"(?:这批|这个|这)?(?:货|泵|设备|件|料|东西|发票|票|用)?{_DONE}",
    rf"{_SO}{_TIME}{_WHO}{_TIME}{_AUX}(?:有人|有车|有叉车|有吊车|有地方|有空位|有空|安排了人|安排人|留了人)(?:收货|接货|收|接|卸货|卸车|签收|值班|在|放|"
    rf"存放)?{_DONE}",
    rf"{_SO}{_TIME}{_WHO}{_TIME}{_AUX}(?:安排|组织|留人|派人)(?:收货|接货|卸货|卸车|签收|安装|施工|人收货|人接货|人卸货|人手){_DONE}",
    rf"{_SO}{_TIME}{_WHO}{_TIME}{_AUX}(?:才|刚好|正好|就|都)*(?:能|能够|可以|方便|具备|满足)(?:收货|接货|卸货|卸车|签收|收|接|安装|开工|施工|进场|入库|"
    rf"收货条件|安装条件|施工条件|条件|存放){_DONE}",
    rf"{_SO}{_TIME}{_WHO}{_AUX}(?:扩建|扩产|搬|搬家|搬迁|搬过去|搬走|搬完|开张|开业|投产|完工|竣工|启用|启动|建好|盖好|建成|盖起来|到位|就绪|验收|通电|通水|"
    rf"腾出来|清出来|空出来|收拾好|装修好|装好|弄好|修好|恢复生产|复工|"
    rf"开工|进场|上线|落成|交付使用|运行|投用)(?:了|过了|好了|完了|到{_NOUN}{{1,6}}了?|的)*",
    rf"{_SO}(?:{_WE})?(?:已经|已|都|刚刚|刚|上个月|上周|去年|今年|最近)*(?:搬|搬家|搬迁)(?:到|去|进)?(?:{_NOUN}{{0,8}}|§)(?:那边|这边)?(?:了|的)+",
    rf"{_SO}(?:财务|会计|{_WE}|{_NOUN}{{0,5}})(?:那边|这边)?{_AUX}(?:等着|急着|催着|等|要|需要|得|急|赶着|准备)(?:拿)?(?:去|来|给)?(?:做账|入账|报销|抵扣|"
    rf"报税|付款|结账|月结|关账|交差|走账|用|冲账|付钱|核销){_DONE}",
    rf"(?:这样|这|离{_WHO}|离我们|离现场|离工地|那边|新地址|§)*(?:更|也|比较|最|挺|很|都|就)*(?:近|近一点|近些|方便|顺路|合适|省事|省心|稳妥|好收货|方便收货|"
    rf"方便卸货)(?:多|点|些|一点)?(?:了|的)*",
)  # fmt: skip
# … and what was agreed or looked at, which alone says that something was understood
_ANY: tuple[str, ...] = (
    rf"{_SO}{_WHO}{_AUX}(?:批了|批过了|签了|签过了|同意|批准|点头|签字|确认|认可|通过|审批|审批通过|知道|知情|知悉|答应|拍板|发话|盖章|ok|okay|说可以|说行|"
    rf"说没问题|说同意|说好|没意见|没有意见|没问题|没异议){_DONE}",
    rf"{_SO}{_WHO}{_AUX}(?:安排|准备|协调|沟通|说|讲|谈|商量|定|通知|交代|打过招呼|打招呼|联系|腾|布置|预留|核对|核实|检查|清点|测量|看|对|商定|敲定|"
    rf"约)(?:好|妥|妥当|到位|过|清楚|完){_DONE}",
    rf"{_SO}(?:{_WE}|{_AUX})(?:已经|已|都|刚刚|刚)*(?:跟|和|与|同|找|问过?|请示过?){_WHO}{_AUX}(?:确认|商量|沟通|核实|打招呼|说|讲|谈|请示|汇报|核对|对|约|"
    rf"定|协调)(?:过|好|妥|清楚|定)+{_DONE}",
    rf"{_SO}(?:{_WE}|{_AUX})*(?:看|核对|检查|核实|比对|查|确认|审|审核)(?:过|了|好|完|清楚)+{_NOUN}{{0,6}}(?:了)?(?:一遍|两遍|几遍)?",
    rf"(?:这)?(?:是|就是|正是)(?:我们|我|{_WHO})?(?:跟|和|与){_WHO}(?:说好|讲好|谈好|定好|约好|商量好|约定|沟通好)(?:的|了)+(?:日子|时间|日期|地址|数量|方案|"
    rf"安排)?",
)  # fmt: skip

_OFF = (
    r"(?:停|停工|停产|黄|取消|暂停|搁置|终止|下马|叫停|流产|泡汤|撤|撤单|撤回|撤资|中止|散|结束|关停|关|关门|倒闭|破产|跑路|毁约|退单|砍|砍掉|变卦|变|变更|"
    r"砍预算|没|没戏|没下文|推迟)"
)
_NEEDLESS = (
    rf"{_SO}{_WHO}{_AUX}(?:用不上|用不着|用不到|用不完|不缺|够用|够|有库存|有现货|有货|有替代|有存货|库存够|库存够用|库存足够|库存充足|用不了){_DONE}",
    rf"{_SO}{_WHO}{_AUX}(?:不需要|不要|不想要|不做|不干|不买|不上)(?:了|啦)(?:的)?",
    rf"{_SO}(?:{_WE})?{_AUX}(?:用|找|改用|换|买|订|定)(?:了)?(?:别家|另一家|其他家|本地)(?:的|供应商|货)*了?{_DONE}",
    rf"{_SO}{_WHO}{_AUX}(?:从)?(?:别家|别处|别的地方|其他地方|本地|另外|当地|别的供应商)(?:买|采购|订|调|找|拿)(?:到|好|了|过)*{_DONE}",
)
_ORDERED_WRONG = (
    rf"{_SO}{_WHO}{_AUX}(?:重复|下重|买重|订重|重|下错|买错|订错|拍错|多下|多买|多订|下多|买多|订多|误下)(?:下单|下|"
    rf"订货|订|购买|买|型号|规格|数量|单)?(?:了)?"
    rf"(?:一次|两次|两遍|一单|几个|一些|一个|两个|单|型号|规格|数量|尺寸)?{_DONE}",
)
_CALLED_OFF = (
    rf"{_SO}{_WHO}{_AUX}(?:被)?{_OFF}(?:掉)?(?:了单|了订单)?(?:了|啦|的)+",
    rf"{_SO}{_WHO}{_AUX}(?:改|换|变|变更|调整)(?:方案|设计|图纸|计划|思路|供应商|工艺|布局){_DONE}|{_SO}(?:方案|设计|图纸|计划|工艺|布局){_AUX}(?:改|变|换|"
    rf"调整)(?:了|过了|掉了)+",
)
_UNFIT = (
    rf"{_SO}{_WHO}{_AUX}(?:装不上|装不进去|用不了|配不上){_DONE}",
    rf"{_SO}{_WHO}{_AUX}(?:尺寸|型号|规格|接口|口径|电压|功率|流量|扬程|螺纹){_AUX}(?:不合适|不匹配|不对口|对不上|不合用|不适用|偏大|偏小|太大|太小|大了|"
    rf"小了|不够大|不符合要求){_DONE}",
)
_MORE = (
    rf"{_SO}{_WHO}{_AUX}(?:追加|增加|加单|加量|扩产|增产|加了单)(?:了|的)+",
    rf"{_SO}{_WHO}{_AUX}(?:多|增加|加|新增|新上|新开|添|扩|上|少|减|减少|砍)(?:了)?(?:一|两|几|好几)?(?:个|条|台|套|间|座|处|批|组|"
    rf"片)(?:新的?)?{_NOUN}{{0,7}}(?:了)?",
    r"多(?:订|要|买|备|来)(?:几|两)(?:台|个|件|套)?(?:做|当|留着|留|拿来)?(?:备用|备件|备着|周转)(?:用)?(?:的)?",
    rf"{_SO}{_WHO}{_AUX}(?:用量|需求|需求量|产量|订单|库存|备件|备货){_AUX}(?:大|多|增加|上涨|上来|变大|变多|增长|小|减少|下降|变少|降|不够|不足|紧张|见底|"
    rf"偏少){_DONE}",
    rf"{_SO}(?:{_WE}|{_NOUN}{{0,6}})(?:要)?(?:留|备|备着|留着|当|做|存)(?:点|些|几台|几个)?(?:着)?(?:备用|备件|备品|库存|周转){_DONE}",
)
_BROKEN = r"(?:裂开|开裂|裂|破损|破|碎|损坏|坏|断|烂|变形|压坏|压扁|摔坏|摔|磕坏|磕|凹|瘪|漏|渗漏|有裂纹|有裂缝|有划痕|划伤|进水|受潮|缺角)"
_DAMAGED = (rf"{_SO}(?:§(?:个|台|件|只)?)?{_WHO}{_AUX}(?:给|被)?{_BROKEN}(?:了|的|掉了|得厉害|严重|开了)*",)
_FAULTY = (
    rf"{_SO}(?:泵|电机|机器|设备|它|这台|水泵|{_NOUN}{{0,6}}){_AUX}(?:一直|老是|总是|突然|开机就|一开就|一直在)*(?:漏水|漏油|渗水|异响|有异响|不转|转不动|"
    rf"不启动|启动不了|开不了机|过热|发烫|发热|跳闸|震动|振动|抖|卡住|卡死|堵|堵住|"
    r"停机|不出水|打不上水|冒烟|噪音大|声音大|响|坏)(?:了|得厉害|很大|大|严重|的)*",
)

# which acts a reason is one for; beside another act it would rather speak against it
_OF_ACT: Mapping[str, tuple[str, ...]] = {
    "cancel": (*_NEEDLESS, *_ORDERED_WRONG, *_CALLED_OFF, *_UNFIT),
    "return": (*_NEEDLESS, *_ORDERED_WRONG, *_CALLED_OFF, *_UNFIT),
    "exchange": (*_ORDERED_WRONG, *_UNFIT),
    "claim": _DAMAGED,
    "repair": _FAULTY,
}  # fmt: skip


def clauses(groups: Set[str], kinds: Set[str]) -> tuple[Clause, ...]:
    """What may be said for any act, and for these; a change of pieces has reasons of its own. They stand where a clause begins."""
    own = [*(pattern for group in sorted(groups & set(_OF_ACT)) for pattern in _OF_ACT[group]), *(_MORE if "quantity" in kinds else ())]
    helps = () if groups & {"cancel", "return"} else _HELPS
    rows = [*((pattern, FILLER) for pattern in dict.fromkeys((*helps, *own))), *((pattern, NOTED) for pattern in _ANY)]
    return tuple((bounded(pattern + _NO_QUESTION), state, True) for pattern, state in rows)
