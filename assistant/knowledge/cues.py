"""How people ask, in Chinese and English: words for comparing, choosing, fitting, prices and times, as patterns; no company's words, no decisions."""

from __future__ import annotations

import re

from assistant.knowledge.rows import PRICE, WARRANTY

BLANK = r"\s+"


def spoken(zh: str, en: str) -> re.Pattern[str]:
    """A pattern of alternatives separated by blanks; in English "_" stands for a blank, and only whole words count."""
    english = [rf"\b{phrase.replace('_', BLANK)}\b" for phrase in en.split()]
    return re.compile("|".join([*zh.split(), *english]), re.IGNORECASE)


# a cue is read off a question in this order, and its words are then explained
CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("convert", spoken("换算成? 折合成? 折算 等于多少 合多少 相当于多少 转换成", "convert(?:ed)? equals? equivalent_to")),
    (
        "difference",
        spoken(
            "有什么区别 有啥区别 有什么不同 有何不同 的?区别 的?差别 的?差异 对比一?下? 比较一?下 比一?比 差在哪里? 差在什么地方 "
            "区别在哪里? 有什么差 [有哪]啥?哪?里?不一样 "
            "有什么不一样 什么不一样 不一样 哪里不同 不同之处 不同点 不同 怎么区分",
            "differences? differ(?:s|ent)? compar(?:e|ed|es|ison) versus vs side_by_side set_(?:them|these|those)_apart what_sets distinguish(?:es)?",
        ),
    ),
    (
        "list",
        spoken(
            "有哪些 都有什么 有什么(?!用) 卖什么 哪些 有哪几[款种个] 哪几[款种个] 列出 列一下 全部 所有",
            "which_(?:of_your_)?(?:products|models|items|ones|goods|tools|devices|articles) what_(?:kinds?_of_)?(?:products|models|items|goods) "
            "list all_(?:the|your|of) "
            "(?:what|which)_do_you_(?:have|sell|offer|make|carry|stock)",
        ),
    ),
    (
        "choose",
        spoken(
            "选型 怎么选 该?选哪一?[款种个台]? 该选 选 推荐 哪[款种台]合适 合适的? 该用哪 该买哪 要买哪 需要一台 想要一台",
            "recommend(?:ed)? should_(?:i|we)_(?:choose|get|buy|take|pick|use|order) choose pick suitable "
            "right_(?:one|model|product|size|type) need looking_for",
        ),
    ),
    (
        "fits",
        spoken(
            "能不能装 能不能用 能否用 可不可以用 能装 装得?上 装到 装在 适配 匹配 配套 通用 兼容 互换 能用于? 适用于? 用在 用于 对得上 配得上 "
            "配哪 配什么 配不配 配 用哪 用什么 搭配 驱动 接在 接到 接上 能接 可接 连到 连接到 连在 插到 套在",
            "fits? fitted compatible works?_with goe?s?_(?:with|on|in|into) match(?:es)? used?_(?:with|on|in|for) belongs?_to takes? go_together "
            "hook(?:ed)? wired? connect(?:ed)? pair(?:ed)? plug(?:ged)?_in(?:to)? attach(?:ed)? "
            "combined?_with mount(?:ed)?_on run_off",
        ),
    ),
    ("enough", spoken("够不够 够吗 够用 足够 满足 达到 达得到 打得到 撑得住 能到", "enough handle reach(?:es)? sufficient meets? cope")),
    ("count", spoken("几[套个只件根台片] 多少[套个只件根台片]", "how_many")),
    ("which", spoken("哪一?个 哪一?款 哪一?种 哪一?台 哪只 哪套 谁", "which")),
)
MORE = spoken(
    "更(?![小低少轻短慢静便]) [大高多重贵长]一?[些点] 最[大高多重贵长强]",
    "more most higher highest larger largest bigger biggest greater greatest heavier heaviest longer longest stronger strongest faster fastest louder loudest "
    "dearer dearest pricier priciest costlier costliest",
)
LESS = spoken(
    "更[小低少轻短慢静] 更便宜 [小低少轻短]一?[些点] 最[小低少轻短] 最便宜 便宜",
    "less least lower lowest smaller smallest lighter lightest shorter shortest fewer fewest slower slowest quieter quietest cheaper cheapest",
)
# how far two values are apart is asked, and not only which is more
APART = spoken(
    "(?:便宜|(?<!最)[大高多重贵长宽低小轻短快慢厚薄省少])(?:出|了|上)?(?:多少|几(?!乎)) 相?差(?:了|出|上)?(?:多少|几|多大|多远) 差价 价差 差额 差距",
    "how_much_(?:more|less|cheaper|heavier|lighter|longer|shorter|taller|higher|lower|larger|bigger|smaller|wider|thicker|thinner|faster|slower"
    "|louder|quieter"
    "|stronger|weaker|deeper|hotter|greater) how_many_(?:\\S+_)?(?:more|less|fewer) by_how_(?:much|many) gap (?:price|weight|cost)_difference "
    "difference_in how_far_apart (?:do|would|can)_(?:i|we)_save",
)
# all that is known of a product is asked, and nothing in particular
OVERVIEW = spoken(
    "(?:(?:主要|技术|详细|性能|基本|产品|全部)的?)*(?:参数|规格|指标|配置)(?:表|有哪些|都有什么|是什么|多少)? 介绍(?:一下|下)?",
    "(?:(?:main|key|technical|basic|full|all_the|the)_)*(?:specs?|specifications?|spec_sheet|data_?sheet|technical_data|parameters) tell_me_(?:more_)?about "
    "(?:more_)?(?:info|information|details)_(?:on|about)",
)
# what is left of a question how far two are apart once its attribute is known
APART_LEFT = re.compile(r"[大高多重贵长宽低小轻短快慢厚薄省少差比](?![\u4e00-\u9fff])|\b(?:exceeds?|surpass(?:es)?|outweighs?|than)\b", re.IGNORECASE)
PLAIN_MORE = re.compile(r"(?:哪|谁|比)[^,，。?？]{0,12}?[大高多重贵长强](?:[?？]|$|呢|吗|些)")
PLAIN_LESS = re.compile(r"(?:哪|谁|比)[^,，。?？]{0,12}?(?:[小低轻短]|(?<!多)少)(?:[?？]|$|呢|吗|些)")
# a comparative, what it compares as an attribute is called, and which way it leans
COMPARATIVES: tuple[tuple[re.Pattern[str], tuple[str, ...], int], ...] = (
    (spoken("安静 静音", "quiet(?:er|est)?"), ("噪声", "噪音", "noise"), -1),
    (spoken("更吵 最吵", "louder loudest noisier"), ("噪声", "噪音", "noise"), 1),
    (
        spoken("更重 最重(?!能|可|放|承|装) (?<=哪[个台款种])重 谁重 重(?:出|了)?(?:多少|几) 比[^,，。?？]{1,16}?重(?:吗|么|不|一?[点些])", "heavier heaviest"),
        ("重量", "weight"),
        1,
    ),
    (
        spoken("更轻 最轻 轻一?些 (?<=哪[个台款种])轻 谁轻 轻(?:出|了)?(?:多少|几) 比[^,，。?？]{1,16}?轻(?:吗|么|不|一?[点些])", "lighter lightest"),
        ("重量", "weight"),
        -1,
    ),
    (spoken("耐温 耐热 耐高温", "(?:more_)?heat hotter hottest"), ("温度", "介质温度", "temperature", "medium temperature"), 1),
    (spoken("耐压", "more_pressure"), ("压力", "工作压力", "pressure", "working pressure"), 1),
    (spoken("更长 最长 长(?:出|了)?(?:多少|几)", "longer longest"), ("长度", "length"), 1),
    (spoken("更快 最快 快(?:出|了)?(?:多少|几)", "faster fastest"), ("转速", "速度", "speed"), 1),
    (spoken("更?有劲", "more_powerful stronger"), ("功率", "power"), 1),
)
AT_MOST = spoken("不超过 不大于 不高于 最多 以内 以下 小于 低于 少于 之内", "at_most up_to under below less_than no_more_than within max(?:imum)?")
AT_LEAST = spoken("不低于 不小于 至少 以上 大于 高于 超过", "at_least above over more_than no_less_than min(?:imum)?")
# every product has these, though they are no attributes of the catalogue
PSEUDO: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        PRICE,
        spoken(
            "(?:目录|销售|出厂|列表)?(?:单价|价格|价钱|售价|报价|标价|牌价|定价) 目录价 多少钱 几块钱 几块 多少块 什么价位? 卖多少 贵不贵 "
            "怎么卖 更?便宜 最便宜 更贵 最贵 (?<=哪[个款台种套块张把])贵 谁贵 比[^,，。?？]{1,16}?贵(?=[吗么不呢]|$) 贵(?:出|了)?(?:多少|几)(?:钱"
            "|块钱?)? 差价 价差",
            "(?:list_|unit_|catalogue_|catalog_)?prices? priced (?<!by\\s)how_much(?!_(?:less_|more_)?"
            "(?:heavi|light|long|short|tall|high|low|larg|bigg|small|wid|thick|thinn|fast|slow|loud|quiet|strong|weak|deep|hott|great)er\\b) "
            "costs? expensive pricier dearer cheap cheaper cheapest",
        ),
    ),
    (WARRANTY, spoken("质保期? 保修期? 包修 三包 保多久 保几年 保多长时间", "warrant(?:y|ies) guarantee[ds]?")),
)
# words that go with any figure: they narrow nothing that the catalogue tells apart
_QUALIFIERS = (
    "最大 最高 最多 最长 最小 最低 最 额定 标称 满载 参数 数值 数据 数 值 每台 单台 一套 每套 每个 每只 单个 根 米 型 "
    "规格书 说明书 样本 铭牌 手册 目录 资料 上面 写 标 自带 本身 达 这款 家 "
    "分别 各自 同时 号 称 里 面 期 期限 period max maximum minimum min rated nominal full load figure spec specif sheet "
    "datasheet brochur catalogu manual nameplat label list data size exact exactl rough "
    "about together both respective current two pair big larg"
)
QUALIFIERS = frozenset(_QUALIFIERS.split())
# what is measured, said by an adjective: they add nothing to a question that names the unit of its answer
_MEASURED = "重 长 宽 粗 厚 深 快 热 高 远 大 沉 响 heavi heavy weigh long wide thick deep fast hot high loud tall far"
MEASURED = frozenset(_MEASURED.split())
NEAR = 14
NO_TARGET = frozenset({"a", "in", "s", "d", "t", "g", "h", "个", "方"})
BEHIND = re.compile(
    r"\s*(?:of|is|是|为|要|需要|大概|约|about|around|=|:|：|at least|至少|不低于|不超过|最多|over|above)*\s*"
    r"(\d+(?:\.\d+)?)(?![\d.]*\s*[A-Za-z%°℃]|\d)",
    re.IGNORECASE,
)
BEFORE = re.compile(r"(?<![\d.A-Za-z-])(\d+(?:\.\d+)?)\s*(?:方|立方|个)?的?\s*$")
TARGET = re.compile(
    r"(?:多少|几个?|(?:换算成|换成|折合成?|折合|合|等于|转换成)(?:\s*(?:多少|几个?))?)\s*(?:个)?\s*(?P<zh>[A-Za-z³²/·°µ]{1,12}|[\u3400-\u9fff/]{1,8})"
    r"|\b(?:in|to|into|as|how many(?:\s+(?:more|less|fewer))?)\s+(?P<en>[A-Za-z³²°µ]+(?:/[A-Za-z³²]+)?)\b",
    re.IGNORECASE,
)
# what a question wants to be told, and what an answer to it holds
WANTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        spoken(
            "多久 几天 多少天 多长时间 几个?月 几年 几个?小时 几分钟 几个?工作日 什么时候 几点 何时",
            "how_(?:long|soon|often|late|early) when how_many_(?:working_|business_)?(?:days|hours|weeks|months|years|minutes) what_(?:time|year)",
        ),
        re.compile(
            r"\d\s*个?(?:工作日|天|日|周|月|年|小时|分钟|点)|\d{1,2}:\d\d|\d\s*-?(?:working |business )?(?:days?|hours?|weeks?|months?|years?|minutes?)\b"
            r"|每|立即|当天|\b(?:daily|immediately|every|same day|once|as soon)\b",
            re.IGNORECASE,
        ),
    ),
    (
        spoken("多少钱 收费 要钱 费用 价格 几块 收多少 要多少费", "how_much_(?:is|does|do|will|for) costs? fees? prices? charges?"),
        re.compile(
            r"[$¥€£]|元|美元|免费|不收|不另收|费用?由|承担|报价|价|%"
            r"|\bfree\b|\bno (?:fee|charge)\b|\bUSD\b|\bquote[ds]?\b|\bcosts?\b|\bpaid\b|\bprices?\b",
            re.IGNORECASE,
        ),
    ),
    (
        spoken("多少 几 多[大高重粗厚热远快宽深]", "how_(?:many|much|far|big|high|hot|heavy|loud|fast|tall|thick|wide|deep|tight)"),
        re.compile(r"\d|[一二两三四五六七八九十]"),
    ),
)
# a question that wants to be told how something is done, step by step
STEPS = spoken(
    "怎么(?!回事|办|样|卖|算|收|会|还|就|没|不|这|那|说) 如何 怎样(?!的) 步骤 流程 操作方法 方法 教程 要做哪些 咋(?!回事|办|样|卖|会)",
    "how_(?:do|can|should|would)_(?:i|we|you|one) how_to steps? procedure instructions? guide what_(?:do|should)_(?:i|we)_do walk_me_through",
)
# a question whether something may be used for a purpose, and a sentence that says what something is and is not made for
FITNESS = spoken(
    "能 可以 可否 行不行 行吗 适合 适用 抽 打 输送 走 通 耐 扛 用在 用于 泡 接触 吗[?？]?$",
    "can could may ok okay fine suitable suited handle cope stand resist(?:s|ant)? safe compatible works?_(?:with|in|for) used?_(?:with|in|for) for pump "
    "allowed good",
)
USE = spoken(
    "适用 不适 适合 不能 不可 不得 不宜 不耐 不要 禁止 仅限 只能 只用 可以 可用 可输送 用于",
    "suitable suited not resists? cannot can only never no fine clean_water made_for meant_for used_for do_not must",
)
