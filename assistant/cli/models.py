"""Tries language models from the command line and keeps what each was found fit for."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from assistant.app import model_route
from assistant.cli.config import config_of
from assistant.cli.table import table
from assistant.errors import ConfigError
from assistant.llm.check import CheckReport, check
from assistant.llm.marks import write_marks
from assistant.ports import ChatModel


def run(workspace: Path, *, model: str, as_json: bool) -> int:
    """0 when every back end is fit for some task, 1 otherwise. Raises ConfigError when none is named or one cannot be made."""
    config = config_of(workspace, model=model)
    route = model_route(config)
    if route is None:
        raise ConfigError("name a model, such as `assistant model test openai:qwen3`, or set one under [model] in assistant.toml")
    back_ends = route.back_ends()
    reports = asyncio.run(_checked([back_end.model for back_end in back_ends], quiet=as_json))
    for back_end, report in zip(back_ends, reports, strict=True):
        write_marks(config.cache, back_end, report.as_json())
        if not as_json:
            _show(report)
    if as_json:
        print(json.dumps([report.as_json() for report in reports], ensure_ascii=False))
    return 0 if all(any(report.marks.values()) for report in reports) else 1


async def _checked(models: list[ChatModel], *, quiet: bool) -> list[CheckReport]:
    found = []
    for model in models:
        if not quiet:
            print(f"asking {model.name} …", flush=True)
        found.append(await check(model))
        await model.close()
    return found


def _show(report: CheckReport) -> None:
    rows = [(probe.name, "ok" if probe.ok else "FAILED", f"{probe.seconds:.2f}", probe.detail) for probe in report.probes]
    table(f"{report.model}: first sign of life after {report.first_ms:.0f} ms, {report.tokens_per_second:.0f} tokens/s", ("what", "", "s", "why"), rows)
    fit = [task for task, good in report.marks.items() if good]
    unfit = [task for task, good in report.marks.items() if not good]
    print(f"fit for: {', '.join(fit) or 'nothing'}" + (f"; not for: {', '.join(unfit)}" if unfit else ""))
