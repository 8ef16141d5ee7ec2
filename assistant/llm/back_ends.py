"""Makes the back ends that the settings name, and the way to them; each kind lives in a module of its own, loaded when it is named."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import ConfigError
from assistant.llm.breaker import Breaker
from assistant.llm.route import BackEnd, Route
from assistant.llm.tokens import Count, estimate
from assistant.llm.watch import Limits
from assistant.model_types import Task
from assistant.ports import ChatModel
from assistant.types import Json
from assistant.workspace.company import ModelSpec

KINDS = ("openai", "llama", "langchain", "scripted", "tape")
TASKS: tuple[Task, ...] = ("read", "answer", "draft", "judge")
NONE = "none"
OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Given:
    """What the settings do not hold: where files are looked for, the address of the environment, and how a secret is read (raises ConfigError)."""

    root: Path
    url: str = ""
    secret: Callable[[str], str] = str
    has_secret: Callable[[str], bool] = bool
    made: dict[str, BackEnd] = field(default_factory=dict)


def named(setting: str) -> tuple[str, ...]:
    """The back ends of a setting such as "openai:qwen3,llama:small.gguf"; "none" is none."""
    return tuple(name for part in setting.split(",") if (name := part.strip()) and name != NONE)


def make_route(spec: ModelSpec, given: Given, *, use: Sequence[str], count: Count = estimate) -> Route | None:
    """The way to the models of a workspace; None when no task has any. `use` goes before the settings' own. Raises ConfigError for what cannot be made."""
    tasks: dict[Task, list[BackEnd]] = {}
    for task in TASKS:
        names = getattr(spec, task) or use
        tasks[task] = [_made(name, spec, given) for name in names if name != NONE]
    if not any(tasks.values()):
        return None
    return Route(tasks, limits=limits_of(spec), parallel=spec.parallel, count=count)


def limits_of(spec: ModelSpec) -> Limits:
    return Limits(spec.first_token_seconds, spec.idle_seconds)


def _made(name: str, spec: ModelSpec, given: Given) -> BackEnd:
    """One back end; the same name is made once, so that it has one breaker."""
    if name not in given.made:
        given.made[name] = BackEnd(make(name, spec, given), Breaker(most_wait=spec.retry_after_seconds), address_of(name, spec, given))
    return given.made[name]


def address_of(name: str, spec: ModelSpec, given: Given) -> str:
    """Where a back end is: the server's address, the file, the options of a class. What two models of one name differ in, and no key."""
    kind, _, rest = name.partition(":")
    match kind:
        case "openai":
            return (spec.url or given.url or OPENAI).rstrip("/")
        case "langchain":
            return json.dumps(options_of(spec.options), sort_keys=True, default=str)
        case "tape":
            mode, _, more = rest.partition(":")
            file, _, inner = more.partition(":")
            return f"{given.root / file}" if mode == "replay" else address_of(inner, spec, given)
        case _:
            path = given.root / rest
            return f"{path.resolve()} {path.stat().st_size if path.is_file() else 0}"


def make(name: str, spec: ModelSpec, given: Given) -> ChatModel:
    """The back end of one name. Raises ConfigError that says what is missing and how to mend it."""
    kind, colon, rest = name.partition(":")
    if not colon or kind not in KINDS or not rest:
        raise ConfigError(f"{name!r} names no model: it is one of {', '.join(f'{kind}:…' for kind in KINDS)}, or none")
    match kind:
        case "openai":
            from assistant.llm.hosted import HostedModel, read_options

            options = read_options(options_of(spec.options, "openai."), limits=limits_of(spec))
            return HostedModel(rest, base_url=spec.url or given.url or OPENAI, key=key_of(spec, given), options=options, name=name)
        case "llama":
            from assistant.llm import local

            return local.LocalModel(_file(rest, given, name), options=local.read_options(options_of(spec.options, "llama."), limits=limits_of(spec)))
        case "langchain":
            from assistant.llm.langchain import langchain_model

            return langchain_model(rest, options_of(spec.options), limits=limits_of(spec))
        case "scripted":
            from assistant.llm.scripted import scripted

            return scripted(_file(rest, given, name))
        case _:
            return _taped(name, rest, spec, given)


def _taped(name: str, rest: str, spec: ModelSpec, given: Given) -> ChatModel:
    """`tape:record:FILE:BACK-END` and `tape:replay:FILE:BACK-END`."""
    from assistant.llm.tape import TapeModel

    mode, _, more = rest.partition(":")
    file, _, inner = more.partition(":")
    if mode not in ("record", "replay") or not file or not inner:
        raise ConfigError(f"{name!r}: a tape is tape:record:FILE:BACK-END or tape:replay:FILE:BACK-END")
    path = given.root / file
    if mode == "replay":
        return TapeModel(path, mode="replay", model=inner, limits=limits_of(spec))
    return TapeModel(path, mode="record", inner=make(inner, spec, given))


def _file(text: str, given: Given, name: str) -> Path:
    path = Path(text) if Path(text).is_absolute() else given.root / text
    if not path.is_file():
        raise ConfigError(f"{name}: there is no file {path}")
    return path


def key_of(spec: ModelSpec, given: Given) -> str:
    """The key of the settings' file or variable; "" when an address is given and no key, for a server that asks for none. Raises ConfigError."""
    if spec.key_file:
        path = Path(spec.key_file).expanduser()
        path = path if path.is_absolute() else given.root / path
        if not path.is_file():
            raise ConfigError(f"the model's key file {path} does not exist")
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ConfigError(f"the model's key file {path} can be read by others: chmod 600 {path}")
        return path.read_text(encoding="utf-8").strip()
    if given.has_secret(spec.key_env):
        return given.secret(spec.key_env)
    if spec.url or given.url:
        return ""
    raise ConfigError(
        f"no key for the model: set the variable {spec.key_env}, or [model] key_file, or the address of a server that needs none (OPENAI_BASE_URL)"
    )


def options_of(options: Mapping[str, str], prefix: str = "") -> dict[str, Json]:
    """Values of [model.options] under a prefix ("openai.", "llama."; without one those of a LangChain class): JSON is read as such, anything else is text."""
    found: dict[str, Json] = {}
    for key, value in options.items():
        if not key.startswith(prefix or key) or (not prefix and key.startswith(("openai.", "llama."))):
            continue
        try:
            found[key.removeprefix(prefix)] = json.loads(value)
        except ValueError:
            found[key.removeprefix(prefix)] = value
    return found
