"""A closed list that a document states ("we do not deliver to other provinces") as the answer to whether something unnamed is in it; it searches nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.answers.telling import Says
from assistant.knowledge.mentions import PRODUCT
from assistant.knowledge.search import Found
from assistant.knowledge.terms import stem, terms
from assistant.text.script import to_simplified
from assistant.types import Answer, Language, Sentence

SHORT = 3
SAID = 0.8  # how sure an answer is that says in so many words what is left out
_EN = re.compile(
    r"^\W*(?:(?:and|so|but|hi|hello|hey|ok)[\s,]+)*(?:do|does|can|could|will|would|is|are)?\s*"
    r"(?:(?:you|u|ya|we|i|it|they)(?: guys| also| still| even| ever)*\s+)?"
    r"(?P<verb>[a-z]{3,})\s+(?:(?:\w+\s+){0,2}?(?:to|in|into|for|from|with|on|within|at)\s+)?(?:the\s+|a\s+|an\s+)?"
    r"(?P<thing>[a-z][\w' -]{2,30}?)\s*(?:too|also|as well|please|then)?\W*$",
    re.IGNORECASE,
)
_ZH = re.compile(
    r"^(?:请问|那|你好)?[,，]?(?:你们?|您们?|贵司|咱们?)?(?:也|还|都)?(?:能不能|可不可以|可以|能|会|给|往)*(?P<verb>送|发|寄|运|卖|收|接|修|配送|发货|送货|支持)"
    r"(?:到|去|往|得到|货到)?(?P<thing>[\u3400-\u9fff]{2,10}?)(?:吗|么|不|嘛|呢|的)*[?？。]*$"
)
# what closes a list: no others, nowhere else, only these
_CLOSES_EN = re.compile(
    r"\b(?:not|no|never|nor)\b[^.;]{0,40}\b(?:other|others|elsewhere|else|outside|beyond|anywhere)\b|\b(?:only|solely|exclusively)\b|\bnowhere else\b",
    re.IGNORECASE,
)
_CLOSES_ZH = re.compile(
    r"不[^，。；]{0,6}(?:其他|其它|别的|以外|之外|另外)|(?:其他|其它|别的|以外|之外)[^，。；]{0,10}(?:不|无法|暂不)|仅|只(?:送|发|寄|收|接|支持|限|做|在)"
)


def closed(near: Answer, found: Found, *, says: Says, language: Language) -> Answer | None:
    """What comes nearest as the answer, where a question asks of one thing whether the act is done for it, and the sentences quoted say so, or, of one that no
    document names, what the act is done for and for no others; None for anything else."""
    text = _with_it(found)
    asked = _EN.match(text) or _ZH.match(text)
    if asked is None:
        return None
    thing, verb = asked["thing"].strip(), asked["verb"]
    spoken = [to_simplified(sentence.text) for sentence in near.sentences if sentence.citations]
    if any(_says(told, thing, verb) for told in spoken):
        return replace(near, kind="passage", support=SAID)
    named = {term for item in found.query.items if item.known for term in item.terms}
    if any(term in named for term in terms(thing)) or not any(not item.known for item in found.query.items):
        return None
    same = [told for told in spoken if (verb in told if not verb.isascii() else stem(verb.lower()) in terms(told))]
    if not any((_CLOSES_ZH if not verb.isascii() else _CLOSES_EN).search(told) for told in same):
        return None
    return replace(near, kind="passage", support=SAID, sentences=(Sentence(says.say("answer_not_named", language, thing=thing)), *near.sentences))


def _with_it(found: Found) -> str:
    """The question in simplified characters, with "it" for the products that it names."""
    text = to_simplified(found.query.text)
    if len(text) == len(found.query.text):
        for mention in reversed(found.query.mentions):
            if mention.ids(PRODUCT):
                text = f"{text[: mention.start]}it{text[mention.end :]}"
    return re.sub(r"\b(?:the|your)\s+(?=it\b)", "", text, flags=re.IGNORECASE).strip()


def _says(told: str, thing: str, verb: str) -> bool:
    """Whether an English sentence says of the act asked about the very thing, written short or long ("soys", soybeans)."""
    said, last = terms(told), terms(thing)[-1:]
    return verb.isascii() and stem(verb.lower()) in said and bool(last) and len(last[0]) >= SHORT and any(term.startswith(last[0]) for term in said)
