"""Commands on a workspace folder as such: write a new one, check one, print its schemas."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from assistant.errors import Conflict


def init(directory: Path) -> None:
    """Writes the packaged example. Raises Conflict when something is in the way."""
    from assistant.workspace.scaffold import init_workspace

    try:
        init_workspace(directory)
    except Conflict as error:
        taken = "is a file" if directory.is_file() else "is not empty"
        beside = directory.parent if directory.is_file() else directory
        raise Conflict(f"{directory} {taken}, so nothing was written: name a new folder, such as `assistant init {beside / 'company'}`") from error
    print(f"Written to {directory}. Next:\n  assistant workspace check {directory}\n  assistant chat --workspace {directory}")


def check(directory: Path) -> int:
    """0 when the workspace is whole; 1 with every problem listed. What only looks like a mistake is told as a note and changes nothing."""
    from assistant.once import seen_in

    found, notes = seen_in(directory)
    for problem in found:
        print(problem)
    for note in notes:
        print(f"note: {note}")
    beside = f", {len(notes)} note{'' if len(notes) == 1 else 's'}" if notes else ""
    print(f"{len(found)} problem(s){beside}" if found else f"{directory}: nothing wrong{beside}")
    return 1 if found else 0


def schema(file: str) -> int:
    """Prints one schema or all of them by file name; 2 for an unknown name."""
    from assistant.workspace.schema import schemas

    found = schemas()
    if file and file not in found:
        print(f"no schema {file!r}; there are {', '.join(sorted(found))}", file=sys.stderr)
        return 2
    print(json.dumps(found[file] if file else found, ensure_ascii=False, indent=2))
    return 0
