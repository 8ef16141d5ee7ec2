"""How a customer feels and how much it presses, from the workspace's lexicon and a few rules; no statistics, no decisions.

A charged word counts with its weight, times the degree before it ("very"), turned round by a negation before it in the same clause ("not good",
"nothing to complain about"). Praise followed by trouble ("great, another delay") is meant the other way. What is harmless in a trade
(emergency stop, fire pump) is taken out first, and what is only imagined ("if a pump burns out") or denied ("the line is not down") presses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.workspace.model import Lexicon

GONE = "\ue000"
_GAP = r"(?:(?![不没未无]|n't|not |no |never )[^。！？!?；;\n]){0,18}?"  # "the line has not stopped" is no stopped line
_PART = re.compile(r"\.\.\.|.", re.DOTALL)
_LATIN_EDGE, _LATIN_END, _STOP = "(?<![a-z])", "(?![a-z])", "$$"
_Tree = dict[str, "_Tree"]
_SENTENCE = re.compile(r"[。！？!?\n；;]|\.(?=\s|$)")
_CLAUSE = re.compile(r"[，,。！？!?；;：:\n]|\.(?=\s|$)|(?<![a-z])(?:but|and|while|although|because|so)(?![a-z])|但是?|可是|不过|而且|所以|因为|只是|就是")
_LOUD = re.compile(r"[!！?？]{2,}|[!！][^!！]*[!！]")
_SHOUT = re.compile(r"\b[A-Z]{3,}\b")
_REACH_ZH, _REACH_EN = 6, 34  # characters before a word in which a negation or degree still belongs to it
_FLIP = -0.65
_ALARM, _UPSET = 3, -0.5  # nobody who is angry, or whose line stands still, is content, however plainly it is told
_NEGATED_PRESS = 10
# what may stand between a Chinese negation and what it denies; behind any other word it has denied that word, and "没反应产线停了" is a stopped line
_STILL_DENIED = re.compile(
    r"(?:是|有|说|会|能|让|到|被|想|要|叫|再|至于|因为|由于|导致|造成|使得?|什么|任何|人员?|员工|工人|大家|谁|出现|发生|存在|看[到见]|见到?|闻到?|听[到说]|发现|过"
    r"|我们?|咱们?|这[里边儿]|那[里边儿]|地方|厂里|现场|目前|现在|真的?|完全|全部?|整个|整条|一[条台个]|哪[里儿]|怎么|出|在|就|的|地|得|过来|影响|引起|算)*"
)
_NO_NEGATION = re.compile(
    r"不得不|不能不|不仅|不但|不光|不止|无论|不管|没错|没想到|没得说|没的说|没话说|不好意思|不过|别人|别的|别家|分别|特别|差别|个别|级别|类别|是不是|要不要|能不能|可不可以|对不对|有没有|好不好|行不行|管不管"
    r"|(?<![a-z])(?:never (?:seen|had|met|been|experienced)|can'?t believe|not only|no wonder|why not|couldn'?t care)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class MoodWords:
    """A compiled lexicon; `weights` of the words `charged` finds, `degrees` of those `degree` finds, `urgency` patterns from level 3 down."""

    charged: re.Pattern[str]
    weights: Mapping[str, float]
    degree: re.Pattern[str]
    degrees: Mapping[str, float]
    negation: re.Pattern[str]
    anger: re.Pattern[str]
    urgency: tuple[tuple[int, re.Pattern[str]], ...]
    harmless: re.Pattern[str]
    hypothetical: re.Pattern[str]
    calm: re.Pattern[str]
    praise: re.Pattern[str]
    trouble: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Mood:
    """`sentiment` -1 (bad) … 1 (good), `urgency` 0 … 3 (3 = line stopped, injury, fire, flood)."""

    sentiment: float
    anger: bool
    urgency: int


def mood_words(lexicon: Lexicon) -> MoodWords:
    """The lexicon of a workspace ready for use; both languages at once, because customers mix them."""
    weights = {_plain(word): weight for words in lexicon.sentiment.values() for word, weight in words.items()}
    degrees = {_plain(word): weight for words in lexicon.degrees.values() for word, weight in words.items()}
    levels = sorted({level for found in lexicon.urgency.values() for level in found}, reverse=True)
    group = lexicon.words
    return MoodWords(
        charged=_pattern(weights),
        weights=weights,
        degree=_pattern(degrees),
        degrees=degrees,
        negation=_pattern(_all(lexicon.negations)),
        anger=_pattern(_all(lexicon.anger)),
        urgency=tuple((int(level), _pattern(word for found in lexicon.urgency.values() for word in found.get(level, ()))) for level in levels),
        harmless=_pattern(_all(group.get("harmless", {}))),
        hypothetical=_pattern(_all(group.get("hypothetical", {}))),
        calm=_pattern(_all(group.get("calm", {}))),
        praise=_pattern(_all(group.get("praise", {}))),
        trouble=_pattern(_all(group.get("trouble", {}))),
    )


def _all(words: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    return (word for found in words.values() for word in found)


def _plain(text: str) -> str:
    return to_simplified(fold(text)).lower()


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern of phrases, the longest that fits; Latin ones are bounded by words, "..." is a gap inside a sentence. Without phrases it finds nothing.

    Phrases that begin alike share their beginning (a trie): a thousand alternatives tried at every character would cost a millisecond a message.
    """
    plain = {_plain(phrase) for phrase in phrases}
    tree: _Tree = {}
    for phrase in sorted(plain - {""}):
        node = tree
        for token in (_LATIN_EDGE if _latin(phrase[0]) else "", *_tokens(phrase), _LATIN_END if _latin(phrase[-1]) else "", _STOP):
            node = node.setdefault(token, {}) if token else node
    return re.compile(_grown(tree) if tree else r"(?!)")


def _tokens(phrase: str) -> list[str]:
    return [_GAP if part in ("...", "…") else r"\s+" if part == " " else re.escape(part) for part in _PART.findall(phrase)]


def _latin(char: str) -> bool:
    return "a" <= char <= "z"


def _grown(tree: _Tree) -> str:
    """The expression of a trie; the end of a phrase comes last, so that longer ones are tried first."""
    branches = [token + _grown(below) for token, below in tree.items() if token != _STOP]
    branches.sort(key=lambda branch: branch.startswith((_LATIN_END, _GAP)))
    if _STOP in tree:
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def feel(text: str, words: MoodWords) -> Mood:
    """The mood of a folded message."""
    plain = words.harmless.sub(lambda match: GONE * len(match.group()), _plain(text))
    masked = _NO_NEGATION.sub(lambda match: GONE * len(match.group()), plain)
    score = _score(masked, words)
    ironic = _ironic(masked, words)
    if ironic:
        score = min(-0.5, -abs(score))
    loud = bool(_LOUD.search(text))
    if loud and abs(score) > 0.1:
        score *= 1.25
    urgency = _urgency(plain, masked, words)
    angry = _angry(text, plain, masked, words=words, sentiment=score, loud=loud)
    if angry or urgency >= _ALARM:
        score = min(score, _UPSET)
    return Mood(round(max(-1.0, min(1.0, score)), 3), angry, urgency)


def _score(masked: str, words: MoodWords) -> float:
    """The charged words together: their sum over one more than half their strength, so that many weak words do not make a strong one."""
    total = strength = 0.0
    for match in words.charged.finditer(masked):
        before = _before(masked, match.start())
        weight = words.weights[_key(match.group(), words.weights)] * _degree(before, words)
        if _negated(before, words):
            weight *= _FLIP
        total += weight
        strength += abs(weight)
    return total / (0.5 + 0.5 * max(1.0, strength)) if strength else 0.0


def _key(found: str, table: Mapping[str, float]) -> str:
    return found if found in table else re.sub(r"\s+", " ", found)


def _before(text: str, at: int) -> str:
    """What stands before a word in its clause, as far as it may bear on it."""
    reach = _REACH_EN if "a" <= text[at] <= "z" else _REACH_ZH
    window = text[max(0, at - reach) : at]
    parts = _CLAUSE.split(window)
    return parts[-1]


def _degree(before: str, words: MoodWords) -> float:
    found = [match.group() for match in words.degree.finditer(before)]
    return words.degrees[_key(found[-1], words.degrees)] if found else 1.0


def _negated(before: str, words: MoodWords) -> bool:
    return len(words.negation.findall(before)) % 2 == 1


def _ironic(masked: str, words: MoodWords) -> bool:
    """Praise at the beginning with trouble behind it, and nothing that is good in earnest in between."""
    praise = words.praise.match(masked.lstrip("“\"' "))
    if not praise:
        return False
    rest = masked[praise.end() :]
    trouble = words.trouble.search(rest)
    if not trouble:
        return False
    return not _negated(_before(rest, trouble.start()), words)


def _angry(text: str, plain: str, masked: str, *, words: MoodWords, sentiment: float, loud: bool) -> bool:
    if any(not _negated(_before(masked, match.start()), words) for match in words.anger.finditer(plain)):
        return True
    shouted = len(_SHOUT.findall(text)) >= 4 and text.upper() == text
    return sentiment <= -0.35 and (shouted or (loud and sentiment <= -0.55))


def _urgency(plain: str, masked: str, words: MoodWords) -> int:
    for level, pattern in words.urgency:
        for match in pattern.finditer(plain):
            if not _unreal(masked, match, words):
                return 0 if level == 1 and words.calm.search(plain) else level
    return 0


def _unreal(masked: str, match: re.Match[str], words: MoodWords) -> bool:
    """Whether something pressing is denied or only imagined: a negation close before it, or a supposition before it in the same sentence."""
    sentence = _SENTENCE.split(masked[: match.start()])[-1]
    close = _CLAUSE.split(sentence)[-1][-_NEGATED_PRESS:]
    return _denied(close, words) or bool(words.hypothetical.search(sentence))


def _denied(close: str, words: MoodWords) -> bool:
    """Whether the words right before something deny it: an odd number of negations, the last of which still reaches so far."""
    found = list(words.negation.finditer(close))
    if len(found) % 2 == 0:
        return False
    last = found[-1]
    # 再不修就要停产: what is only threatened is not there yet
    threatened = close[: last.start()].endswith("再")
    return last.group().isascii() or threatened or _STILL_DENIED.fullmatch(close[last.end() :]) is not None
