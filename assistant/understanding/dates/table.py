"""Words for days, months, weekdays and holidays in Chinese (simplified) and English, what stands around them, and slips of the keyboard; only look-ups."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

ZH_WEEKDAYS = {**{char: index for index, char in enumerate("一二三四五六日")}, "天": 6, **{str(index + 1): index for index in range(7)}, "七": 6}
ZH_RELATIVE = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨儿": -1, "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "今儿": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明儿": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
ZH_YEARS = {"今年": 0, "本年": 0, "明年": 1, "来年": 1, "后年": 2, "去年": -1, "前年": -2}
ZH_STEPS = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "这一": 0, "下": 1, "下一": 1, "次": 1, "下下": 2, "再下": 2, "大下": 2, "下下下": 3}

# regex over simplified text -> canonical holiday; longer words first
ZH_HOLIDAYS = (
    ("元旦", "new_year"),
    ("新年", "new_year"),
    ("跨年", "new_years_eve"),
    ("除夕|大年三十|年三十", "chinese_eve"),
    (r"春节|大年初一|过年|农历新年|(?<![\d一二三四五六七八九十两几半多今明去前后本来当])年(?=前|后(?!天))", "spring_festival"),
    ("清明", "qingming"),
    ("劳动节", "labour_day"),
    (r"(?<![\d十百.])(?:五一|5\.1)(?=节|假|前|后|之|以|期间|长假|黄金周|$|[,，。?!])", "may_day"),
    ("端午", "dragon_boat"),
    ("中秋", "mid_autumn"),
    ("国庆", "national_day"),
    (r"(?<![\d二三四五六七八九])(?:十一|10\.1)(?=节|假|黄金周|长假|前(?!\d)|后(?!\d)|之[前后]|以[前后]|期间)", "national_day"),
    ("(?:国庆|十一)?黄金周", "national_day"),
    ("圣诞", "christmas"),
    ("平安夜", "christmas_eve"),
    (r"双(?:十一|11)(?!\d)", "singles_day"),
    (r"双(?:十二|12)(?!\d)", "double_twelve"),
    (r"(?<![\w-])618(?=大促|活动|年中|之前|之后|以前|以后|前|后|期间)", "mid_year_sale"),
    ("情人节", "valentine"),
    ("妇女节|三八节", "womens_day"),
    ("儿童节|六一(?=节|前|后)", "childrens_day"),
    ("教师节", "teachers_day"),
    ("感恩节", "thanksgiving"),
    ("万圣节", "halloween"),
    ("美国独立日|独立日", "independence_day"),
    ("复活节", "easter"),
)
EN_HOLIDAYS = (
    (r"(?:chinese|china'?s?|prc) national day|national day|(?:october )?golden week", "national_day"),
    (r"dragon[- ]boat(?: festival)?|duanwu(?: festival)?", "dragon_boat"),
    (r"mid[- ]autumn(?: festival)?|moon festival", "mid_autumn"),
    (r"(?:chinese|lunar) new year'?s eve", "chinese_eve"),
    (r"(?:chinese|lunar) new year(?:'?s)?(?: day)?|spring festival|(?<=before )cny|(?<=after )cny|(?<=until )cny", "spring_festival"),
    (r"new year'?s eve|nye", "new_years_eve"),
    (r"new year'?s(?: day)?|(?<=the )new year|(?<=before )new year|(?<=after )new year|(?<=until )new year|(?<=and )new year", "new_year"),
    (r"christmas eve|xmas eve", "christmas_eve"),
    (r"christmas(?: day)?|x-?mas", "christmas"),
    (r"boxing day", "boxing_day"),
    (r"thanksgiving(?: day)?", "thanksgiving"),
    (r"labou?r day", "labour_day"),
    (r"may day", "may_day"),
    (r"memorial day", "memorial_day"),
    (r"(?:the )?(?:fourth|4th) of july|independence day|july fourth", "independence_day"),
    (r"juneteenth", "juneteenth"),
    (r"presidents'? day|washington'?s birthday", "presidents_day"),
    (r"martin luther king(?: jr\.?)?(?: day)?|mlk(?: day)?", "mlk_day"),
    (r"columbus day", "columbus_day"),
    (r"veterans'? day", "veterans_day"),
    (r"halloween", "halloween"),
    (r"valentine'?s(?: day)?", "valentine"),
    (r"qing ?ming(?: festival)?|tomb[- ]sweeping(?: day| festival)?", "qingming"),
    (r"good friday", "good_friday"),
    (r"easter monday", "easter_monday"),
    (r"easter(?: sunday)?", "easter"),
    (r"singles'? day|double (?:eleven|11)", "singles_day"),
)

EN_MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7,
    "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
EN_WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "weds": 2, "wed": 2, "thursday": 3, "thurs": 3, "thur": 3, "thu": 3,
    "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip
_ONES = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
EN_ORDINALS = {
    **{word: index + 1 for index, word in enumerate(_ONES)},
    **{f"twenty {word}": 21 + index for index, word in enumerate(_ONES[:9])},
    "thirtieth": 30,
    "thirty first": 31,
}

# what may stand after a bare "the 15th"
FOLLOWS = re.compile(
    r"(?=-?ish\b)|\s*(?:$|[.,;!?)\-–~/…\n]|[^\x00-\x7f]|(?:please|pls|plz|works?|would|will|is|if|at|instead|on(?=\s*(?:$|[.,;!?]))"
    r"|and|or|to|through|thru|till|until|then|morning|afternoon|evening|noon|latest|next"
    r"|this|last|of|good|ok|okay|fine|can|could|might|may|should|we|i|you|because|due|when|was|be"
    r"|also|too|rather|not|but|has|as|with|by|before|after|onwards?|sounds|suits?|it|so|for|than)\b)",
    re.ASCII,
)
# what an ordinal numbers when it is no day
THINGS = re.compile(
    r"\s*(?:floor|st|street|ave|avenue|road|rd|line|item|row|page|shift|batch|lot|unit|pump|order|time|attempt|try|go|visit|reminder|e-?mail|message|call"
    r"|request|gen|generation|edition|anniversary|century|percentile|stage|option|one|half|quarter|week|month|year|day|party|person|choice|address|delivery|shipment)\b",
    re.ASCII,
)
# what is over, before its day
DONE = re.compile(r"\b(?:delivered|shipped|bought|purchased|installed|invoiced|ordered|dated)\s+(?:on\s+)?(?:the\s+)?$", re.ASCII)
# what makes a date a street: 15 June Street
STREET = re.compile(
    r"\s+(?:street|st\b(?!\s*\d)|road|rd|avenue|ave|lane|ln|drive|boulevard|blvd|terrace|crescent|court|square|gardens|close(?=\s*(?:,|$)))\b", re.ASCII
)
# verbs that move a delivery
MOVES = (
    r"\b(?:mov(?:e|ed|ing)|push(?:ed)?|chang(?:e|ed|ing)|shift|reschedule|bring|brought|pull|postpone|delay|switch|swap|put|slide|amend|update"
    r"|bump|defer|extend|slip|roll)\b"
)
BUSINESS_END = r"(?:eod|cob|eob|cop|end\s+of\s+(?:the\s+)?(?:business\s+|working\s+)?day|(?:end|close)\s+of\s+(?:business|play))"
# one of these words is in every name above
EN_HOLIDAYS_SAID = (
    "national|golden|boat|duanwu|autumn|moon|new year|spring f|cny|nye|christmas|mas|boxing|thanksg|labo|may day|memorial|july|independence|juneteenth"
    "|president|washington|luther|mlk|columbus|veteran|halloween|valentine|ming|tomb|good fri|easter|single|double"
)

_SHORT_SLIPS = {
    "jully": "july", "jly": "july", "juni": "june", "juen": "june", "jume": "june", "apirl": "april", "appril": "april", "aprl": "april", "marhc": "march",
    "agust": "august", "augst": "august", "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "tomo": "tomorrow", "2moro": "tomorrow",
    "nxt": "next", "wk": "week", "mth": "month", "mths": "months", "begining": "beginning", "beggining": "beginning", "untill": "until", "befor": "before",
    "erlier": "earlier", "ealier": "earlier", "buisness": "business", "bussiness": "business", "fortnite": "fortnight",
    "2morrow": "tomorrow", "tdy": "today", "tody": "today", "firday": "friday", "fryday": "friday", "munday": "monday",
}  # fmt: skip
_LONG = tuple(word for word in (*EN_MONTHS, *EN_WEEKDAYS, "tomorrow", "yesterday") if len(word) >= 6)
_REAL = {
    "sundry", "manday", "mandays", "monkey", "midday", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "augusta",
    "someday", "payday", "everyday", "holiday", "weekday", "workday", "birthday",
}  # fmt: skip
_KNOWN = {*EN_MONTHS, *EN_WEEKDAYS, *_SHORT_SLIPS.values(), *_REAL, "yesterday"}


def corrected(word: str) -> str:
    """The day or month name a lower-case English word was meant to be, or "" when it is one already or resembles none or two."""
    if word in _SHORT_SLIPS:
        return _SHORT_SLIPS[word]
    if len(word) < 5 or len(word) > 11 or word in _KNOWN:
        return ""
    near = [name for name in _LONG if name[0] == word[0] and OSA.distance(word, name, score_cutoff=2) <= (2 if len(name) >= 8 else 1)]
    return near[0] if len(near) == 1 else ""
