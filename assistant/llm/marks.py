"""What back ends were found fit for, kept beside the workspace's caches; a task whose mark failed is not served unless somebody insists.

A mark belongs to a back end, its name and its address: the same name at another server is another model.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import ConfigError
from assistant.llm.check import refusals
from assistant.llm.route import BackEnd
from assistant.model_types import Task

FILE = "models.json"
FORMAT = 2


def mark_of(back_end: BackEnd) -> str:
    """What a back end's mark is kept under: its name in the settings ("openai:qwen3") and a hash of its address, which may hold what nobody should read."""
    digest = hashlib.sha256(back_end.address.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{back_end.model.name} {digest[:16]}"


def read_marks(cache: Path) -> dict[str, Mapping[str, Any]]:
    """Reports by mark; a file that cannot be read, or one of before addresses counted, is none."""
    try:
        found = json.loads((cache / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    marks = found.get("marks") if isinstance(found, dict) and found.get("format") == FORMAT else None
    return {str(name): report for name, report in marks.items() if isinstance(report, dict)} if isinstance(marks, dict) else {}


def write_marks(cache: Path, back_end: BackEnd, report: Mapping[str, Any]) -> Path:
    """Keeps the report of a back end in the place of its last one."""
    path = cache / FILE
    cache.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    marks = {**read_marks(cache), mark_of(back_end): report}
    part.write_text(json.dumps({"format": FORMAT, "marks": marks}, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)
    return path


def refuse_unfit(cache: Path, serving: Mapping[Task, Sequence[BackEnd]]) -> None:
    """Raises ConfigError for back ends that would serve a task whose mark they failed: a line for each, and the ways out."""
    marks = read_marks(cache)
    back_ends = {id(found): found for listed in serving.values() for found in listed}.values()
    problems = [
        f"{back_end.model.name} did not pass for the task {task}: {why}"
        for back_end in back_ends
        for task, why in refusals(marks.get(mark_of(back_end), {}), [task for task, listed in serving.items() if back_end in listed]).items()
    ]
    if problems:
        raise ConfigError(
            "a model is set for a task that it was found unfit for; run `assistant model test` again, name another one for the task ([model] read, answer, … "
            "in assistant.toml, or --model), or insist with ASSISTANT_FORCE_MODEL=true",
            problems=problems,
        )
