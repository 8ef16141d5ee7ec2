"""Regular expressions kept one a line in a text file of this package; it knows nothing of what they mean."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def alternatives(file: str) -> re.Pattern[str]:
    """The lines of `file` as one pattern, case ignored, ^ and $ at line ends. `$NAME pattern` defines what {NAME} stands for below; # begins a comment."""
    names: dict[str, str] = {}
    found: list[str] = []
    for raw in files("assistant.knowledge.load").joinpath(file).read_text(encoding="utf-8").splitlines():
        line = re.sub(r"\{([A-Z]+)\}", lambda match: names.get(match.group(1), match.group()), raw)
        if line.startswith("$"):
            name, _, pattern = line[1:].partition(" ")
            names[name] = pattern
        elif line.strip() and not line.startswith("# "):
            found.append(f"(?:{line})")
    return re.compile("|".join(found), re.IGNORECASE | re.MULTILINE)
