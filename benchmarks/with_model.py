"""Open questions with each of the local models beside none: what comes of them, and where a model makes an answer worse.

`python -m benchmarks.with_model [--file open_with_model] [--models helpful,dull,vague] [--show]`. The models are those of `benchmarks.local_models`: no real
model is asked here, so that the figures say what a model can spoil, not how good one is.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.app import Company, build, load_company
from assistant.config import Config
from assistant.workspace.company import ModelSpec
from benchmarks.questions import CLOCK, ROOT, ask, outcome, rows_of

RANK = {"wrong product": 0, "other": 1, "none": 2, "kept": 3, "right": 3}
NONE = "none"


@contextmanager
def local_models() -> Iterator[str]:
    """The address of the server, without the rate, while it runs."""
    child = subprocess.Popen([sys.executable, "-m", "benchmarks.local_models"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        yield f"http://127.0.0.1:{int(child.stdout.readline())}"
    finally:
        child.kill()
        child.wait()


def with_model(company: Company, spec: ModelSpec) -> Company:
    """The same company with other settings of its models."""
    workspace = company.workspace
    return replace(company, workspace=replace(workspace, settings=replace(workspace.settings, model=spec)))


async def play(rows: list[dict[str, Any]], company: Company, state: Path) -> list[dict[str, Any]]:
    """The view of each row's last turn."""
    assistant = await asyncio.to_thread(lambda: build(Config(ROOT, state, clock=CLOCK, fresh=True, force_model=True), company=company))
    await assistant.start_briefly()
    try:
        return [await ask(assistant, row) for row in rows]
    finally:
        await assistant.close()


def worded(view: dict[str, Any], bare: dict[str, Any]) -> bool:
    """Whether a model's words are in it: it differs from what is said without one."""
    return view["text"] != bare["text"]


async def compared(rows: list[dict[str, Any]], names: list[str], *, show: bool) -> int:
    company = load_company(Config(ROOT, Path(tempfile.gettempdir())))
    views: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as folder, local_models() as url:
        for name in (NONE, *names):
            spec = ModelSpec() if name == NONE else ModelSpec(use=(f"openai:{name}",), url=f"{url}/0/v1")
            views[name] = await play(rows, with_model(company, spec), Path(folder) / name)
    worse = 0
    for name, told in views.items():
        found = [outcome(row, view) for row, view in zip(rows, told, strict=True)]
        base = [outcome(row, view) for row, view in zip(rows, views[NONE], strict=True)]
        other = sum(worded(view, bare) for view, bare in zip(told, views[NONE], strict=True))
        print(f"{name:8} {dict(sorted(Counter(found).items()))}  in other words: {other} of {len(rows)}")
        for row, view, bare, now, before in zip(rows, told, views[NONE], found, base, strict=True):
            lost = RANK[now] < RANK[before]
            worse += lost
            if lost or (show and worded(view, bare)):
                print(f"  {'WORSE' if lost else 'other'} {row['id']} {row['question']}\n    {before}: {bare['text']!r}\n    {now}: {view['text']!r}")
    return worse


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", default="open_with_model")
    parser.add_argument("--models", default="helpful,dull,vague")
    parser.add_argument("--show", action="store_true", help="print every answer in other words, too")
    options = parser.parse_args()
    sys.exit(1 if asyncio.run(compared(rows_of(options.file), options.models.split(","), show=options.show)) else 0)


if __name__ == "__main__":
    main()
