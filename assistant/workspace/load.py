"""Reads a workspace folder into one frozen `Workspace`, or reports every mistake in it at once; it opens no store and no index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.errors import ConfigError
from assistant.text.template import syntax_problem, variables_of
from assistant.workspace import check, check_company, check_evals, model
from assistant.workspace.bind import LANGUAGES, Binder
from assistant.workspace.ideas import read_ideas
from assistant.workspace.marks import Plain, QueueRef, SkuRef, Skus
from assistant.workspace.merge import IntentsFile, LexiconFile, TextsFile, merge_intents, merge_lexicon, merge_texts, unclear_serving
from assistant.workspace.model import Document, Fixture, Problem, Prompt, Settings, Texts, Workspace
from assistant.workspace.source import Node, Report, read_front_matter, read_text, read_toml, read_yaml

T = TypeVar("T")
F = TypeVar("F", IntentsFile, TextsFile, LexiconFile)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The head of a document."""

    id: str
    title: str
    level: Literal["enterprise", "product", "scene"]
    product: Skus = ()
    audience: Literal["public", "internal"] = "public"
    valid_from: date | None = None
    valid_until: date | None = None
    owner: str = ""
    route_to: QueueRef = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class SideFile:
    """What `FILE.yaml` says of a document in another format beside it."""

    id: str = ""
    title: str = ""
    level: Literal["enterprise", "product", "scene"] | None = None
    language: Literal["zh", "en"] | None = None
    product: Skus = ()
    audience: Literal["public", "internal"] | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    owner: str = ""
    route_to: QueueRef = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class PromptHead:
    """The head of a prompt."""

    version: int = 1
    variables: tuple[str, ...] = ()
    variant: str = ""


@dataclass(slots=True)
class _Reading:
    """One pass over a folder: where it is, what was found wrong, and the content read so far for the hash."""

    root: Path
    report: Report = field(default_factory=Report)
    languages: tuple[str, ...] = LANGUAGES
    zone: tzinfo = UTC
    content: dict[str, str] = field(default_factory=dict)

    def text(self, file: str, *, needed: bool = True) -> str | None:
        path = self.root / file
        if not needed and not path.exists():
            return None
        text = read_text(path, file, self.report)
        if text is not None:
            self.content[file] = text
        return text

    def yaml(self, hint: Any, file: str, *, needed: bool = True) -> Any:
        """A YAML file as the type `hint`; None when it is absent, empty or wrong."""
        text = self.text(file, needed=needed)
        if text is None:
            return None
        return self.bound(hint, read_yaml(text, file, self.report), file)

    def bound(self, hint: Any, node: Node | None, file: str) -> Any:
        return Binder(file, self.report, self.languages, self.zone).read(hint, node) if node else None

    def standard(self, hint: type[T], name: str) -> T | None:
        """A packaged file; every text of it has both languages, of which the workspace keeps its own."""
        file = f"standard/{name}.yaml"
        text, node, problems = _packaged(file)
        self.report.problems.extend(problems)
        self.content[file] = text
        if node is None:
            return None
        found, report = _bound(cast(Any, hint), file, self.languages, self.zone)
        self.report.take(report)
        return cast(T | None, found)


@lru_cache(maxsize=16)
def _bound(hint: type[Any], file: str, languages: tuple[str, ...], zone: tzinfo) -> tuple[Any, Report]:
    """A packaged file as the type `hint`, with what binding it said."""
    report = Report()
    return Binder(file, report, languages, zone).read(hint, _packaged(file)[1]), report


@lru_cache(maxsize=8)
def _packaged(file: str) -> tuple[str, Node | None, tuple[Problem, ...]]:
    """A packaged file as (text, tree, problems); it does not change while the process runs."""
    report = Report()
    text = read_text(Path(__file__).parent / file, file, report) or ""
    node = read_yaml(text, file, report) if text else None
    return text, node, tuple(report.problems)


def load_workspace(path: Path | str) -> Workspace:
    """The workspace in folder `path`. Raises ConfigError carrying every problem found (`model.Problem`, sorted by file and line)."""
    workspace, problems = read_workspace(path)
    if workspace is None or problems:
        many = f"{len(problems)} problems" if len(problems) > 1 else "1 problem"
        raise ConfigError(f"the workspace {path} has {many}", problems=problems)
    return workspace


def read_workspace(path: Path | str, *, known: Callable[[Workspace], bool] | None = None) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """(the workspace, its problems); the workspace is None when too much is wrong to go on. One that is `known` to be whole is not checked again."""
    root = Path(path).resolve()
    reading = _Reading(root)
    found = _settings(reading)
    if found is None and not reading.languages:
        return None, _sorted(reading.report.problems)
    # the other files are looked at all the same: what is wrong in them is not to be found out one by one
    settings = found or _stand_in(reading)
    standard = reading.standard(TextsFile, "texts") or TextsFile()
    workspace = _assembled(reading, settings, standard)
    beside = _beside(reading)
    if known is not None and workspace is not None and not reading.report.problems and known(workspace):
        return workspace, ()
    evaluations = check_evals.read_evaluations(root)
    reading.report.problems.extend(check.names(reading.report, workspace))
    reading.report.problems.extend(evaluations.report.problems)
    if workspace is not None:
        packaged = Texts(standard.texts, standard.names)
        reading.report.problems.extend(check.everything(workspace, packaged))
        reading.report.problems.extend(check.evaluations(workspace, evaluations, beside, reading.report))
        workspace = replace(workspace, tools_named=tuple(check_evals.tools_named(evaluations)), notes=check.notes(workspace, packaged))
    return workspace if found is not None else None, _sorted(reading.report.problems)


def _stand_in(reading: _Reading) -> Settings:
    """Settings in the place of some that cannot be read, with the languages that these declare."""
    name = dict.fromkeys(reading.languages, "-")
    return Settings(model.Identity("unread", name, name, reading.languages, "UTC", "EUR"))  # type: ignore[arg-type]


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line, problem.key)))


def _settings(reading: _Reading) -> Settings | None:
    file = model.SETTINGS
    if not (reading.root / file).is_file():
        hint = "name a workspace folder, or write a new one with: assistant init DIR"
        reading.report.problem(file, 0, "", message=f"{reading.root} is not a workspace: the file is missing", hint=hint)
        reading.languages = ()
        return None
    text = reading.text(file)
    node = read_toml(text, file, reading.report) if text is not None else None
    if node is None:
        reading.languages = ()
        return None
    reading.languages, reading.zone = _tongue(node, reading)
    settings = Binder(file, reading.report, reading.languages, reading.zone).read(Settings, node)
    if settings is not None:
        reading.report.problems.extend(check_company.settings(settings, reading.report.positions))
    return settings


def _tongue(node: Node, reading: _Reading) -> tuple[tuple[str, ...], tzinfo]:
    """The declared languages and the zone, read ahead because every other value depends on them."""
    table = next((item for key, _, item in node.entries if key == "workspace"), None)
    entries: Mapping[str, Node] = {key: item for key, _, item in table.entries} if table else {}
    declared = entries.get("languages")
    languages = tuple(item.text for item in declared.items if item.text in LANGUAGES) if declared else ()
    try:
        zone: tzinfo = ZoneInfo(entries["timezone"].text) if "timezone" in entries else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return languages or LANGUAGES, UTC
    return languages or LANGUAGES, zone


def _assembled(reading: _Reading, settings: Settings, standard_texts: TextsFile) -> Workspace | None:
    report = reading.report
    catalog = reading.yaml(model.Catalog, model.CATALOG)
    documents = _documents(reading)
    intents = reading.yaml(IntentsFile, model.INTENTS, needed=False) or IntentsFile({}, extends="standard")
    procedures = reading.yaml(model.Procedures, model.PROCEDURES)
    policies = reading.yaml(model.Policies, model.POLICIES)
    routing = reading.yaml(model.RoutingSpec, model.ROUTING)
    texts = reading.yaml(TextsFile, model.TEXTS, needed=False) or TextsFile(extends="standard")
    lexicon = reading.yaml(LexiconFile, model.LEXICON, needed=False) or LexiconFile(extends="standard")
    intents, texts, lexicon = _extending(reading, model.INTENTS, intents), _extending(reading, model.TEXTS, texts), _extending(reading, model.LEXICON, lexicon)
    for name, message in unclear_serving(intents):
        report.problem(model.INTENTS, model.line_of(report.positions, model.INTENTS, f"intents.{name}.serve"), f"intents.{name}.serve", message=message)
    regions = reading.yaml(Mapping[str, tuple[str, ...]], model.REGIONS, needed=False) or {}
    ideas = reading.text(model.CONCEPTS, needed=False) or ""
    reviews = reading.yaml(Annotated[Mapping[str, model.Review], "list"], model.REVIEWS, needed=False) or {}
    fixture = _fixture(reading)
    prompts = _prompts(reading)
    calibration = reading.yaml(Mapping[str, Plain], model.CALIBRATION, needed=False) or {}
    tools = reading.yaml(model.ToolsFile, model.TOOLS, needed=False) or model.ToolsFile({})
    openapi = {name: reading.yaml(Plain, name) for name in dict.fromkeys(tool.openapi for tool in tools.tools.values()) if _inside(reading.root, name)}
    merged_texts = merge_texts(standard_texts if texts.extends else None, texts)
    merged_lexicon = merge_lexicon(reading.standard(LexiconFile, "lexicon") if lexicon.extends else None, lexicon)
    standard_intents = reading.standard(IntentsFile, "intents") if intents.extends else None
    report.declared["text"] = dict.fromkeys(merged_texts.texts, model.TEXTS)
    if not (catalog and procedures and policies and routing):
        return None
    return Workspace(
        root=reading.root,
        settings=settings,
        catalog=catalog,
        documents=documents,
        intents=merge_intents(standard_intents, intents),
        procedures=procedures.procedures,
        tickets=procedures.tickets,
        statuses=procedures.statuses,
        rules=policies.rules,
        functions=policies.functions,
        routing=routing,
        texts=merged_texts,
        lexicon=merged_lexicon,
        regions=regions,
        ideas=read_ideas(ideas, model.CONCEPTS, report),
        reviews=reviews,
        fixture=fixture,
        prompts=prompts,
        calibration=calibration,
        hash=_hash(reading.content),
        positions=report.positions,
        tools=tools.tools,
        openapi={name: found for name, found in openapi.items() if found is not None},
    )


def _extending(reading: _Reading, file: str, found: F) -> F:
    """What is read of a file whose `extends` cannot be: as if it said `standard`, so that one wrong word does not make all packaged ones missing."""
    wrong = any(problem.file == file and problem.key == "extends" for problem in reading.report.problems)
    return replace(found, extends="standard") if wrong else found


def _inside(root: Path, file: str) -> bool:
    """Whether a file named by a workspace lies in it."""
    return bool(file) and (root / file).resolve().is_relative_to(root)


def _documents(reading: _Reading) -> tuple[Document, ...]:
    found: list[Document] = []
    for folder, level in model.LEVEL_FOLDERS.items():
        for path in sorted((reading.root / "corpus" / folder).glob("*.md")):
            file = path.relative_to(reading.root).as_posix()
            language = path.name.removesuffix(".md").rpartition(".")[2]
            if language not in reading.languages:
                message = f"the file name must say its language: {path.stem}.{reading.languages[0]}.md"
                reading.report.problem(file, 0, "", message=message, hint=f"declared languages: {', '.join(reading.languages)}")
                continue
            text = reading.text(file)
            if text is None:
                continue
            node, body, line = read_front_matter(text, file, reading.report)
            head: FrontMatter | None = reading.bound(FrontMatter, node, file)
            if head is None:
                continue
            if head.level != level:
                hint = f"move it to corpus/{next(name for name, each in model.LEVEL_FOLDERS.items() if each == head.level)}/, or say level: {level}"
                reading.report.problem(file, reading.report.positions.get((file, "level"), 0), "level", message=f"a {head.level} page in {folder}/", hint=hint)
            found.append(_document(head, language, file, body=body, line=line))
            reading.report.declared.setdefault("document", {})[head.id] = file
    return tuple(found)


def _document(head: FrontMatter, language: str, file: str, *, body: str, line: int) -> Document:
    return Document(
        id=head.id, title=head.title, level=head.level, language=language, path=file, body=body, body_line=line, products=head.product, audience=head.audience,
        valid_from=head.valid_from, valid_until=head.valid_until, owner=head.owner, route_to=head.route_to, version=head.version,
    )  # fmt: skip


def _fixture(reading: _Reading) -> Fixture:
    def listed(cls: type, file: str) -> Any:
        return reading.yaml(Annotated[Mapping[str, cls], "list"], file, needed=False) or {}  # type: ignore[valid-type]

    return Fixture(
        companies=listed(model.FixtureCompany, model.COMPANIES),
        orders=listed(model.FixtureOrder, model.ORDERS),
        stock=reading.yaml(Mapping[SkuRef, int | None], model.STOCK, needed=False) or {},
        agents=listed(model.FixtureAgent, model.AGENTS),
    )


def _prompts(reading: _Reading) -> tuple[Prompt, ...]:
    """The workspace's own prompts, and the packaged ones whose place they do not take."""
    own = [_prompt(reading, path, path.relative_to(reading.root).as_posix()) for path in sorted((reading.root / "prompts").glob("*.md"))]
    found = [prompt for prompt in own if prompt is not None]
    taken = {(prompt.name, prompt.language) for prompt in found}
    for path in sorted((Path(__file__).parent / "standard" / "prompts").glob("*.md")):
        packaged = _prompt(reading, path, f"standard/prompts/{path.name}")
        if packaged is not None and (packaged.name, packaged.language) not in taken:
            found.append(packaged)
    return tuple(found)


def _prompt(reading: _Reading, path: Path, file: str) -> Prompt | None:
    """One prompt file. It may use just the variables it declares: one that nobody gives would be a hole in the text, one that nobody uses a mistake."""
    name, _, language = path.name.removesuffix(".md").rpartition(".")
    text = read_text(path, file, reading.report)
    if text is None:
        return None
    reading.content[file] = text
    if language not in LANGUAGES or not name:
        reading.report.problem(file, 0, "", message="the file name must be NAME.zh.md or NAME.en.md")
        return None
    node, body, _ = read_front_matter(text, file, reading.report)
    head: PromptHead | None = reading.bound(PromptHead, node, file)
    if head is None:
        return None
    flaw = syntax_problem(body)
    if flaw is not None:
        reading.report.problem(file, flaw[0], "", message=f"this is no template: {flaw[1]}")
        return None
    used = variables_of(body)
    for variable in sorted(used ^ set(head.variables)):
        why = "is used and not declared" if variable in used else "is declared and not used"
        reading.report.problem(file, 0, "variables", message=f"{variable} {why}")
    return Prompt(name, language, file, body.strip(), head.version, head.variables, head.variant)


def _beside(reading: _Reading) -> tuple[str, ...] | None:
    """The ids of documents in other formats, as their side files say; None when one of them does not say its own."""
    found: list[str] = []
    unnamed = False
    for folder in model.LEVEL_FOLDERS:
        files = {
            path.name: path for path in sorted((reading.root / "corpus" / folder).glob("*")) if path.is_file() and path.suffix != ".md" and path.name[0] != "."
        }
        for name, path in files.items():
            file = path.relative_to(reading.root).as_posix()
            if not name.endswith(".yaml"):
                unnamed = unnamed or f"{name}.yaml" not in files
                continue
            if name.removesuffix(".yaml") not in files:
                reading.report.problem(file, 0, "", message=f"there is no file {name.removesuffix('.yaml')} that this could be about")
            side: SideFile | None = reading.yaml(SideFile, file)
            found += [side.id] if side is not None and side.id else []
            unnamed = unnamed or side is None or not side.id
    return None if unnamed else tuple(found)


def _hash(content: Mapping[str, str]) -> str:
    """SHA-256 over the names and texts of all files read, in order of name."""
    digest = hashlib.sha256()
    for file in sorted(content):
        digest.update(f"{file}\0{len(content[file])}\0{content[file]}\0".encode())
    return digest.hexdigest()
