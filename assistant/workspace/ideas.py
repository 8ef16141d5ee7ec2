"""Reads `corpus/concepts.txt`, words of a trade that mean the same, one idea a line; what they are used for is the knowledge room's business."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.workspace.source import Report

Group = tuple[str, ...]


def read_ideas(text: str, file: str, report: Report) -> tuple[Group, ...]:
    """Each line "中文词 中文词 | english phrase, english phrase" as its words; either side may be empty, "#" begins a comment. Mistakes are reported."""
    found: list[Group] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        chinese, bar, english = line.partition("|")
        group = tuple(dict.fromkeys((*chinese.split(), *_phrases(english))))
        if not bar:
            report.problem(
                file, number, "", message="there is no | between the Chinese words and the English phrases", hint="运费 邮费 | freight, shipping cost"
            )
        elif "|" in english:
            report.problem(file, number, "", message="there is more than one |", hint="one idea a line")
        elif len(group) < 2:
            report.problem(file, number, "", message="one word alone means nothing else", hint="add the words that mean the same, or take the line out")
        else:
            found.append(group)
    return tuple(found)


def _phrases(english: str) -> Iterator[str]:
    yield from (phrase.strip() for phrase in english.split(",") if phrase.strip())
