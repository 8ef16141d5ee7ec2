"""Products, families and attributes that a message names: model numbers however they are typed, aliases, generic words; it guesses no unknown model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.understanding.slots.corrections import Mention, settle
from assistant.understanding.slots.lexicon import Entry, SlotLexicon, lookalike, phrase_form
from assistant.understanding.slots.scan import GONE, Scan

_RUN = re.compile(r"[a-z0-9]+", re.ASCII)
_JOINT = re.compile(r"(?:\s?[-_–—./~]\s?|\s|一)?", re.ASCII)
_WORD = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]", re.ASCII)
_LONGEST = 5
# letters that are words of their own: "a 10" is no model A-10 unless it is written like one
_SMALL = """
a all am an and any are as at be by do ea for go he hi i if in is it max me min my new no of ok on or pcs per qty set so the to up us we you
"""
_SMALL_WORDS = frozenset(_SMALL.split())
_TARGET_ZH = re.compile(r"(?:换成|换为|换到|改成|改为|更换为|升级(?:成|为|到)|换|变成)[^，,。;；]{0,6}$")
_TARGET_EN = re.compile(
    r"\b(?:exchange|swap|replace|change|switch|trade|upgrade|convert)\w*\b[^.;!?]*\b(?:for|with|to|into)\s+(?:(?:the|an?|your|some|"
    r"\w+ (?:of (?:the )?)?)\s*){0,2}$",
    re.ASCII,
)
_MODEL = re.compile(r"(?<![a-z0-9@.])(?:[a-z]{1,5}[-–—]?\d{2,6}[a-z]{0,2}(?:-[a-z0-9]{1,4})?|[a-z]{1,4}-\d{1,6}[a-z]{0,2})(?![a-z0-9]|\.\d)", re.ASCII)
_COMMON = """
a am ansi apr at aug b c ca ce cet cm cny co covid d de dec dhl din dn dock ems en eu eur f feb fr fri g gate gb gmt h hz id ie iec inv ip iso jan jul
jun k kg kv kw l m ma mar may mm mon nema nl no nov nr ny oct ord order ph pm pn po pt q r rev rma rmb room rs s sat sep sf so step sun t thu top tue
tx type uk ul unit ups us usb usd utc v vat ver w wed wifi win x z
"""
_NO_MODEL = frozenset(_COMMON.split())
_MORE_OF_MODEL = re.compile(r"[-–—_.]?\d", re.ASCII)  # VFD is the start of VFD-70, not all of it
_PRODUCT_TALK = re.compile(
    r"型号|产品|配件|有没有|有货|库存|多少钱|价格|报价|规格|参数|适配|兼容|\b(?:model|product|part|stock|price|quote|spec|fit|"
    r"compatible|sell|carry|datasheet|manual|available)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class _Hit:
    skus: tuple[str, ...]
    start: int
    end: int


def read_products(scan: Scan) -> None:
    """Products that are in the catalogue: slot `product`, its note "new" where the words make it the one to get ("换成SK-40"); their spans are claimed."""
    hits = [*_models(scan), *_numbers(scan)]
    taken = [(hit.start, hit.end) for hit in hits]
    hits += [hit for hit in _aliases(scan) if all(hit.end <= start or hit.start >= end for start, end in taken)]
    hits.sort(key=lambda hit: hit.start)
    # what is had and what is wanted are settled apart: the same model may be both
    parts = ([hit for hit in hits if not _is_wanted(scan, hit)], [hit for hit in hits if _is_wanted(scan, hit)])
    settled = [(mention, note, part) for part in parts for mention, note in settle(scan.plain, [Mention(list(hit.skus), hit.start, hit.end) for hit in part])]
    for mention, note, part in sorted(settled, key=lambda each: each[0].start):
        skus = next(hit.skus for hit in part if hit.start == mention.start)
        note = "ambiguous" if len(skus) > 1 else "new" if part is parts[1] else note
        scan.add("product", skus[0], (mention.start, mention.end), note=note, candidates=tuple(skus[1:]))
    for hit in hits:
        scan.claim(hit.start, hit.end)


def _is_wanted(scan: Scan, hit: _Hit) -> bool:
    before = scan.plain[max(0, hit.start - 120) : hit.start]
    return bool(_TARGET_ZH.search(before) or _TARGET_EN.search(before))


def read_families(scan: Scan) -> None:
    """Generic words: slot `family` where no product of that family is named right beside it, and slot `attribute`; typos of long words are forgiven."""
    products = [(slot.start, slot.end, str(slot.value)) for slot in scan.of("product", "unknown_product")]
    seen: set[tuple[str, str]] = set()
    for entry, start, end in phrases_in(scan.rest, scan.lexicon, kinds=("family", "attribute")):
        if entry.phrase.isascii() and _MORE_OF_MODEL.match(scan.plain, end):
            continue
        for value in entry.values:
            beside = entry.kind == "family" and any(_near(scan.plain, (start, end), (left, right)) for left, right, _ in products)
            if beside or (entry.kind, value) in seen:
                continue
            seen.add((entry.kind, value))
            scan.add(entry.kind, value, (start, end))


def _near(plain: str, span: tuple[int, int], other: tuple[int, int]) -> bool:
    left, right = (span, other) if span[0] < other[0] else (other, span)
    return not plain[left[1] : right[0]].strip(" 的-:：")


def phrases_in(text: str, lexicon: SlotLexicon, *, kinds: tuple[str, ...]) -> list[tuple[Entry, int, int]]:
    """Phrases of the lexicon in folded, simplified, lower-case `text`, longest first from the left, without overlap."""
    form = phrase_form(text)
    found: list[tuple[Entry, int, int]] = []
    position = 0
    while match := _WORD.search(form, position):
        start = match.start()
        hit = _phrase_at(form, start, lexicon, kinds=kinds)
        if hit:
            found.append((hit[0], start, hit[1]))
            position = hit[1]
        else:
            position = match.end()
    return found


def _phrase_at(form: str, start: int, lexicon: SlotLexicon, *, kinds: tuple[str, ...]) -> tuple[Entry, int] | None:
    match = _WORD.match(form, start)
    if not match:
        return None
    word = match.group()
    if word.isascii() and start and form[start - 1].isascii() and form[start - 1].isalnum():
        return None
    for entry in lexicon.phrases.get(word, ()) or _singular(word, lexicon):
        end = start + len(entry.phrase)
        if entry.kind not in kinds:
            continue
        if form.startswith(entry.phrase, start):
            closed = _closed(form, end) if entry.phrase[-1].isascii() else end
            if closed:
                return entry, closed
    return _misspelt(word, match, lexicon, kinds=kinds)


def _singular(word: str, lexicon: SlotLexicon) -> tuple[Entry, ...]:
    for cut in (1, 2):
        if len(word) > cut + 2 and word.endswith("es"[-cut:]) and word[:-cut] in lexicon.phrases:
            return lexicon.phrases[word[:-cut]]
    return ()


def _closed(form: str, end: int) -> int:
    """The end of a Latin phrase with its plural ending, 0 when it is only the beginning of a longer word."""
    for ending in ("", "s", "es", "'s"):
        if form.startswith(ending, end):
            after = form[end + len(ending) : end + len(ending) + 1]
            if not (after.isascii() and after.isalnum()):
                return end + len(ending)
    return 0


def _misspelt(word: str, match: re.Match[str], lexicon: SlotLexicon, *, kinds: tuple[str, ...]) -> tuple[Entry, int] | None:
    if len(word) < 6 or not word.isascii() or not lexicon.long_words:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    best = process.extractOne(word, lexicon.long_words.keys(), scorer=OSA.distance, score_cutoff=1)
    if not best and word.endswith("s"):
        best = process.extractOne(word[:-1], lexicon.long_words.keys(), scorer=OSA.distance, score_cutoff=1)
    if not best or best[0][0] != word[0]:
        return None
    entry = lexicon.long_words[best[0]]
    return (entry, match.end()) if entry.kind in kinds else None


def _models(scan: Scan) -> list[_Hit]:
    """Model numbers: runs of letters and digits, joined by hyphens, blanks or nothing, whose joints do not matter."""
    text = scan.rest
    runs = list(_RUN.finditer(text))
    hits: list[_Hit] = []
    at = 0
    while at < len(runs):
        hit, used = _model_at(scan, runs, at)
        if hit:
            hits.append(hit)
        at += used
    return hits


def _model_at(scan: Scan, runs: list[re.Match[str]], at: int) -> tuple[_Hit | None, int]:
    text, first = scan.rest, runs[at]
    last = at
    while last + 1 < len(runs) and last + 1 - at < _LONGEST and _JOINT.fullmatch(text[runs[last].end() : runs[last + 1].start()]):
        last += 1
    for stop in range(last, at - 1, -1):
        joined = "".join(run.group() for run in runs[at : stop + 1])
        span = (first.start(), runs[stop].end())
        apart = any(text[left.end() : right.start()].isspace() for left, right in pairwise(runs[at : stop + 1]))
        # "P-100s" are several of them, "P-100S" would be another model
        plural = scan.text[span[1] - 1] == "s"
        skus = _skus(joined, scan.lexicon, slips=not apart, plural=plural)
        if skus and _whole(scan, span) and not _sentence(scan, runs[at : stop + 1]):
            return _Hit(skus, *span), stop + 1 - at
    return None, 1


def _skus(joined: str, lexicon: SlotLexicon, *, slips: bool, plural: bool) -> tuple[str, ...]:
    """SKUs of a joined model number: exact, plural, with confusable characters, or with `slips` in its letters; its digits are never guessed."""
    found = lexicon.models.get(joined)
    if not found and plural and joined[-1:] == "s" and not joined.isalpha():
        found = lexicon.models.get(joined[:-1])
    if found or joined.isalpha() or joined.isdigit():
        return found or ()
    found = lexicon.lookalikes.get(lookalike(joined))
    if found and sum(char.isdigit() for char in joined) >= 1:
        return found
    match = re.fullmatch(r"([a-z]+)(\d+)", joined)
    if not match or not slips:
        return ()
    letters, digits = match.groups()
    near = [sku for stem, sku in lexicon.stems.get(digits, ()) if _slip(letters, stem, digits)]
    return tuple(near) if len(near) == 1 else ()


def _slip(typed: str, stem: str, digits: str) -> bool:
    """Whether letters were swapped, doubled or dropped (never exchanged for others: that is another model)."""
    if typed in _NO_MODEL or sorted(typed) == sorted(stem):
        return sorted(typed) == sorted(stem) and typed not in _NO_MODEL
    if min(len(typed), len(stem)) < (1 if len(digits) >= 4 else 2) or abs(len(typed) - len(stem)) != 1:
        return False
    longer, shorter = (typed, stem) if len(typed) > len(stem) else (stem, typed)
    return len(longer) > 2 - (len(digits) >= 4) and any(longer[:cut] + longer[cut + 1 :] == shorter for cut in range(len(longer)))


def _whole(scan: Scan, span: tuple[int, int]) -> bool:
    """Whether a model number ends where it seems to: P-100 is not in P-100-B, P-100.5 or X-P-100."""
    text, (start, end) = scan.plain, span
    after = text[end : end + 2]
    if re.match(r"[-–—_.][a-z0-9]", after, re.ASCII) and not re.match(r"[-–—_.](?:[a-z]{1,5}[-–—_ ]?\d)", text[end : end + 9], re.ASCII):
        return False
    return not re.search(r"[a-z0-9][-–—_]$", text[max(0, start - 2) : start], re.ASCII)


def _sentence(scan: Scan, runs: list[re.Match[str]]) -> bool:
    """Whether runs joined by blanks are rather words and a number of the sentence."""
    if len(runs) < 2:
        return False
    for left, right in pairwise(runs):
        blank = scan.rest[left.end() : right.start()].isspace()
        if blank and left.group() in _SMALL_WORDS and not scan.text[left.start() : left.end()].isupper():
            return True
        if blank and left.group().isdigit() and right.group().isdigit():
            return True
    return False


def _numbers(scan: Scan) -> list[_Hit]:
    """The number of a model alone (6205) beside a word for its family: a 6205 bearing, 轴承6205."""
    hits = []
    for run in re.finditer(r"(?<![a-z0-9.,#-])\d{2,8}(?![a-z0-9%]|[.,]\d|-\d)", scan.rest, re.ASCII):
        skus = tuple(sku for _, sku in scan.lexicon.stems.get(run.group(), ()))
        if skus and (found := tuple(sku for sku in skus if _family_beside(scan, run.span(), scan.lexicon.families.get(sku, "")))):
            exact = len(run.group()) >= 4 or bool(re.match(r"[的型号]", scan.rest[run.end() : run.end() + 1]))
            if exact and len(found) == 1:
                hits.append(_Hit(found, *run.span()))
    return hits


def _family_beside(scan: Scan, span: tuple[int, int], family: str) -> bool:
    left, right = span
    around = ((max(0, left - 14), left), (right, right + 16))
    for start, end in around:
        for entry, a, b in phrases_in(scan.rest[start:end], scan.lexicon, kinds=("family",)):
            gap = scan.rest[start + b : left] if start < left else scan.rest[right : start + a]
            if family in entry.values and not gap.strip(" 的型号-"):
                return True
    return False


def _aliases(scan: Scan) -> list[_Hit]:
    found = phrases_in(scan.rest, scan.lexicon, kinds=("product", "family"))
    return [_Hit(entry.values, start, end) for entry, start, end in found if entry.kind == "product" and not _MORE_OF_MODEL.match(scan.plain, end)]


def read_unknown(scan: Scan) -> None:
    """Model numbers that the catalogue does not have: they resemble its own (P-1000 beside P-100) or the talk is about a product."""
    for match in _MODEL.finditer(scan.rest):
        letters = re.match("[a-z]+", match.group())
        if not letters or GONE in match.group():
            continue
        stem = letters.group()
        hyphen = bool(re.search("[-–—]", match.group()))
        known = stem in scan.lexicon.prefixes
        talk = bool(_PRODUCT_TALK.search(scan.plain)) or bool(phrases_in(scan.plain, scan.lexicon, kinds=("family", "attribute")))
        common = stem in _NO_MODEL and not (hyphen and (known or len(stem) == 1))
        if not common and (known or ((hyphen or len(stem) > 1) and talk)):
            scan.add("unknown_product", scan.text[match.start() : match.end()], match.span())
            scan.claim(*match.span())
