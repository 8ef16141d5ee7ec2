"""Whether a message is covered, word for word, by consent, politeness and repetition; what is left over is judged elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from assistant.understanding.yesno import idioms
from assistant.understanding.yesno import words as table
from assistant.understanding.yesno.acts import Acts
from assistant.understanding.yesno.form import Message, head, phrases, spaced
from assistant.understanding.yesno.words import FILLER, NOTED, PLAIN, SOFT, Clause

_PART = re.compile(f"{table.PART_ZH}|{table.PART_EN}")

_JOINED = (" and ", " so ", " thanks", " thank you")  # what joins a clause to another one

_BORROWED = frozenset({"ok", "okay", "okok", "okk", "ojbk", "oj", "nice", "good", "sorry", "po", "oa", "yyds"})

State = tuple[int, bool]

Units = Mapping[str, tuple[tuple[str, State], ...]]


@lru_cache(maxsize=1)
def _units() -> Units:
    """All phrases by their first character (Chinese) or word, with what each says: (strength of consent, whether it only acknowledges)."""
    index: dict[str, dict[str, State]] = defaultdict(dict)
    groups: tuple[tuple[Iterable[str], State], ...] = (
        (idioms.POLITE_ZH.split(), (FILLER, False)),
        (phrases(idioms.POLITE_EN), (FILLER, False)),
        (idioms.SOFT_ZH.split(), (SOFT, False)),
        (idioms.EXPLICIT_ZH.split(), (PLAIN, False)),
        (phrases(idioms.EXPLICIT_EN), (PLAIN, False)),
        (table.POLITE_ZH.split(), (FILLER, False)),
        (phrases(table.POLITE_EN), (FILLER, False)),
        (table.ACKNOWLEDGED_ZH.split(), (FILLER, True)),
        (phrases(table.ACKNOWLEDGED_EN), (FILLER, True)),
        (table.SOFT_ZH.split(), (SOFT, False)),
        (phrases(table.SOFT_EN), (SOFT, False)),
        (table.EXPLICIT_ZH.split(), (PLAIN, False)),
        (phrases(table.EXPLICIT_EN), (PLAIN, False)),
        (table.YES_SIGNS.split(), (PLAIN, False)),
        (table.SOFT_SIGNS.split(), (SOFT, False)),
    )
    for group, state in groups:
        for phrase in group:
            form = spaced(phrase)
            index[head(form)][form] = state
    return {head: tuple(found.items()) for head, found in index.items()}


def cover(message: Message, acts: Acts) -> list[frozenset[State]]:
    """For each token (and the end): the ways in which everything before it is consent, politeness or repetition."""
    form, count = message.form, len(message.starts)
    at_token = {start: index for index, start in enumerate(message.starts)}
    at_token[len(form)] = count
    reach: list[set[State]] = [set() for _ in range(count + 1)]
    reach[0].add((FILLER, False))
    units = _units()
    for index in range(count):
        if not reach[index]:
            continue
        start = message.starts[index]
        for end, (strength, acknowledged) in _steps(message, start, units, acts=acts):
            stop = at_token.get(end if end == len(form) or form[end] != " " else end + 1)
            if stop is not None:
                reach[stop] |= {(max(strength, before), acknowledged or seen) for before, seen in reach[index]}
    return [frozenset(states) for states in reach]


def _steps(message: Message, start: int, units: Units, *, acts: Acts) -> list[tuple[int, State]]:
    form = message.form
    steps = [(start + len(phrase), state) for phrase, state in units.get(head(form[start:]), ()) if form.startswith(phrase, start)]
    steps = [(end, state) for end, state in steps if end == len(form) or not (form[end - 1].isascii() and form[end].isalnum() and form[end].isascii())]
    listed = len(steps)  # "sure, why not" is one phrase in spite of its comma; 也许，可中 is no 许可
    limit = next((place for place in message.breaks if place > start), len(form))
    for pattern, state in ((acts.plain, (PLAIN, False)), (_PART, (PLAIN, False)), (acts.bare, (FILLER, False)), (acts.solo, (SOFT, False))):
        match = pattern.match(form, start, limit)
        if match and match.end() > start:
            # the verb alone has two readings where the act is to cancel; with more behind it, all of it harmless, it has one
            alone = pattern is not acts.bare or match.end() not in message.breaks
            steps.append((match.end(), state if alone else (SOFT, False)))
    for pattern, strength, closed in _clauses(message, start, acts):
        # hardly any of some three hundred clauses begins at a word
        if (match := pattern.match(form, start, limit)) is None:
            continue
        end = _end(pattern, message, start, limit) if closed else match.end()
        if end > start:
            steps.append((end, (FILLER, True) if strength == NOTED else (strength, False)))
    return [(end, state) for index, (end, state) in enumerate(steps) if end <= limit or (index < listed and form[start].isascii())]


def _clauses(message: Message, start: int, acts: Acts) -> tuple[Clause, ...]:
    """The clauses that can begin here: those of one language, or of both at a value and where Chinese borrows a word."""
    form = message.form
    chinese = (*acts.chinese, *acts.told) if start == 0 or start in message.breaks or start in message.ends else acts.chinese
    if form[start] == "§":
        return (*acts.english, *chinese)
    if not form[start].isascii():
        return chinese
    return (*acts.english, *chinese) if form[start].isdigit() or head(form[start:]) in _BORROWED else acts.english


def _stop(match: re.Match[str] | None) -> int:
    return match.end() if match else -1


def _end(pattern: re.Pattern[str], message: Message, start: int, limit: int) -> int:
    """Where a clause that begins at `start` ends before `limit`, if that is where a clause may end; -1 if it does not."""
    end = _stop(pattern.match(message.form, start, limit))
    if end <= start or end in message.ends or message.form.startswith(_JOINED, end):
        return end
    later = sorted(place for place in message.ends if end < place <= limit)[:1]
    earlier = sorted((place for place in message.ends if start < place < end), reverse=True)
    return next((place for place in (*later, *earlier) if pattern.fullmatch(message.form, start, place)), -1)


def is_yes(states: frozenset[State]) -> bool:
    return any(strength == PLAIN or (strength == SOFT and not acknowledged) for strength, acknowledged in states)
