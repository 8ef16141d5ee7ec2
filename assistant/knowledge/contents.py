"""Whether a question asks what goods hold or are made of, which is no question of their price, and which attribute it names in part; it looks nothing up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.mentions import FAMILY, Names
from assistant.knowledge.terms import is_content, stem, terms
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.workspace.model import Attribute

# what is asked how much of, though no goods hold it: money, terms, and words that name nothing
_NOTHING = (
    r"(?:is|are|was|do|does|did|would|will|can|could|should|for|of|it|they|that|this|to|a|an|the|each|per|off|more|less|cheaper|dearer|extra|money|(?:heavi|light|long|short|tall|high|low|larg|bigg|small|wid|thick|thinn|fast|slow|loud|quiet|strong|great)er|time|"
    r"discount|rebate|freight|shipping|postage|delivery|vat|tax|gst|duty|fee|stock|deposit|credit|notice|interest|warranty|if|i|we|you|must|have|has|in)\b"
)
_PRICED = re.compile(
    r"多少钱|几块|价|费用|收费|[$¥€£]|含[税运邮]|\b(?:costs?|prices?|charge|charges|fees?|money|pay|worth|quote|dollars?|euros?)\b", re.IGNORECASE
)
_HOLDS = r"(?:hold|contain|carry|take|weigh|draw|use|consume|lift|store|support|handle|deliver|produce|include|have|need|pump|spread|cover|treat|last|yield)"
_ENGLISH = (
    re.compile(rf"\bhow (?:much|many)\s+(?!{_NOTHING})(?P<what>[a-z0-9%&-]+(?:\s+(?!in\b|is\b|are\b|does\b|do\b)[a-z0-9-]+)?)\s+(?:(?:is|are)\s+)?(?:there\s+)?"
               r"(?:in|inside|within)\b", re.IGNORECASE),
    re.compile(rf"\bhow (?:much|many)\s+(?!{_NOTHING})(?P<what>[a-z0-9%&-]+(?:\s+(?!do\b|does\b|can\b|has\b)[a-z0-9-]+)?)\s+(?:does|do|can|has|will)\s+"
               rf"(?!you\b|we\b|i\b|u\b).{{1,40}}?(?:\b(?P<verb>{_HOLDS})\b.{{0,12}})?[?.!]*$", re.IGNORECASE),
    re.compile(rf"\bhow (?:much|many)\s+(?:does|do|can|will)\s+(?!you\b|we\b|i\b|u\b).{{1,40}}?\b(?P<verb>{_HOLDS})s?\b", re.IGNORECASE),
    re.compile(r"\b(?:what|which)\s+(?P<what>[a-z]+)\s+(?:does|do)\s+(?!you\b|we\b|i\b).{1,40}?\b(?:contain|hold|have|include)s?\b", re.IGNORECASE),
    re.compile(r"\b(?:what|which)\s+(?P<what>[a-z]+)\s+(?:is|are)\s+(?:there\s+)?(?:in|inside)\b", re.IGNORECASE),
    re.compile(r"\bwhat(?:'s|s| is)?\s+(?:the\s+)?(?P<what>[a-z]+)\s+content\b", re.IGNORECASE),
    re.compile(r"\bwhat(?:\s+(?:does|do))\s+(?!you\b|we\b|i\b).{1,30}?\bcontain\b", re.IGNORECASE),
)  # fmt: skip
_CHINESE = (
    re.compile(r"含(?:有|着)?(?P<what>[^，。？?多几\s]{1,6}?)(?:是|有|量)*(?:多少|几(?!块|元))"),
    re.compile(r"含(?:有|着)?(?:多少|几成|几)(?P<what>[^，。？?\s]{1,6}?)(?:呢|啊|呀)?[？?]*$"),
    re.compile(r"(?P<what>[^，。？?的\s]{1,6})(?:的)?含量"),
    re.compile(r"(?:里面?|中|里头)(?:有|含)(?:多少|几)(?P<what>[^，。？?\s]{1,6}?)(?:呢|啊|呀)?[？?]*$"),
    re.compile(r"含(?:有|着)?(?:什么|哪些|啥)(?P<what>[^，。？?\s]{0,6}?)(?:呢|啊|呀)?[？?]*$"),
)
_CONTENT_WORDS = frozenset(stem(word) for word in ("content", "contents", "analysis", "composition", "ingredients"))
_CONTENT_ZH = re.compile("含量|成分|成份|养分|组成|配方")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Held:
    """What goods are asked to hold: `what` as it was said ("" = anything), `verb` as it was said."""

    what: str
    verb: str = ""


def content_asked(question: str) -> Held | None:
    """What a question asks goods to hold ("how much n in urea", 尿素含氮多少); None for any other question, and for one of a price."""
    text = to_simplified(fold(question)).strip()
    if _PRICED.search(text):
        return None
    for pattern in (*_ENGLISH, *_CHINESE):
        found = pattern.search(text)
        if found is not None:
            said = found.groupdict()
            return Held((said.get("what") or "").strip(), (said.get("verb") or "").strip())
    return None


def partly_named(
    held: Held, products: Sequence[str], attributes: Mapping[str, Attribute], *, known: Mapping[str, Sequence[str]], names: Names, families: Sequence[str]
) -> str:
    """The one attribute of all the products whose words hold what is asked: a word of its name, its unit, a letter of an abbreviation (the n of NPK), a part of
    a Chinese word; "" where none or several do. `known` are the attributes that facts state of each product; `families` those the products belong to.
    """
    shared = [name for name in attributes if products and all(name in known.get(sku, ()) for sku in products)]
    own = bool(held.what) and any(mention.ids(FAMILY) and set(mention.ids(FAMILY)) & set(families) for mention in names.find(held.what))
    found = [name for name in shared if _says(attributes[name], held)]
    if not found and (own or not held.what) and not held.verb:
        # "how much nitrogen is in the urea": the thing asked is what the goods are called after
        found = [name for name in shared if _of_contents(attributes[name])]
    return found[0] if len(found) == 1 else ""


def _says(attribute: Attribute, held: Held) -> bool:
    spoken = [*attribute.name.values(), *(word for words in attribute.words.values() for word in words)]
    latin = {stem(word.lower()) for phrase in [*spoken, attribute.unit] for word in re.findall(r"[A-Za-z]+", phrase)}
    short = {word for phrase in spoken for word in re.findall(r"\b[A-Z]{2,5}\b", phrase)}
    wanted = re.findall(r"[A-Za-z]+", f"{held.what} {'' if held.what and not _holds(held) else held.verb}")
    if any("\u3400" <= char <= "\u9fff" for char in held.what):
        return any(held.what in to_simplified(phrase) for phrase in spoken)
    return bool(wanted) and all(stem(word.lower()) in latin or (len(word) <= _LEAST and any(word.upper() in code for code in short)) for word in wanted)


def _holds(held: Held) -> bool:
    """Whether the verb narrows what is asked ("how many cups … last"), which "contain" and its like do not."""
    return held.verb.lower() in {"last", "cover", "treat", "weigh", "yield", "spread", "lift"}


def _of_contents(attribute: Attribute) -> bool:
    spoken = [*attribute.name.values(), *(word for words in attribute.words.values() for word in words)]
    return any(_CONTENT_ZH.search(phrase) or set(terms(phrase)) & _CONTENT_WORDS for phrase in spoken)


def by_idea(
    rest: Sequence[str], products: Sequence[str], attributes: Mapping[str, Attribute], *, known: Mapping[str, Sequence[str]], concepts: Concepts
) -> str:
    """The one attribute of all the products that the words left of a question speak of by an idea (a fridge, of being kept cold); "" where none or several do,
    or a word is left that speaks of none."""
    shared = [name for name in attributes if products and all(name in known.get(sku, ()) for sku in products)]
    told: set[str] = set()
    for term in rest:
        ideas = set(concepts.of([term]))
        mine = {name for name in shared if ideas & _ideas(attributes[name], name, concepts)}
        if not mine and is_content(term) and not _plain(term):
            return ""
        told |= mine
    return told.pop() if len(told) == 1 else ""


def _ideas(attribute: Attribute, name: str, concepts: Concepts) -> set[str]:
    """The ideas that whole words of an attribute stand for; what a part of a longer word reminds of is none of them."""
    found = {f"~attribute.{name}"}
    for word in (*attribute.name.values(), *(word for words in attribute.words.values() for word in words)):
        said = tuple(terms(word))
        whole = "".join(word.split()).lower()
        found.update(concepts.ideas.get((whole,), ()) if whole in said else concepts.ideas.get(said, ()))
    return {idea for idea in found if not idea.startswith("~attribute.") or idea == f"~attribute.{name}"}


def _plain(term: str) -> bool:
    return bool(re.fullmatch(r"[要放需得用该应必须存在到进里着住]{1,3}|keep|kept|go|stay|put|store|stor|need", term))
