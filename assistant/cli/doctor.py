"""Looks at everything an operator can get wrong, and says how to mend it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.cli.config import config_of
from assistant.errors import AssistantError, ConfigError
from assistant.ports import ChatModel

ENOUGH_BYTES = 500_000_000
Check = Callable[[Path, Path], tuple[bool, str]]


def run(workspace: Path, *, state: Path | None, as_json: bool = False) -> int:
    """Prints one check after the other; 0 when all is well, 1 otherwise."""
    folder = state or workspace / "var"
    found: list[tuple[str, bool, str]] = []
    for name, check in CHECKS.items():
        if name in AFTER and any(not good for before, good, _ in found if before == "workspace"):
            found.append((name, False, "not looked at: mend the workspace first"))
        else:
            found.append((name, *_looked(check, workspace, folder)))
        if not as_json:
            _show(*found[-1])
    failed = sum(not good for _, good, _ in found)
    if as_json:
        checks = [{"name": name, "ok": good, "text": text} for name, good, text in found]
        print(json.dumps({"ok": not failed, "checks": checks}, ensure_ascii=False))
    else:
        print(f"\n{failed} of {len(found)} checks failed" if failed else "\nnothing wrong")
    return 1 if failed else 0


def _looked(check: Check, workspace: Path, folder: Path) -> tuple[bool, str]:
    try:
        return check(workspace, folder)
    except AssistantError as error:
        return False, error.message
    except OSError as error:
        return False, f"{error.filename or folder}: {error.strerror or error}; give --state a folder that can be written"


def _show(name: str, good: bool, text: str) -> None:
    """One check, each of its facts on a line of its own."""
    mark = "ok " if good else "BAD"
    for number, line in enumerate(text.splitlines()):
        print(f"{mark if number == 0 else '   '} {name if number == 0 else '':<10} {line}")


def _python(workspace: Path, state: Path) -> tuple[bool, str]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return sys.version_info >= (3, 11), f"Python {version}" if sys.version_info >= (3, 11) else f"Python {version} is too old: install 3.11 or newer"


def _workspace(workspace: Path, state: Path) -> tuple[bool, str]:
    from assistant.once import problems_of

    found = problems_of(workspace)
    return (
        not found,
        f"{workspace} is whole"
        if not found
        else f"{len(found)} problem{'' if len(found) == 1 else 's'}: `assistant workspace check {workspace}` lists them all; the first:\n{found[0]}",
    )


def _nearest(state: Path) -> Path:
    """The folder itself, or the nearest one above it that is there."""
    return next(parent for parent in (state, *state.resolve().parents) if parent.exists())


def _disk(workspace: Path, state: Path) -> tuple[bool, str]:
    place = _nearest(state)
    free = shutil.disk_usage(place).free
    return free > ENOUGH_BYTES, f"{free / 1e9:.1f} GB free at {place}" + ("" if free > ENOUGH_BYTES else ": free some space or pass --state another folder")


def _state(workspace: Path, state: Path) -> tuple[bool, str]:
    from assistant.store.engine import open_store

    place = _nearest(state)
    if not os.access(place, os.W_OK | os.X_OK) or not place.is_dir():
        return False, f"{place} cannot be written: check its owner and rights, or pass --state another folder"
    if not (state / "assistant.db").exists():
        return True, f"{state} is new; it is filled at the first start"
    with open_store(state / "assistant.db") as store:
        return True, asyncio.run(store.ping())


def _encoder(workspace: Path, state: Path) -> tuple[bool, str]:
    from assistant.knowledge.encode import packaged_encoder

    encoder = packaged_encoder()
    vector = encoder.encode(["pump"])
    return vector.shape == (1, encoder.dimension), f"{encoder.name} {encoder.version}, {encoder.dimension} dimensions"


def _seams(workspace: Path, state: Path) -> tuple[bool, str]:
    from assistant.app import build

    async def ask() -> dict[str, str]:
        assistant = build(config_of(workspace, state=state))
        try:
            return await assistant.ready()
        finally:
            await assistant.close()

    try:
        found = asyncio.run(ask())
    except ConfigError as error:
        return False, error.message
    bad = {name: text for name, text in found.items() if not text.startswith("ok")}
    return not bad, "\n".join(f"{name}: {text}" for name, text in (bad or found).items())


def _models(workspace: Path, state: Path) -> tuple[bool, str]:
    """Whether each back end that is set can be made, answers and knows the key; a turn goes on without them all."""
    from assistant.app import model_route

    async def ask() -> list[tuple[bool, str]]:
        route = model_route(config_of(workspace, state=state))
        if route is None:
            return [(True, "none is set: the built-in engine answers alone")]
        try:
            return [await _pinged(back_end.model) for back_end in route.back_ends()]
        finally:
            await route.close()

    found = asyncio.run(ask())
    return all(good for good, _ in found), "\n".join(text for _, text in found)


async def _pinged(model: ChatModel) -> tuple[bool, str]:
    try:
        return True, await model.ping()
    except AssistantError as error:
        return False, f"{model.name}: {error.message} ({error.code})"


# what cannot be judged while the workspace cannot be loaded
AFTER = {"seams", "models"}
CHECKS: dict[str, Check] = {"python": _python, "workspace": _workspace, "disk": _disk, "state": _state, "encoder": _encoder, "seams": _seams, "models": _models}
