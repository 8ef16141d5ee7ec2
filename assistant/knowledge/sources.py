"""Files, folders and git folders as documents to be brought in: their front matter or its defaults, ids, languages and failures; it stores nothing."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, tzinfo
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from assistant.errors import AssistantError, InvalidInput
from assistant.knowledge.ingest import PART, Problem, Source, document_source
from assistant.knowledge.load.model import Limits, Loaded
from assistant.knowledge.mentions import Names
from assistant.knowledge.sections import heading_text
from assistant.store.knowledge import FILE
from assistant.text.script import detect_language
from assistant.types import Json
from assistant.workspace.bind import Binder
from assistant.workspace.marks import QueueRef, Skus
from assistant.workspace.model import Document
from assistant.workspace.source import Node, Report, read_front_matter

Level = Literal["enterprise", "product", "scene"]
Audience = Literal["public", "internal"]
Load = Callable[[bytes, str], Loaded]
# what a folder holds for its tools and not for its readers
_SKIPPED = re.compile(r"(?:^|/)(?:\.|~\$|__pycache__(?:/|$)|node_modules(?:/|$)|Thumbs\.db$)")
_SLUG = re.compile(r"[^\w.-]+")
_TONGUE = re.compile(r"^(?P<stem>.+)\.(?P<language>zh|en)$")
_HEADING = re.compile(r"(?m)^#{1,3}[ \t]+(.+)$")
_MISSPELT = 0.75  # how alike two keys are of which one is taken for the other
_LEVELS: Mapping[str, Level] = {"enterprise": "enterprise", "product": "product", "scene": "scene"}
_LOOKED_AT = 6000  # characters that tell a document's language
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never", "--no-optional-locks")
_GIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Front:
    """What a document may say about itself; everything has a default."""

    id: str = ""
    title: str = ""
    level: Level | None = None
    language: Literal["zh", "en"] | None = None
    product: Skus = ()
    audience: Audience | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    owner: str = ""
    route_to: QueueRef = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Intake:
    """What is assumed of documents that do not say it themselves, as given with `add`. `id` and `language` are for a single document."""

    level: Level = "enterprise"
    audience: Audience = "public"
    products: tuple[str, ...] = ()
    owner: str = ""
    route_to: str = ""
    id: str = ""
    language: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def options(self) -> dict[str, Json]:
        """As kept with a registered source."""
        days = {name: day.isoformat() if day else "" for name, day in (("valid_from", self.valid_from), ("valid_until", self.valid_until))}
        return {"level": self.level, "audience": self.audience, "products": list(self.products), "owner": self.owner, "route_to": self.route_to, **days}


def intake_of(options: Mapping[str, Json]) -> Intake:
    """The reverse of `options`."""
    products, level = options.get("products"), str(options.get("level", ""))
    return Intake(
        level=_LEVELS.get(level, "enterprise"),
        audience="internal" if options.get("audience") == "internal" else "public",
        products=tuple(str(each) for each in products) if isinstance(products, list) else (),
        owner=str(options.get("owner", "")),
        route_to=str(options.get("route_to", "")),
        valid_from=_day(options.get("valid_from")),
        valid_until=_day(options.get("valid_until")),
    )


def _day(text: Json) -> date | None:
    return date.fromisoformat(str(text)) if text else None


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read: `path` names it in its source, `data` gives its bytes."""

    path: str
    data: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Note:
    """What cleaning did to a file, for a person to read."""

    path: str
    format: str
    repairs: Mapping[str, int]
    quarantined: tuple[str, ...] = ()
    findings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a source gave: documents, what cleaning did, and what could not be read. `paths` are all files seen."""

    documents: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """How files become documents: for which company, with which loader, which ids are given already (path -> id, for this origin), and what is
    said `beside` a file about whatever it does not say itself, and the `most` bytes of a file that are looked at."""

    names: Names
    zone: tzinfo
    at: datetime
    load: Load
    languages: tuple[str, ...] = ("zh", "en")
    skus: frozenset[str] = frozenset()
    queues: frozenset[str] = frozenset()
    origin: str = FILE
    known: Mapping[str, str] = field(default_factory=dict)
    beside: Front = field(default_factory=Front)
    most: int = Limits().file_bytes


def loader(limits: Limits | None = None) -> Load:
    """Reads any format, as `assistant.knowledge.load` does."""
    from assistant.knowledge.load.open import load

    return lambda data, name: load(data, name=name, limits=limits or Limits())


def folder_files(root: Path, *, most: int = Limits().file_bytes) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """The files below a folder in order; hidden ones are skipped, links that lead out of it are refused; `most` as in `read_bytes`. Raises InvalidInput."""
    if not root.is_dir():
        raise InvalidInput(f"{root} is no folder", code="no_folder")
    base, files, problems = root.resolve(), [], []
    for place, folders, names in os.walk(root, followlinks=False):
        folders.sort()
        here = Path(place)
        for name in [each for each in folders if (here / each).is_symlink()]:
            folders.remove(name)
            problems.append(Problem((here / name).relative_to(root).as_posix(), "a link to a folder is not followed", "link"))
        folders[:] = [each for each in folders if not _SKIPPED.search(f"{(here / each).relative_to(root).as_posix()}/")]
        for name in sorted(names):
            path = here / name
            relative = path.relative_to(root).as_posix()
            if _SKIPPED.search(relative):
                continue
            if not path.resolve().is_relative_to(base):
                problems.append(Problem(relative, "the link leads out of the folder", "link"))
            elif not path.is_file():
                problems.append(Problem(relative, "no regular file", "unsupported"))
            else:
                files.append(File(relative, lambda path=path: read_bytes(path, most)))  # type: ignore[misc]
    return tuple(files), tuple(problems)


def read_bytes(path: Path, most: int = Limits().file_bytes) -> bytes:
    """A file's content. Raises UnreadableDocument (too_large) for one of more than `most` bytes, which is not read."""
    from assistant.knowledge.load.open import too_large

    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        data = b"" if size > most else file.read(most + 1)
    if max(size, len(data)) > most:
        raise too_large(max(size, len(data)), most)
    return data


def git_files(root: Path) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """The files of the last commit of a git folder, whatever lies uncommitted beside them. Raises InvalidInput when it is none or has no commit."""
    listed = _git(root, "ls-tree", "-r", "-z", "HEAD").decode("utf-8", "surrogateescape")
    files, problems = [], []
    for entry in filter(None, listed.split("\0")):
        mode, kind, digest, path = re.split(r"[ \t]", entry, maxsplit=3)
        if _SKIPPED.search(path):
            continue
        if kind != "blob" or mode == "120000":
            problems.append(Problem(path, "a link is not followed" if mode == "120000" else "a submodule is not read", "link"))
        else:
            files.append(File(path, lambda digest=digest: _git(root, "cat-file", "blob", digest)))  # type: ignore[misc]
    return tuple(sorted(files, key=lambda file: file.path)), tuple(problems)


def _git(root: Path, *arguments: str) -> bytes:
    try:
        run = subprocess.run([*_GIT, "-C", str(root), *arguments], capture_output=True, timeout=_GIT_SECONDS, check=False)
    except FileNotFoundError as error:
        raise InvalidInput("git is not installed", code="no_git") from error
    except subprocess.TimeoutExpired as error:
        raise InvalidInput(f"git did not answer within {_GIT_SECONDS:g} s", code="no_git") from error
    if run.returncode:
        raise InvalidInput(f"{root} is no git folder with a commit: {run.stderr.decode('utf-8', 'replace').strip()[:200]}", code="no_git")
    return run.stdout


def read_files(files: Sequence[File], reader: Reader, *, intake: Intake, progress: Callable[[int, int], None] | None = None) -> Read:
    """Every file as documents; one that cannot be read is a problem and stops nothing. `progress(done, all)` counts files."""
    found: dict[tuple[str, str], Source] = {}
    notes: list[Note] = []
    problems: list[Problem] = []
    given = dict(reader.known)
    reader = replace(reader, known=given)
    for number, file in enumerate(files, start=1):
        try:
            loaded = reader.load(file.data(), file.path.rpartition("/")[2])
            notes += [note for note in _notes(loaded, file.path) if note.repairs or note.quarantined or note.findings]
            problems += [Problem(f"{file.path}{PART}{each.where}", each.reason, each.code) for each in loaded.failures]
            for path, part in _parts(loaded, file.path):
                source = _document(part, path, reader, intake)
                given[path] = source.row.id
                other = found.setdefault((source.row.id, source.row.language), source)
                if other is not source:
                    problems.append(Problem(path, f"the id {source.row.id!r} is taken by {other.row.path} in the same language", "taken"))
        except AssistantError as error:
            problems.append(Problem(file.path, error.message, error.code))
        except OSError as error:
            problems.append(Problem(file.path, error.strerror or "cannot be read", "unreadable"))
        if progress is not None:
            progress(number, len(files))
    return Read(tuple(found.values()), tuple(notes), tuple(problems), tuple(file.path for file in files))


def _parts(loaded: Loaded, path: str) -> Iterator[tuple[str, Loaded]]:
    if loaded.text.strip():
        yield path, loaded
    for part in loaded.parts:
        yield from _parts(part, f"{path}{PART}{part.name}")


def _notes(loaded: Loaded, path: str) -> Iterator[Note]:
    findings = tuple((each.kind, each.quote) for each in loaded.findings)
    yield Note(path, loaded.format, dict(loaded.repairs), tuple(each.quote for each in loaded.quarantined), findings)
    for part in loaded.parts:
        yield from _notes(part, f"{path}{PART}{part.name}")


def _document(loaded: Loaded, path: str, reader: Reader, intake: Intake) -> Source:
    """One text as a document. Raises InvalidInput for a front matter that cannot be read."""
    front, body, line = split_front(loaded.text, path, reader)
    # an attachment or member is a document of its own
    front = _filled(front, reader.beside if PART not in path else replace(reader.beside, id="", title="", language=None))
    cut_off = len(loaded.text) - len(body)
    places = tuple((max(each.start - cut_off, 0), each.page, each.line, each.sheet) for each in loaded.places if each.start >= cut_off)
    stem, tongue = _stem(path)
    language = front.language or intake.language or tongue or _language(loaded, body, reader)
    heading = _HEADING.search(body)
    title = front.title or loaded.title or (heading_text(heading.group(1)) if heading else "") or stem
    title = " ".join(title.split())[:300]
    document = Document(
        id=front.id or (intake.id if PART not in path else "") or reader.known.get(path) or _slug(stem, path, reader.known),
        title=title,
        level=front.level or intake.level,
        language=language,
        path=path,
        body=body,
        body_line=line,
        products=front.product or intake.products or reader.names.products(title),
        audience=front.audience or intake.audience,
        valid_from=front.valid_from or intake.valid_from,
        valid_until=front.valid_until or intake.valid_until,
        owner=front.owner or intake.owner,
        route_to=front.route_to or intake.route_to,
        version=front.version,
    )
    _check(document, reader)
    source = document_source(document, names=reader.names, zone=reader.zone, at=reader.at, origin=reader.origin, places=places)
    return replace(source, places=places)


def _check(document: Document, reader: Reader) -> None:
    strange = [sku for sku in document.products if reader.skus and sku not in reader.skus]
    if strange:
        raise InvalidInput(f"unknown product {strange[0]!r}", code="front_matter")
    if document.route_to and reader.queues and document.route_to not in reader.queues:
        raise InvalidInput(f"unknown queue {document.route_to!r}", code="front_matter")
    if document.valid_from and document.valid_until and document.valid_until < document.valid_from:
        raise InvalidInput("valid_until is before valid_from", code="front_matter")


def split_front(text: str, path: str, reader: Reader) -> tuple[Front, str, int]:
    """(front matter, body, the line the body starts on); a text that only begins with a rule has no front matter. Raises InvalidInput for a broken one."""
    if not re.match(r"\ufeff?---[ \t]*\r?\n", text):
        return Front(), text, 1
    report = Report()
    node, body, line = read_front_matter(text.lstrip("\ufeff"), path, report)
    if node is None or node.kind != "map":
        return Front(), text, 1
    return front_of(_known(node), path, reader, report=report), body, line


def _known(node: Node) -> Node:
    """The keys that are ours: other programs' keys, and values of theirs under our names, say nothing; one that looks misspelt stays and is refused."""
    names = [each.name for each in fields(Front)]
    kept = []
    for key, line, value in node.entries:
        if key not in names and not get_close_matches(key, names, cutoff=_MISSPELT):
            continue
        said = value.text.strip()
        if (key == "version" and not said.isdecimal()) or (key in ("title", "owner", "id") and value.kind != "scalar"):
            continue
        if key == "language" and said not in ("zh", "en"):
            tongue = said[:2].lower()
            if tongue not in ("zh", "en") or said[2:3].isalpha():
                continue
            value = replace(value, value=tongue, text=tongue)
        kept.append((key, line, value))
    return replace(node, entries=tuple(kept))


def front_of(node: Node | None, path: str, reader: Reader, *, report: Report) -> Front:
    """A tree of keys as what is said about a document; problems found before are in `report`. Raises InvalidInput for a broken one."""
    front = Binder(path, report, reader.languages, reader.zone).read(Front, node) if node is not None else None
    if front is None or report.problems:
        raise InvalidInput(f"the front matter: {'; '.join(f'{each.key} {each.message}'.strip() for each in report.problems[:3])}", code="front_matter")
    return front


def _filled(front: Front, beside: Front) -> Front:
    """What a document says itself, and what is said beside it of the rest."""
    nothing = Front()
    return replace(front, **{each.name: getattr(beside, each.name) for each in fields(Front) if getattr(front, each.name) == getattr(nothing, each.name)})


def _language(loaded: Loaded, body: str, reader: Reader) -> str:
    if loaded.language_hint[:2] in ("zh", "en"):
        return loaded.language_hint[:2]
    found = detect_language(body[:_LOOKED_AT], sticky="en" if reader.languages[0] == "en" else "zh-Hans")
    return "en" if found == "en" else "zh"


def _stem(path: str) -> tuple[str, str]:
    """(the name without suffixes, the language it names)."""
    name = path.rpartition(PART)[2].rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    tongue = _TONGUE.match(stem)
    return (tongue["stem"], tongue["language"]) if tongue else (stem, "")


def _slug(stem: str, path: str, known: Mapping[str, str]) -> str:
    """An id for a path: the slug of its name, or with its folders before it where another path has that id already."""
    _, tongue = _stem(path)
    own = slug(stem)
    for folder in ("", *_folders(path)):
        name = f"{slug(folder)}-{own}" if folder else own
        holders = {each for each, given in known.items() if given == name}
        if not holders or all(_is_variant(each, path, tongue) for each in holders):
            return name
    return f"{slug(path)}"


def _folders(path: str) -> list[str]:
    """Ever longer pieces of what stands before the name: folders, and the file an attachment is part of."""
    parts = re.split(r"!?/", path)[:-1]
    return ["-".join(parts[at:]) for at in range(len(parts) - 1, -1, -1)]


def _is_variant(other: str, path: str, tongue: str) -> bool:
    """Whether two paths are one document in two languages: the same name in the same folder, another language."""
    stem, language = _stem(other)
    return bool(tongue and language and tongue != language) and stem == _stem(path)[0] and other.rpartition("/")[0] == path.rpartition("/")[0]


def slug(text: str) -> str:
    """Lower-case letters of any script, digits, dots and hyphens; at most 120 characters, never empty."""
    return _SLUG.sub("-", text).strip("-._").lower()[:120] or "document"
