"""A model that answers by the rules of a YAML file: for tests, demonstrations and evaluations of what is built around a model; it understands nothing."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter, deque
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.errors import ConfigError, ModelFailed
from assistant.llm.tokens import estimate
from assistant.llm.watch import Limits, watch
from assistant.llm.wire import prompt_text
from assistant.model_types import CallDelta, Finished, FinishReason, ModelEvent, ModelRequest, Task, TextDelta, Thinking, Usage

# beside the codes of ModelFailed that a back end raises by itself
FAULTS = ("unreachable", "unauthorized", "rate_limited", "server", "refused", "overflow", "garbled", "busy", "cut", "hang")
# of what it was asked, for tests
KEPT_REQUESTS = 1000
_WHEN = {"task", "user", "system", "tool", "result", "offers", "schema", "round", "nth"}
_RULE = {"when", "say", "json", "calls", "chunks", "first", "each", "thinking", "fault", "after", "retry_after", "finish", "usage"}
_SLOT = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as read: conditions, and what is answered. `says` rotate with the matches; `calls` are (name, arguments as JSON text or as written)."""

    when: Mapping[str, Any]
    says: tuple[str, ...] = ("",)
    calls: tuple[tuple[str, Any], ...] = ()
    chunks: int | tuple[str, ...] = 8
    first: float = 0.0
    each: float = 0.0
    thinking: bool = False
    fault: str = ""
    after: int = 0
    retry_after: float | None = None
    finish: FinishReason | None = None
    usage: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What of a request the rules look at."""

    task: str
    user: str
    system: str
    tool: str
    result: str
    round: int
    tools: frozenset[str]
    schema: bool


class ScriptedModel:
    """The first rule whose conditions all hold answers; none is ModelFailed(refused). `nth` counts a rule's matches in this object's life."""

    def __init__(self, rules: Sequence[Rule], *, name: str = "scripted:", limits: Limits | None = None) -> None:
        self.name = name
        self.requests: deque[ModelRequest] = deque(maxlen=KEPT_REQUESTS)
        self._rules = tuple(rules)
        self._limits = limits
        self._matched: Counter[int] = Counter()

    def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Raises ModelFailed as the rule says."""
        return watch(self._events(request), request.seconds, self._limits)

    async def ping(self) -> str:
        return f"{self.name}: {len(self._rules)} rules"

    async def close(self) -> None:
        """Nothing is open."""

    async def _events(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        self.requests.append(request)
        rule, slots, turn = self._choose(request)
        if rule.first:
            await asyncio.sleep(rule.first)
        pieces = list(_pieces(rule, slots, turn))
        for place, event in enumerate(pieces):
            if rule.fault and place >= rule.after:
                break
            if place and rule.each:
                await asyncio.sleep(rule.each)
            yield event
        match rule.fault:
            case "":
                prompt, completion = rule.usage or (estimate(prompt_text(request)), estimate("".join(map(_written, pieces))))
                yield Usage(prompt, completion, estimated=rule.usage is None)
                yield Finished(rule.finish or ("tool_calls" if rule.calls else "stop"))
            case "cut":
                return
            case "hang":
                await asyncio.Event().wait()
            case code:
                raise ModelFailed(f"the script says: {code}", code=code, retry_after=rule.retry_after, started=bool(rule.after and pieces))

    def _choose(self, request: ModelRequest) -> tuple[Rule, Mapping[str, str], int]:
        seen = _seen(request)
        for number, rule in enumerate(self._rules):
            slots = _holds(rule.when, seen)
            if slots is None:
                continue
            self._matched[number] += 1
            nth = rule.when.get("nth")
            if nth is not None and self._matched[number] not in _listed(nth):
                continue
            return rule, slots, self._matched[number]
        raise ModelFailed("the script has no rule for this request", code="refused")


def scripted(path: Path, *, limits: Limits | None = None) -> ScriptedModel:
    """The model of a file. Raises ConfigError naming every mistake in it."""
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigError(f"{path}: cannot be read as YAML ({type(error).__name__})") from None
    return ScriptedModel(rules_of(data, str(path)), name=f"scripted:{path.name}", limits=limits)


def rules_of(data: object, where: str = "script") -> tuple[Rule, ...]:
    """The rules of a parsed file: `{rules: [...]}`. Raises ConfigError with every problem."""
    listed = data.get("rules") if isinstance(data, Mapping) else None
    if not isinstance(listed, list) or not isinstance(data, Mapping) or set(data) - {"rules", "format"}:
        raise ConfigError(f"{where}: a script is a mapping with the list `rules` (and `format: 1`)")
    problems: list[str] = []
    rules = [_rule(each, f"{where}, rule {number}", problems) for number, each in enumerate(listed, 1)]
    if problems:
        raise ConfigError("; ".join(problems), problems=problems)
    return tuple(rules)


def _rule(data: object, where: str, problems: list[str]) -> Rule:
    if not isinstance(data, Mapping):
        problems.append(f"{where}: is no mapping")
        return Rule({})
    when = data.get("when") or {}
    if not isinstance(when, Mapping):
        problems.append(f"{where}: `when` is no mapping")
        when = {}
    problems += [f"{where}: unknown key {key!r}" for key in data if key not in _RULE]
    problems += [f"{where}: unknown condition {key!r}" for key in when if key not in _WHEN]
    for key in ("user", "system", "result"):
        try:
            re.compile(str(when.get(key, "")))
        except re.error as error:
            problems.append(f"{where}: {key}: {error}")
    for value, known, key in (
        *((each, get_args(Task), "task") for each in _listed(when.get("task", []))),
        (data.get("fault", "hang"), FAULTS, "fault"),
        (data.get("finish", "stop"), get_args(FinishReason), "finish"),
    ):
        if value not in known:
            problems.append(f"{where}: {key} {value!r} is not one of {', '.join(known)}")
    calls = data.get("calls") or []
    if not isinstance(calls, list) or not all(isinstance(each, Mapping) and each.get("name") for each in calls):
        problems.append(f"{where}: `calls` is no list of {{name, arguments}}")
        calls = []
    try:
        return _read(data, when, calls)
    except (TypeError, ValueError) as error:
        problems.append(f"{where}: {error}")
        return Rule({})


def _read(data: Mapping[str, Any], when: Mapping[str, Any], calls: Sequence[Mapping[str, Any]]) -> Rule:
    say = json.dumps(data["json"], ensure_ascii=False) if "json" in data else data.get("say", "")
    chunks, usage = data.get("chunks", 8), data.get("usage")
    wait = data.get("retry_after")
    return Rule(
        when=dict(when),
        says=tuple(str(each) for each in _listed(say)) or ("",),
        calls=tuple((str(each["name"]), each.get("arguments", {})) for each in calls),
        chunks=tuple(str(each) for each in chunks) if isinstance(chunks, list) else max(1, int(chunks)),
        first=float(data.get("first", 0)),
        each=float(data.get("each", 0)),
        thinking=bool(data.get("thinking", False)),
        fault=str(data.get("fault", "")),
        after=int(data.get("after", 0)),
        retry_after=None if wait is None else float(wait),
        finish=data.get("finish"),
        usage=(int(usage["prompt"]), int(usage["completion"])) if isinstance(usage, Mapping) else None,
    )


def _seen(request: ModelRequest) -> _Seen:
    users = [place for place, message in enumerate(request.messages) if message.role == "user"]
    last = users[-1] if users else -1
    later = request.messages[last + 1 :]
    names = {call.id: call.name for message in later for call in message.calls}
    results = [message for message in later if message.role == "tool"]
    return _Seen(
        task=request.task,
        user=request.messages[last].text if users else "",
        system="\n".join(message.text for message in request.messages if message.role == "system"),
        tool=names.get(results[-1].call_id, "") if results else "",
        result="\n".join(message.text for message in results),
        round=1 + sum(bool(message.calls) for message in later),
        tools=frozenset(tool.name for tool in request.tools),
        schema=request.schema is not None,
    )


def _holds(when: Mapping[str, Any], seen: _Seen) -> dict[str, str] | None:
    """The named groups of the conditions' expressions, and `user`, `result`; None when a condition does not hold."""
    slots = {"user": seen.user, "result": seen.result}
    for key, wanted in when.items():
        match key:
            case "user" | "system" | "result":
                found = re.search(str(wanted), getattr(seen, key), re.IGNORECASE | re.DOTALL)
                if found is None:
                    return None
                slots.update({name: text or "" for name, text in found.groupdict().items()})
            case "task" | "round":
                if getattr(seen, key) not in _listed(wanted):
                    return None
            case "tool":
                if (not seen.tool) if wanted is True else (seen.tool not in _listed(wanted or "")):
                    return None
            case "offers":
                if not set(_listed(wanted)) <= seen.tools:
                    return None
            case "schema":
                if bool(wanted) != seen.schema:
                    return None
    return slots


def _pieces(rule: Rule, slots: Mapping[str, str], turn: int) -> Iterator[ModelEvent]:
    if rule.thinking:
        yield Thinking()
    text = rule.says[(turn - 1) % len(rule.says)]
    if isinstance(rule.chunks, tuple):
        yield from (TextDelta(_filled(piece, slots)) for piece in rule.chunks)
    else:
        text = _filled(text, slots)
        yield from (TextDelta(text[at : at + rule.chunks]) for at in range(0, len(text), rule.chunks))
    for index, (name, arguments) in enumerate(rule.calls):
        written = _filled(arguments, slots) if isinstance(arguments, str) else json.dumps(_deep(arguments, slots), ensure_ascii=False)
        yield CallDelta(index, f"call_{turn}_{index}", name)
        half = max(1, len(written) // 2)
        yield from (CallDelta(index, arguments=written[at : at + half]) for at in range(0, len(written), half))


def _filled(text: str, slots: Mapping[str, str]) -> str:
    """`{name}` becomes what the group matched; any other brace stays."""
    return _SLOT.sub(lambda found: slots.get(found.group(1), found.group()), text)


def _deep(value: Any, slots: Mapping[str, str]) -> Any:
    match value:
        case str():
            return _filled(value, slots)
        case Mapping():
            return {key: _deep(each, slots) for key, each in value.items()}
        case list():
            return [_deep(each, slots) for each in value]
        case _:
            return value


def _written(event: ModelEvent) -> str:
    match event:
        case TextDelta():
            return event.text
        case CallDelta():
            return event.name + event.arguments
        case _:
            return ""


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
