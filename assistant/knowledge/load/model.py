"""What loading a file takes and gives: limits, places, findings, failures, the text; and the state of one run. It reads no format."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from assistant.errors import InvalidInput
from assistant.workspace.company import FileLimits
from assistant.workspace.model import SETTINGS

MB = 1_000_000


class UnreadableDocument(InvalidInput):
    """A file that gives no text; the message says what is wrong and what to do.

    `code`: empty, too_large, bomb, password, damaged, unsupported, scanned, timeout.
    """

    code = "unreadable"


# the name it has in this room
Limits: TypeAlias = FileLimits


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text from character `start` on stands in the file: page and line from 1, 0 where there are none; the name of a sheet or attachment."""

    start: int
    page: int = 0
    line: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should see: its kind, what it says (at most 300 characters), and where in the text it stands or stood (then `start == end`)."""

    kind: str
    quote: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A part that could not be read while the rest was: a page, a member, an attachment; `reason` says what to do."""

    where: str
    reason: str
    code: str = "unreadable"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as Markdown. Offsets are characters of `text`; `repairs` counts by kind; `quarantined` was taken out of the text and is never followed.

    `parts` are attachments and members, each a document of its own; an archive has no text.
    """

    name: str
    format: str
    title: str
    text: str
    places: tuple[Place, ...] = ()
    repairs: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    parts: tuple[Loaded, ...] = ()
    failures: tuple[Failure, ...] = ()
    language_hint: str = ""
    quarantined: tuple[Finding, ...] = ()


def place_at(places: Sequence[Place], at: int) -> Place:
    """The place of character `at` among places in order; one without page and line where nothing is known."""
    number = bisect_right(places, at, key=lambda place: place.start)
    return places[number - 1] if number else Place(at)


def shorten(text: str, most: int = 300) -> str:
    """`text` on one line, cut at `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


class Draft:
    """The Markdown of a file while it is written: lines with their places, counts, findings. Ends as the arguments of a `Loaded`."""

    def __init__(self, name: str, kind: str) -> None:
        self.name, self.format, self.title = name, kind, ""
        self.repairs: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self.failures: list[Failure] = []
        self.parts: list[Loaded] = []
        self.places: list[Place] = []
        self.size = 0
        self._lines: list[str] = []

    def put(self, text: str, *, page: int = 0, line: int = 0, sheet: str = "") -> None:
        """Adds a line (or several) as they are."""
        self.places.append(Place(self.size, page, line, sheet))
        self._lines.append(text)
        self.size += len(text) + 1

    def mark(self, start: int, *, page: int) -> None:
        """Notes that a page begins at character `start`, inside what was put last."""
        self.places.append(Place(start, page))

    def gap(self) -> None:
        """Adds an empty line unless there is one."""
        if self._lines and self._lines[-1]:
            self._lines.append("")
            self.size += 1

    def block(self, text: str, *, page: int = 0, line: int = 0, sheet: str = "") -> None:
        """Adds a paragraph, heading or table with an empty line before and after."""
        if not text:
            return
        self.gap()
        self.put(text, page=page, line=line, sheet=sheet)
        self.gap()

    def find(self, kind: str, quote: str = "") -> None:
        """Counts a finding; only the first 50 of a kind are quoted."""
        self.repairs[kind] += 1
        if quote and sum(each.kind == kind for each in self.findings) < 50:
            self.findings.append(Finding(kind, shorten(quote), self.size, self.size))

    def fail(self, where: str, reason: str, *, code: str = "unreadable") -> None:
        self.failures.append(Failure(where, reason, code))

    @property
    def text(self) -> str:
        return "\n".join(self._lines)


class Work:
    """One run over a file and everything in it: time spent, bytes unpacked, members counted. `reader` loads a part; a nested run shares the counts."""

    def __init__(self, limits: Limits, reader: Callable[[bytes, str, Work], Loaded]) -> None:
        self.limits = limits
        self.depth = 0
        self._reader = reader
        self._begun = time.perf_counter()
        self._unpacked = 0
        self._members = 0

    def check(self, done: str = "") -> None:
        """Raises UnreadableDocument(timeout) when the seconds are spent; to be called between pages, rows and members."""
        if time.perf_counter() - self._begun > self.limits.seconds:
            what = f" ({done})" if done else ""
            raise UnreadableDocument(f"reading takes longer than {self.limits.seconds:g} s{what}; split the file or {raise_it('seconds')}", code="timeout")

    def unpack(self, count: int) -> None:
        self._unpacked += count
        if self._unpacked > self.limits.unpacked_bytes:
            raise UnreadableDocument(
                f"unpacks to more than {size_text(self.limits.unpacked_bytes)}; send its files one by one or {raise_it('unpacked_bytes')}", code="bomb"
            )

    def member(self) -> None:
        self._members += 1
        if self._members > self.limits.members:
            raise UnreadableDocument(f"holds more than {self.limits.members:,} files; split it or {raise_it('members')}", code="bomb")

    def part(self, data: bytes, name: str, draft: Draft) -> None:
        """Loads an attachment or member into `draft`; what cannot be read becomes a failure line and stops nothing, except limits of the whole."""
        if self.depth >= self.limits.depth:
            draft.fail(name, f"lies more than {self.limits.depth} archives deep; unpack it first or {raise_it('depth')}", code="too_deep")
            return
        self.depth += 1
        try:
            part = self._reader(data, name, self)
        except UnreadableDocument as error:
            if error.code in ("bomb", "timeout"):
                raise
            draft.fail(name, error.message, code=error.code)
            return
        finally:
            self.depth -= 1
        draft.parts.append(part)
        draft.failures += [replace(each, where=f"{name}: {each.where}") for each in part.failures]


def raise_it(name: str, table: str = "knowledge.limits") -> str:
    """Which setting to change, for the end of an error."""
    return f"raise `{name}` in [{table}] of {SETTINGS}"


def over(count: int, most: int) -> str:
    """A size beside the limit it is over: in bytes where rounding would make the two look alike."""
    said, limit = size_text(count), size_text(most)
    return f"{said}, more than {limit}" if said != limit else f"{count:,} bytes, more than {most:,} bytes"


def size_text(count: int) -> str:
    """A number of bytes for people: 50 MB, 1.2 GB, 812 bytes."""
    for unit, factor in (("GB", 1000 * MB), ("MB", MB), ("kB", 1000)):
        if count >= factor:
            return f"{count / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{count} bytes"
