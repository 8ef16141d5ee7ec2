"""Writes the packaged example, a small supplier of laboratory glassware, as a new workspace folder; it checks nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from assistant.errors import Conflict

TEMPLATE = Path(__file__).parent / "template"


def init_workspace(directory: Path | str) -> tuple[Path, ...]:
    """Writes the example into `directory` and returns the files written. Raises Conflict when the folder holds anything already, and writes nothing then."""
    target = Path(directory)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Conflict(f"{target} is not empty; nothing was written")
    for folder in ("prompts", "evals/data"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for source in sorted(TEMPLATE.rglob("*")):
        if source.is_file():
            copy = target / source.relative_to(TEMPLATE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            written.append(copy)
    ignored = target / ".gitignore"
    ignored.write_text("var/\n", encoding="utf-8")
    return (*written, ignored)
