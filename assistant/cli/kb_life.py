"""Commands on one document: show it, compare its versions, publish, review, roll back, retire, remove it and prove it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.kb_open import opened, say
from assistant.cli.table import table

if TYPE_CHECKING:
    from assistant.knowledge.library import Library


def show(document: str, workspace: Path, *, state: Path | None, language: str, version: int, as_json: bool) -> None:
    """A document's head, versions, acts and text. Raises NotFound."""
    from assistant.knowledge.overview import one

    with opened(workspace, state=state) as library:
        found = one(library, document, language=language, version=version)
    if as_json:
        say(found)
        return
    table(f"versions of {document}", ("language", "version", "state", "created", "published", "approver", "origin"), [
        (v["language"], str(v["version"]), v["state"], str(v["created"])[:16], str(v["published"] or "-")[:16], v["approver"], v["origin"])
        for v in found["versions"]
    ])  # fmt: skip
    for act in found["acts"][:12]:
        print(f"{str(act['at'])[:16]} {act['who']}: {act['act']} {act['language']}@{act['version']}")
    for text in found["texts"]:
        print(f"\n--- {text['language']}@{text['version']} {text['title']} ({text['level']}, {text['audience']})\n{text['text']}")


def diff(document: str, workspace: Path, *, state: Path | None, language: str, numbers: tuple[int, int], as_json: bool) -> None:
    """What changed between two versions; the last two when no numbers are given. Raises NotFound, Conflict."""
    from assistant.knowledge.overview import differences

    with opened(workspace, state=state) as library:
        found = differences(library, document, language=language, numbers=numbers)
    if as_json:
        say(found)
        return
    from rich.console import Console
    from rich.text import Text

    console, styles = Console(), {"same": "", "added": "bold green", "removed": "red strike"}
    for each in found["variants"]:
        console.print(Text(f"{document} ({each['language']}) {each['from']} → {each['to']}", style="bold"))
        for section in each["sections"]:
            if section["change"] == "same":
                continue
            console.print(Text(f"\n{section['change']}: {section['heading'] or section['section']}", style="cyan"))
            line = Text()
            for word in section["words"]:
                mark = {"added": "{+", "removed": "[-"}.get(word["mark"], "") if not console.is_terminal else ""
                close = {"{+": "+}", "[-": "-]"}.get(mark, "")
                line.append(f"{mark}{word['text']}{close}", style=styles[word["mark"]])
            console.print(line)
        if all(section["change"] == "same" for section in each["sections"]):
            console.print("no difference in the text")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a command works, for whom, and how it answers."""

    workspace: Path
    state: Path | None
    by: str
    as_json: bool

    def does(self, document: str, act: Callable[[Library], dict[str, Any]]) -> None:
        """Does one thing to a document and tells what came of it. Raises NotFound, Conflict."""
        with opened(self.workspace, state=self.state, who=self.by or "operator") as library:
            found = act(library)
        if self.as_json:
            say({"document": document, **found})
        else:
            print(f"{document}: " + ", ".join(f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}" for name, value in found.items()))


def publish(desk: Desk, document: str, *, language: str, version: int) -> None:
    """Makes a draft, a version under review or a retired one live; whoever does it is its approver."""
    from assistant.knowledge import life

    def act(library: Library) -> dict[str, Any]:
        done = life.publish(library.writing(), document, library.names, language=language, version=version)
        return {"published": [f"{each.row.language}@{each.row.version}" for each in done], "approver": library.who}

    desk.does(document, act)


def submit(desk: Desk, document: str, *, language: str) -> None:
    """Hands drafts in for review."""
    from assistant.knowledge import life

    desk.does(document, lambda library: {"in review": [each.version for each in life.submit(library.writing(), document, language=language)]})


def rollback(desk: Desk, document: str, *, language: str, version: int) -> None:
    """Makes a new version with the text of an old one."""
    from assistant.knowledge import life

    def act(library: Library) -> dict[str, Any]:
        done = life.rollback(library.writing(), document, library.names, language=language, version=version)
        return {"published": [f"{each.row.language}@{each.row.version}" for each in done]}

    desk.does(document, act)


def retire(desk: Desk, document: str, *, language: str, reason: str) -> None:
    """Takes a document out of every answer and keeps it."""
    from assistant.knowledge import life

    desk.does(document, lambda library: {"retired": list(life.retire(library.writing(), document, language=language, reason=reason))})


# a server that lives follows within a second or two; one that starts with many documents takes them in first
PATIENCE_SECONDS = 900.0


def _waits(seconds: float) -> None:
    print(f"its rows are gone; waiting for the running server to follow ({seconds:.0f} s)", file=sys.stderr, flush=True)


def remove(desk: Desk, document: str, *, reason: str, prove: bool, shred: bool) -> int:
    """Removes a document and, if asked, proves it. 1 when the probe finds anything of it. Raises NotFound, Conflict, BackendUnavailable."""
    from assistant.knowledge.purge import remove as run

    with opened(desk.workspace, state=desk.state, who=desk.by or "operator") as library:
        found = run(library, document, reason=reason, prove_it=prove, shred=shred, told=_waits, patience=PATIENCE_SECONDS)
    probes = {each.store: {"probes": each.probes, "hits": each.hits} for each in found.probes}
    if desk.as_json:
        kept = "kept" if found.redacted is None else f"{found.redacted} rows blacked out"
        numbers = {"purged": found.purged, "probes": sum(each.probes for each in found.probes), "hits": found.hits}
        say({"document": document, **numbers, "stores": probes, "rows": found.rows, "index": found.index, "transcripts": kept})
    else:
        gone = "was removed before" if found.again and not found.purged else f"{found.purged} rows and vectors purged"
        print(f"{document}: {gone}; index: {found.index}")
        for each in found.probes:
            print(f"  {each.store:<14} {each.probes:>6} probes, {each.hits} hits")
        for name in found.left_bytes:
            print(f"  its words are still in {name}", file=sys.stderr)
        print("stored conversations keep what was quoted from it; --shred blacks that out" if found.redacted is None else f"{found.redacted} rows blacked out")
        print("a tombstone keeps sync from bringing it back; `assistant kb add` with its file or id does")
    return 1 if found.hits else 0
