"""Records what a model answered and plays it back by the request's content; a request that was never recorded is an error, and no live call is made for it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from typing import Any, Literal

from assistant.errors import ConfigError, ModelFailed
from assistant.llm.watch import Limits, close, watch
from assistant.model_types import CallDelta, Finished, ModelEvent, ModelMessage, ModelRequest, TextDelta, Thinking, Usage
from assistant.ports import ChatModel

FORMAT = 1
Mode = Literal["record", "replay"]
# our identifiers: a prefix with milliseconds and chance, or a prefix with a seed and a count
_IDS = re.compile(r"\b([a-z]{2,5})[-_](?:[0-9a-f]{16,}|[0-9A-Za-z]{1,8}-\d{6})\b")
_TIMES = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")


class TapeModel:
    """`record` passes `inner`'s answers on and writes each down; `replay` needs no `inner`. `model` names the recorded model (`inner.name` where left out,
    else the tape's first). `speed` 1.0 replays at the recorded pace, 0.0 at once. Raises ConfigError for a tape that cannot be read."""

    def __init__(self, path: Path, *, mode: Mode, inner: ChatModel | None = None, model: str = "", speed: float = 0.0, limits: Limits | None = None) -> None:
        if mode == "record" and inner is None:
            raise ConfigError("tape:record needs a model whose answers are recorded")
        self._path = path
        self._inner = inner
        self._speed = speed
        self._limits = limits
        self._recorded = _read(path) if mode == "replay" else {}
        self._recorded_model = model or (inner.name if inner else next((entry["model"] for entry in self._recorded.values()), ""))
        self._seen: Counter[tuple[str, int]] = Counter()
        self.mode: Mode = mode
        self.name = f"tape:{mode}:{self._recorded_model}"

    def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Raises ModelFailed as it was recorded, or no_recording."""
        key = key_of(request, self._recorded_model)
        self._seen[key, request.trial] += 1
        place = (key, request.trial, self._seen[key, request.trial])
        if self.mode == "record":
            return self._record(request, place)
        return watch(self._replay(place), request.seconds, self._limits)

    async def ping(self) -> str:
        if self._inner is not None and self.mode == "record":
            return f"recording to {self._path.name}: {await self._inner.ping()}"
        return f"{self.name}: {len(self._recorded)} recorded answers"

    async def close(self) -> None:
        """Closes the recorded model."""
        if self._inner is not None:
            await self._inner.close()

    async def _record(self, request: ModelRequest, place: tuple[str, int, int]) -> AsyncGenerator[ModelEvent, None]:
        assert self._inner is not None
        began = time.monotonic()
        events: list[list[Any]] = []
        entry: dict[str, Any] = {"key": place[0], "trial": place[1], "n": place[2], "model": self._recorded_model, "events": events, "left": True}
        source = self._inner.stream(request)
        try:
            async for event in source:
                events.append([round((time.monotonic() - began) * 1000, 1), *_packed(event)])
                entry["left"] = not isinstance(event, Finished)
                yield event
            entry["left"] = False
        except ModelFailed as failure:
            entry["fault"] = {"code": failure.code, "message": failure.message, "retry_after": failure.retry_after, "started": failure.started}
            entry["left"] = False
            raise
        finally:
            await close(source)
            _append(self._path, entry)

    async def _replay(self, place: tuple[str, int, int]) -> AsyncGenerator[ModelEvent, None]:
        entry = self._recorded.get(place)
        if entry is None:
            raise ModelFailed(f"the tape {self._path.name} has no answer for this request (number {place[2]} in trial {place[1]})", code="no_recording")
        began = time.monotonic()
        for at, *packed in entry["events"]:
            wait = at / 1000 * self._speed - (time.monotonic() - began)
            if self._speed and wait > 0:
                await asyncio.sleep(wait)
            yield _unpacked(packed)
        fault = entry.get("fault")
        if fault:
            raise ModelFailed(fault["message"], code=fault["code"], retry_after=fault["retry_after"], started=fault["started"])
        if entry["left"]:
            raise ModelFailed(f"the tape {self._path.name} ends here: the recorded caller had left", code="no_recording", started=True)


def key_of(request: ModelRequest, model: str) -> str:
    """What makes two requests the same: model, parameters, tools and messages, without identifiers and times of day that differ from run to run."""
    ids: dict[str, str] = {}
    seen = {
        "model": model,
        "parameters": [request.temperature, request.max_tokens, request.seed, list(request.stop)],
        "schema": None if request.schema is None else _plain(request.schema),
        "tools": [[each.name, _steady(each.description, ids), _plain(each.parameters)] for each in request.tools],
        "messages": [_message(each, ids) for each in request.messages],
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _message(message: ModelMessage, ids: dict[str, str]) -> list[Any]:
    calls = [[_same(call.id, ids), call.name, _steady(call.arguments, ids)] for call in message.calls]
    return [message.role, _steady(message.text, ids), calls, _same(message.call_id, ids) if message.call_id else ""]


def _same(identifier: str, ids: dict[str, str]) -> str:
    return ids.setdefault(identifier, f"#{len(ids)}")


def _steady(text: str, ids: dict[str, str]) -> str:
    """`text` with each identifier replaced by its number of first appearance, so that what refers to the same still does."""
    return _IDS.sub(lambda found: f"{found.group(1)}{_same(found.group(), ids)}", _TIMES.sub("<time>", text))


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _packed(event: ModelEvent) -> list[Any]:
    match event:
        case TextDelta():
            return ["text", event.text]
        case Thinking():
            return ["thinking"]
        case CallDelta():
            return ["call", event.index, event.id, event.name, event.arguments]
        case Usage():
            return ["usage", event.prompt, event.completion, event.estimated, event.cost]
        case Finished():
            return ["finished", event.reason]


def _unpacked(packed: list[Any]) -> ModelEvent:
    kinds = {"text": TextDelta, "thinking": Thinking, "call": CallDelta, "usage": Usage, "finished": Finished}
    event: ModelEvent = kinds[packed[0]](*packed[1:])
    return event


def _append(path: Path, entry: Mapping[str, Any]) -> None:
    """Writes one line in one call, so that two recorders of one file do not mix; the file is its owner's alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, (json.dumps({"tape": FORMAT, **entry}, ensure_ascii=False) + "\n").encode())
    finally:
        os.close(handle)


def _read(path: Path) -> dict[tuple[str, int, int], dict[str, Any]]:
    """The entries by request, trial and occurrence; of several the last, so that a tape can be recorded over."""
    found = {}
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            entry = json.loads(line)
            if entry["tape"] != FORMAT:
                raise ConfigError(f"{path}, line {number}: format {entry['tape']} is not read here")
            for packed in entry["events"]:
                _unpacked(packed[1:])
            found[str(entry["key"]), int(entry["trial"]), int(entry["n"])] = entry
    except OSError as error:
        raise ConfigError(f"{path}: the tape cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}, line {number}: is no line of a tape ({type(error).__name__})") from None
    return found
