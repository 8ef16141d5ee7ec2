"""Adjectives that set goods against each other ("earlier", 更轻): which attribute each compares, which way, and how it is named; it looks up no values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.knowledge.terms import terms
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.text.units import canonical_unit, dimension
from assistant.workspace.model import Attribute


@dataclass(frozen=True, slots=True)
class Adjective:
    """`base` is the plain English form, `more` the comparative, `all_han` the Chinese for it; `sense` 1 where more of an attribute is more of it, else -1.

    `words` are what attributes of that kind are called, `kinds` the dimensions of their figures.
    """

    base: str
    more: str
    all_han: tuple[str, ...]
    sense: int
    words: tuple[str, ...]
    kinds: tuple[str, ...] = ()

    @property
    def han(self) -> str:
        return self.all_han[0]

    @property
    def said(self) -> frozenset[str]:
        """The terms that the adjective itself is in a question."""
        return frozenset((*terms(f"{self.base} {self.more} {_best(self.more)}"), *self.all_han))


# base:comparative | Chinese | sense | what the attribute is called | dimensions
_TABLE = """
early:earlier | 早 早熟 | -1 | maturity, ripen, lead time, 成熟, 生育期, 熟期, 交期 | time months workdays
late:later | 晚 迟 晚熟 | 1 | maturity, ripen, lead time, 成熟, 生育期, 熟期, 交期 | time months workdays
long-lasting:longer-lasting | 耐用 耐放 经用 | 1 | life, lifetime, durability, endurance, 寿命, 保质期, 续航 | months
quick:quicker | 快 | -1 | response time, drying time, time, 响应时间, 时间 | time
fast:faster | 快 | 1 | speed, rate, 速度, 转速, 速率 |
slow:slower | 慢 | -1 | speed, rate, 速度, 转速, 速率 |
long:longer | 长 | 1 | length, long, 长度 | length time months
short:shorter | 短 矮 | -1 | length, long, 长度 | length time months
tall:taller | 高 | 1 | height, tall, 高度, 株高, 身高 |
high:higher | 高 | 1 | height, high, head, lift, 高度, 扬程 |
low:lower | 矮 低 | -1 | height, high, head, 高度, 株高 |
wide:wider | 宽 | 1 | width, wide, swath, 宽度, 幅宽 |
narrow:narrower | 窄 | -1 | width, wide, swath, 宽度, 幅宽 |
broad:broader | 宽 | 1 | width, wide, swath, 宽度, 幅宽 |
thick:thicker | 厚 粗 | 1 | thickness, thick, diameter, 厚度, 粗细, 直径 |
thin:thinner | 薄 细 | -1 | thickness, thick, diameter, 厚度, 粗细, 直径 |
slim:slimmer | 窄 薄 | -1 | width, wide, depth, thickness, 宽度, 厚度 |
deep:deeper | 深 | 1 | depth, deep, 深度 |
heavy:heavier | 重 沉 | 1 | weight, weigh, heavy, mass, 重量, 自重, 净重, 多重 | mass
light:lighter | 轻 轻便 | -1 | weight, weigh, heavy, mass, 重量, 自重, 净重, 多重 | mass
big:bigger | 大 | 1 | capacity, volume, size, 容量, 容积, 大小 | volume
large:larger | 大 | 1 | capacity, volume, size, 容量, 容积, 大小 | volume
roomy:roomier | 能装 | 1 | capacity, volume, 容量, 容积 | volume
small:smaller | 小 | -1 | capacity, volume, size, 容量, 容积, 大小 | volume
loud:louder | 吵 响 | 1 | noise, sound, loud, 噪声, 噪音 |
noisy:noisier | 吵 | 1 | noise, sound, loud, 噪声, 噪音 |
quiet:quieter | 安静 静 静音 | -1 | noise, sound, loud, 噪声, 噪音 |
silent:more silent | 静音 | -1 | noise, sound, loud, 噪声, 噪音 |
hot:hotter | 热 耐热 耐温 | 1 | temperature, hot, 温度 | temperature
warm:warmer | 热 | 1 | temperature, hot, 温度 | temperature
cold:colder | 冷 耐寒 | -1 | temperature, 温度 | temperature
sturdy:sturdier | 结实 承重大 稳 | 1 | load, load rating, strength, 承重, 载重, 载荷 |
strong:stronger | 结实 强 有劲 | 1 | load, strength, power, 承重, 载重, 强度, 功率 |
weak:weaker | 弱 | -1 | load, strength, power, 承重, 载重, 强度, 功率 |
powerful:more powerful | 有劲 强劲 | 1 | power, wattage, 功率 | power
efficient:more efficient | 效率高 省电 节能 | 1 | efficiency, 效率 |
thirsty:thirstier | 费电 耗电 | 1 | power, wattage, consumption, 功率, 能耗 | power
economical:more economical | 省电 省油 | -1 | consumption, power, 能耗, 功率 | power
dark:darker | 深 | 1 | roast, shade, 烘焙 |
bright:brighter | 亮 | 1 | brightness, lumen, light output, 亮度, 光通量 |
sharp:sharper | 清晰 | 1 | resolution, 分辨率 |
accurate:more accurate | 准 精确 精准 准确 | -1 | accuracy, error, precision, 精度, 误差 |
precise:more precise | 准 精确 精准 | -1 | accuracy, error, precision, 精度, 误差 |
young:younger | 年轻 | -1 | age, 年龄 |
old:older | 老 | 1 | age, 年龄 |
sweet:sweeter | 甜 | 1 | sugar, brix, 糖度, 含糖 |
strong-flavoured:stronger | 浓 | 1 | strength, 浓度 |
yielding:higher-yielding | 高产 产量高 | 1 | yield, output, 产量 |
productive:more productive | 高产 产量高 | 1 | yield, output, 产量 |
""".strip()
# the forms that stay the same, and how the general ones are made
_BETTER = re.compile(r"更好|好[一点些]|较好|最好|(?:哪|谁)[^，。？?]{0,10}?好(?:[?？呢]|$)|\b(?:better|best|superior)\b", re.IGNORECASE)
_WORSE = re.compile(r"更差|差[一点些]|较差|最差|\b(?:worse|worst|poorer|poorest|inferior)\b", re.IGNORECASE)
_SETS = re.compile(r"哪|谁|比|更|最|还是|\b(?:which|who|what|than|or|of the two|most|least)\b|\b\w+(?:er|est)\b", re.IGNORECASE)
_OPPOSITES = (
    "tall:short long:short high:low wide:narrow thick:thin heavy:light big:small large:small loud:quiet noisy:quiet hot:cold early:late fast:slow strong:weak "
    "dark:light young:old"
)
# 多大 may ask for anything
_VAGUE = "大小"
# "the heaviest it may carry" asks for no weight of the goods themselves
_BOUND = r"(?!\s*(?:能|可|可以|承|放|装|载|拉|举)|\s+(?:load|weight|thing|it can|they can))"


@lru_cache(maxsize=1)
def _adjectives() -> tuple[tuple[Adjective, re.Pattern[str]], ...]:
    found = []
    for line in _TABLE.splitlines():
        forms, han, sense, words, kinds = (part.strip() for part in line.split("|"))
        base, more = forms.split(":")
        adjective = Adjective(base, more, tuple(han.split()), int(sense), tuple(word.strip() for word in words.split(",")), tuple(kinds.split()))
        found.append((adjective, re.compile("|".join(_patterns(base, more, han.split())), re.IGNORECASE)))
    return tuple(found)


def _patterns(base: str, more: str, han: Sequence[str]) -> Iterator[str]:
    yield rf"\b(?:{re.escape(more)}|{re.escape(_best(more))}|(?:more|most) {re.escape(base)})\b{_BOUND}"
    for word in han:
        yield rf"[更最较]{word}{_BOUND}|比[^，。,?？]{{1,16}}?{word}(?:吗|么|不|没|多少|几|[一点些]|[?？]|$)"
        yield rf"(?:哪|谁)[^，。,?？]{{0,10}}?{word}(?:[?？]|$|呢|吗|些|一[点些])|{word}(?:[一点些]|(?:出|了)?(?:多少|几(?!乎)))"


def _best(more: str) -> str:
    return f"{more[:-1]}st" if more.endswith("er") else more.replace("more ", "most ").replace("longer", "longest").replace("higher", "highest")


@dataclass(frozen=True, slots=True)
class Compared:
    """The attribute that goods are compared by, which way (1 more, -1 less), and the adjective that says so."""

    attribute: str
    sense: int
    adjective: Adjective


def adjectives_in(question: str) -> tuple[Adjective, ...]:
    """The comparing adjectives of a text, those said in more characters first."""
    text = to_simplified(fold(question))
    if not _SETS.search(text):
        return ()
    found = [adjective for adjective, pattern in _adjectives() if pattern.search(text) is not None]
    return tuple(sorted(found, key=lambda each: -max((len(word) for word in each.all_han if word in text), default=0)))


def compared_by(question: str, shared: Mapping[str, Attribute]) -> Compared | None:
    """The attribute of those `shared` by the goods that an adjective of a question compares; None without one, or where it could be several.

    What a company says of its attributes comes first ("how early" is earlier), then what attributes of the kind are called anywhere, then the only one that is
    measured in such a dimension.
    """
    found = adjectives_in(question)
    for fits in (_declared, _called, _measured):
        for adjective in found:
            names = [name for name, attribute in shared.items() if fits(attribute, adjective)]
            if len(names) == 1 and _of_its_verb(question, adjective, shared[names[0]]):
                return Compared(names[0], _way(adjective, shared[names[0]]), adjective)
    return None


def _of_its_verb(question: str, adjective: Adjective, attribute: Attribute) -> bool:
    """Whether a verb that an adjective belongs to is one of the attribute's (打得更高, a head; 吸得更高 is none)."""
    verbs = [match[1] for word in adjective.all_han for match in re.finditer(rf"([\u3400-\u9fff])得[更最比较]*{word}", to_simplified(question))]
    return all(verb in "".join(_spoken(attribute)) for verb in verbs)


def better(question: str, attribute: Attribute | None) -> int:
    """Which way "better" leans for an attribute: 1 where more of it is better, -1 where less is, 0 where nobody says so or nothing of the kind is asked."""
    text = to_simplified(fold(question))
    way = 1 if _BETTER.search(text) else -1 if _WORSE.search(text) else 0
    return way * {"higher": 1, "lower": -1}.get(attribute.better if attribute else "", 0)


def _way(adjective: Adjective, attribute: Attribute) -> int:
    # what is more accurate has the smaller error, and the higher class
    if adjective.base in ("accurate", "precise") and attribute.better:
        return 1 if attribute.better == "higher" else -1
    return adjective.sense


def _spoken(attribute: Attribute) -> list[str]:
    return [to_simplified(word).lower() for word in (*attribute.name.values(), *(word for words in attribute.words.values() for word in words))]


@lru_cache(maxsize=1)
def _opposites() -> Mapping[str, frozenset[str]]:
    pairs = [pair.split(":") for pair in _OPPOSITES.split()]
    return {word: frozenset(other for pair in pairs for other in pair if word in pair and other != word) for pair in pairs for word in pair}


def _declared(attribute: Attribute, adjective: Adjective) -> bool:
    """Whether a company names the attribute by the adjective or its opposite: "how early", 多早; "how tall" for what is shorter."""
    plain = {adjective.base, *_opposites().get(adjective.base, ())}
    forms = {adjective.more, *(form for word in plain for form in (f"how {word}", f"{word}ness"))}
    return any(word in forms or (adjective.han not in _VAGUE and word.endswith(f"多{adjective.han}")) for word in _spoken(attribute))


def _called(attribute: Attribute, adjective: Adjective) -> bool:
    spoken = _spoken(attribute)
    return any(re.search(rf"\b{re.escape(word)}\b", phrase) if word.isascii() else word in phrase for word in adjective.words for phrase in spoken)


def _measured(attribute: Attribute, adjective: Adjective) -> bool:
    unit = canonical_unit(attribute.unit)
    return bool(unit) and dimension(unit) in adjective.kinds


def said_of(question: str, sense: int, *, english: bool) -> str:
    """The adjective of a question that leans this way, as a winner is told by it ("earlier", 更早); "" without one."""
    text = to_simplified(fold(question))
    found = [adjective for adjective in adjectives_in(question) if adjective.sense == sense]
    if found:
        return found[0].more if english else f"更{next((word for word in found[0].all_han if word in text), found[0].han)}"
    if english:
        return ""
    han = re.search(
        r"[更最较]([大小高低长短重轻多少快慢])|(?:哪|谁|比)[^，。？?]{0,12}?([大小高低长短重轻快慢])(?=[?？呢吗些]|$|一[点些]|多少|几)", to_simplified(question)
    )
    return f"更{han[1] or han[2]}" if han else ""
