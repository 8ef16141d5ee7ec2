"""Sentences read as words with their ideas and the marks that steer them (no, must, only, before …), in Chinese and English; it judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from assistant.knowledge.terms import LIGHT, stem
from assistant.text.words import words as cut_words

_PIECE = re.compile(r"[a-zµ\u00c0-\u024f]+(?:'[a-z]+)?|[\u3007\u3400-\u9fff]+", re.IGNORECASE)
_HAN = re.compile(r"[\u3007\u3400-\u9fff]")
_CUT = re.compile(r"[,，;；:：。！？!?\n|]|\.(?=\s|$)|\s[-–—]{1,2}\s|——|[()（）]|\b(?:but|while|whereas|however)\b|而且|但是|但|不过|然而", re.IGNORECASE)
_LONGEST = 5
WIDE = "w"
_UN = re.compile(r"un(?:der|it|til|ion|iq|iform|less|iver|load|pack|install|seal)")
_UNDENIED = re.compile("不[仅但断论同少久便妨管良错锈干过]|未来|没关")
Key = str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for: ideas it says, marks it sets."""

    ideas: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """A word or known phrase at `start:end` of the text read. `light` words state nothing; `denied` when a negating word stands right before it."""

    text: str
    start: int
    end: int
    ideas: frozenset[str]
    marks: frozenset[str]
    light: bool
    denied: bool
    parts: tuple[str, ...]
    proper: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.text, *self.parts)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases (Chinese as written, English in lower case and by stems) and which ideas exclude each other."""

    entries: Mapping[Key, Entry]
    contrasts: Mapping[str, frozenset[str]]
    frames: frozenset[str]
    plain: frozenset[str]


def _read(name: str) -> Iterator[str]:
    text = files("assistant.dialog.support").joinpath(name).read_text(encoding="utf-8")
    yield from (line for line in text.splitlines() if line and not line.startswith("#"))


def _keys(group: str) -> set[Key]:
    chinese, _, english = group.partition("|")
    found = set(chinese.split())
    for phrase in english.split(","):
        parts = re.findall(r"[a-z']+", phrase.lower())
        if parts:
            found |= {" ".join(parts), " ".join(stem(part) for part in parts)}
    return found


def _general() -> list[str]:
    """The groups that search knows, wider than the ones of this room: they tell that two texts speak of the same, not that they say the same."""
    text = files("assistant.knowledge").joinpath("concepts.txt").read_text(encoding="utf-8")
    return [
        line
        for line in text.splitlines()
        if "|" in line and not line.startswith("#") and "不含" not in line and "不退" not in line and "最大" not in line and "最小" not in line
    ]


def _within(key: Key, narrow: Mapping[Key, set[str]]) -> bool:
    """Whether a word is made around one that is known by itself (走海运)."""
    size = len(key)
    parts = (key[start:stop] for start in range(size) for stop in range(start + 2, size + 1) if stop - start < size)
    return key[0] in "每一" or any(all(idea[0] != WIDE for idea in narrow[part]) for part in parts if part in narrow)


def _plain_key(key: Key, frames: frozenset[str]) -> bool:
    """Whether a phrase of the wider groups is a plain name of a thing: short, without grammar and without a denial."""
    if key[0] >= "\u3400":
        return 1 < len(key) < 5 and not re.search("[不没无未几吗能谁怎么的了我]", key)
    parts = key.split()
    return len(parts) < 3 and not any(part in frames or part in ("not", "no", "can", "cannot", "without", "non") or len(part) < 2 for part in parts)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The packaged words: ideas with their contrasts, marks, and frames."""
    ideas: dict[Key, set[str]] = {}
    marks: dict[Key, set[str]] = {}
    contrasts: dict[str, set[str]] = {}
    for number, line in enumerate(_read("glossary.txt")):
        sides = [f"{number}.{side}" for side in range(line.count("><") + 1)]
        for name, group in zip(sides, line.split("><"), strict=True):
            for key in _keys(group):
                ideas.setdefault(key, set()).add(name)
            if len(sides) > 1:
                contrasts.setdefault(name, set()).update(other for other in sides if other != name)
    for line in _read("marks.txt"):
        name, _, group = line.partition("|")
        for key in _keys(group):
            for part in name.strip().split("+"):
                if part.startswith("~"):
                    ideas[key] = set(ideas[part[1:]])
                else:
                    marks.setdefault(key, set()).add(part)
    chinese, english, everyday = _read("frames.txt")
    frames = frozenset(chinese.split()) | frozenset(english.split()) | frozenset(stem(word) for word in english.split())
    for number, group in enumerate(_general()):
        for key in _keys(group):
            if key not in marks and _plain_key(key, frames) and not (key[0] >= "\u3400" and key not in ideas and _within(key, ideas)):
                ideas.setdefault(key, set()).add(f"{WIDE}{number}")
    # what a negating prefix is put before is read as its denial
    for key in [key for key in ideas if (key[0] in "未不" and len(key) > 2 and key[1:] in ideas) or (key.startswith("un") and _undoes(key) in ideas)]:
        del ideas[key]
    for key in [key for key in {*ideas, *marks} if key[0] < "\u3400"]:
        # a form that one group lists is also the word of the others
        root = " ".join(stem(part) for part in key.split())
        if root != key:
            ideas.setdefault(key, set()).update(ideas.get(root, ()))
            if key not in marks and root in marks and " " not in key:
                marks[key] = set(marks[root])
    entries = {key: Entry(frozenset(ideas.get(key, ())), frozenset(marks.get(key, ()))) for key in {*ideas, *marks}}
    return Lexicon(entries, {name: frozenset(others) for name, others in contrasts.items()}, frames, frozenset(everyday.split()))


@dataclass(frozen=True, slots=True)
class _Piece:
    raw: str
    start: int
    end: int
    parts: tuple[str, ...]
    cased: str


def _pieces(text: str) -> list[_Piece]:
    found: list[_Piece] = []
    for match in _PIECE.finditer(text):
        run, at = match.group(), match.start()
        if _HAN.match(run):
            found += [_Piece(word, at + start, at + end, parts, word) for word, start, end, parts in _segments(run)]
        else:
            low = run.lower()
            found.append(_Piece(low, at, match.end(), (), run))
    return found


@lru_cache(maxsize=8192)
def _segments(run: str) -> tuple[tuple[str, int, int, tuple[str, ...]], ...]:
    """The words of a Chinese run without overlap, each with the parts that search mode adds."""
    found: list[tuple[str, int, int, tuple[str, ...]]] = []
    end = 0
    for word in cut_words(run):
        if run.startswith(word, end):
            found.append((word, end, end + len(word), ()))
            end += len(word)
            continue
        for back in range(len(found) - 1, -1, -1):
            start = found[back][1]
            if run.startswith(word, start) and start + len(word) >= end:
                parts = tuple(part[0] for part in found[back:])
                found[back:] = [(word, start, start + len(word), parts)]
                end = start + len(word)
                break
    return tuple(_cheapest(run, found))


_COST = {"known": 0.9, "cut": 1.1, "letter": 1.1, "stray": 1.6}


def _cheapest(run: str, cut: list[tuple[str, int, int, tuple[str, ...]]]) -> list[tuple[str, int, int, tuple[str, ...]]]:
    """The cheapest way to read a run as words of the lexicon, words of the segmenter and single characters (Viterbi)."""
    known = lexicon()
    given = {(start, stop): parts for _, start, stop, parts in cut}
    best: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, len(run) + 1):
        options = []
        for start in range(max(0, stop - 8), stop):
            word = run[start:stop]
            if len(word) > 1 and (word in known.entries or word in known.frames):
                cost = _COST["known"]
            elif (start, stop) in given and len(word) > 1 and word[0] not in "每由" and not (word not in known.entries and _made(word, known)):
                cost = _COST["cut"]
            elif len(word) == 1:
                cost = _COST["letter"] if word in known.entries or word in known.frames else _COST["stray"]
            else:
                continue
            options.append((best[start][0] + cost, start))
        best.append(min(options))
    found: list[tuple[str, int, int, tuple[str, ...]]] = []
    stop = len(run)
    while stop:
        start = best[stop][1]
        inside = tuple(word for word, first, last, _ in cut if start <= first and last <= stop and last - first < stop - start)
        found.append((run[start:stop], start, stop, inside or given.get((start, stop), ())))
        stop = start
    return found[::-1]


def _made(word: str, known: Lexicon) -> bool:
    """Whether a word is a denial, a count or a leave put before a word that is known."""
    pieces = {*known.entries, "一"} if word[0] == "一" else known.entries
    return any(word[:at] in pieces and (word[at:] in known.entries or word[at:] in "了过着的") for at in range(1, len(word)))


def _look(pieces: list[_Piece], at: int, text: str) -> tuple[int, Entry | None]:
    lex = lexicon().entries
    most = min(_LONGEST, len(pieces) - at)
    han = bool(_HAN.match(pieces[at].raw))
    for length in range(most, 0, -1):
        window = pieces[at : at + length]
        between = [text[left.end : right.start] for left, right in pairwise(window)]
        if han:
            if any(between) or not all(_HAN.match(each.raw) for each in window):
                continue
            found = lex.get("".join(each.raw for each in window))
        else:
            if any(gap.strip(" -'") or not gap for gap in between):
                continue
            found = lex.get(" ".join(each.raw for each in window)) or lex.get(" ".join(stem(each.raw) for each in window))
        if found:
            return length, found
    return 1, None


def read_words(text: str) -> tuple[Word, ...]:
    """The words of folded, simplified `text` in order; what must not be read (figures, codes) has been blanked out by the caller."""
    pieces = _pieces(text)
    frames = lexicon().frames
    found: list[Word] = []
    at, denied = 0, False
    last = 0
    while at < len(pieces):
        length, entry = _look(pieces, at, text)
        window = pieces[at : at + length]
        start, end = window[0].start, window[-1].end
        if _CUT.search(text[last:start]):
            denied = False
        last = end
        raw = ("" if _HAN.match(window[0].raw) else " ").join(each.raw for each in window)
        root = stem(raw) if length == 1 else raw
        marks = entry.marks if entry else frozenset()
        ideas = entry.ideas if entry else frozenset()
        here = denied
        if entry is None and raw.startswith(("un", "non")) and (rest := _undone(raw)):
            ideas, marks, here = rest, frozenset({"NEG"}), True
        if entry is None and raw[0] in "不未没" and len(raw) > 1 and _HAN.match(raw) and not _UNDENIED.match(raw):
            rest_entry = lexicon().entries.get(raw[1:])
            ideas, marks, here = rest_entry.ideas if rest_entry else frozenset(), frozenset({"NEG"}), True
        light = not ideas and (bool(marks) or raw in frames or root in frames or _single(window[0].cased))
        cased = window[0].cased
        proper = length == 1 and cased[:1].isupper() and (not _starts(text, start) or (cased.isupper() and len(cased) > 1))
        found.append(Word(root, start, end, ideas, marks, light, here, window[0].parts if length == 1 else tuple(stem(each.raw) for each in window), proper))
        if "NEG" in marks and entry is not None:
            denied = not here
        elif not light:
            denied = False
        at += length
    return tuple(found)


def _single(cased: str) -> bool:
    """Whether a lone letter says nothing; a capital names a size, a terminal, a class."""
    return len(cased) == 1 and not _HAN.match(cased) and (not cased.isupper() or cased in "IA")


def _undoes(word: str) -> str:
    return "" if _UN.match(word) else word.removeprefix("non").removeprefix("un")


def _undone(raw: str) -> frozenset[str]:
    rest = _undoes(raw)
    lex = lexicon().entries
    entry = (lex.get(rest) or lex.get(stem(rest))) if len(rest) > 3 else None
    return entry.ideas if entry else frozenset()


def _starts(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'“‘(（*-")
    return not before or before[-1] in ".!?。！？:：\n|;；"


def is_everyday(word: Word) -> bool:
    """Whether a word counts little: everyday verbs and fillers that a document does without."""
    return word.text in LIGHT or (word.text in lexicon().plain and not word.marks)


def cuts(text: str) -> list[tuple[int, int]]:
    """Spans of the clauses of a text."""
    found, begin = [], 0
    for match in _CUT.finditer(text):
        found.append((begin, match.start()))
        begin = match.start() if match.group()[:1].isalpha() else match.end()
    found.append((begin, len(text)))
    return [(start, end) for start, end in found if any(char.isalnum() for char in text[start:end])]
