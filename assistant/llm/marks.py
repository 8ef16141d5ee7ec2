"""What back ends were found fit for, kept beside the workspace's caches; a task whose mark failed is not served unless somebody insists."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import ConfigError
from assistant.llm.check import refusals
from assistant.model_types import Task

FILE = "models.json"


def read_marks(cache: Path) -> dict[str, Mapping[str, Any]]:
    """Reports by back end; a file that cannot be read counts as none."""
    try:
        found = json.loads((cache / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): report for name, report in found.items() if isinstance(report, dict)} if isinstance(found, dict) else {}


def write_marks(cache: Path, name: str, report: Mapping[str, Any]) -> Path:
    """Keeps the report of a back end in the place of its last one."""
    path = cache / FILE
    cache.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps({**read_marks(cache), name: report}, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)
    return path


def refuse_unfit(cache: Path, serving: Mapping[Task, Sequence[str]]) -> None:
    """Raises ConfigError for back ends that would serve a task whose mark they failed."""
    marks = read_marks(cache)
    problems = [
        f"{name} did not pass for the task {task}: {why}"
        for name in dict.fromkeys(name for names in serving.values() for name in names)
        for task, why in refusals(marks.get(name, {}), [task for task, names in serving.items() if name in names]).items()
    ]
    if problems:
        raise ConfigError(
            f"{'; '.join(problems)}. Run `assistant model test` again, name another model for the task, or insist with ASSISTANT_FORCE_MODEL=true",
            problems=problems,
        )
