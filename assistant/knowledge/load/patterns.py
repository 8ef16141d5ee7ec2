"""Regular expressions kept one a line in a text file of this package; it knows nothing of what they mean."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def alternatives(file: str, *, lowered: bool = False) -> re.Pattern[str]:
    """The lines of `file` as one pattern, case ignored, ^ and $ at line ends. `$NAME pattern` defines what {NAME} stands for below; # begins a comment.

    `lowered`: the text to be searched is in lower case already, which is several times faster than ignoring case.
    """
    names: dict[str, str] = {}
    found: list[str] = []
    for raw in files("assistant.knowledge.load").joinpath(file).read_text(encoding="utf-8").splitlines():
        line = re.sub(r"\{([A-Z]+)\}", lambda match: names.get(match.group(1), match.group()), raw)
        if line.startswith("$"):
            name, _, pattern = line[1:].partition(" ")
            names[name] = pattern
        elif line.strip() and not line.startswith("# "):
            found.append(f"(?:{line})")
    if not lowered:
        return re.compile("|".join(found), re.IGNORECASE | re.MULTILINE)
    # an escaped letter is no letter
    found = [re.sub(r"\\.|[A-Z]", lambda match: match.group() if match.group()[0] == "\\" else match.group().lower(), line) for line in found]
    return re.compile("|".join(_grouped(found)), re.MULTILINE)


def _grouped(lines: list[str]) -> list[str]:
    """Lines of which every alternative begins at the edge of a word as one, so that inside of a word none of them is tried."""
    edged = [line for line in lines if all(each.startswith("\\b") for each in _top(line[3:-1]))]
    rest = [line for line in lines if line not in edged]
    return [rf"\b(?:{'|'.join(edged)})", *rest] if edged else rest


def _top(pattern: str) -> list[str]:
    """The alternatives of a pattern that stand in no group and no set."""
    found, depth, inside, begin = [], 0, False, 0
    for match in re.finditer(r"\\.|[\[\]()|]", pattern):
        sign = match.group()
        if sign == "[" and not inside:
            inside = True
        elif sign == "]":
            inside = False
        elif not inside and sign in "()":
            depth += 1 if sign == "(" else -1
        elif not inside and sign == "|" and not depth:
            found.append(pattern[begin : match.start()])
            begin = match.end()
    return [*found, pattern[begin:]]
