"""The commands on sources that sync reads, and the one that opens a citation at its place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.given import Json
from assistant.cli.kb_open import opened, say

source = typer.Typer(help="The folders, git folders and addresses that `kb sync` reads.", no_args_is_help=True)
places = typer.Typer()

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The company's folder.")]
State = Annotated[Path | None, typer.Option(help="The folder of everything that changes; the workspace's var/ by default.")]
HERE = Path()


@source.command("list")
def listed(workspace: Workspace = HERE, state: State = None, json_: Json = False) -> None:
    """What sync reads, when it did last, and what is assumed of its documents."""
    from assistant.knowledge.library import registered

    with opened(workspace, state=state) as library:
        found = registered(library)
    if json_:
        say({"sources": [{"origin": origin, "synced": synced, "options": dict(options)} for origin, (options, synced) in found.items()]})
        return
    for origin, (options, synced) in found.items():
        said = ", ".join(f"{name} {value}" for name, value in options.items() if value)
        print(f"{origin}\n    synced {synced:%Y-%m-%d %H:%M}; {said}" if synced else f"{origin}\n    never synced; {said}")
    if not found:
        print("no source; `assistant kb add FOLDER` makes one")


@source.command("rm")
def remove(
    target: Annotated[str, typer.Argument(help="A source as it was added, or its origin as `list` shows it.")],
    workspace: Workspace = HERE,
    state: State = None,
    retire: Annotated[bool, typer.Option("--retire", help="Take its documents out of every answer too.")] = False,
    by: Annotated[str, typer.Option(help="Who does it, for the record.")] = "",
    json_: Json = False,
) -> None:
    """Let sync forget a source; its documents stay unless --retire."""
    from assistant.knowledge.library import unregister

    with opened(workspace, state=state, who=by or "operator") as library:
        origin, documents = unregister(library, target, retire=retire)
    if json_:
        say({"origin": origin, "documents": list(documents), "retired": retire})
        return
    print(f"{origin} is no longer read; {len(documents)} documents {'retired' if retire else 'stay as they are'}")


@places.command("open")
def open_(
    citation: Annotated[str, typer.Argument(help="A place as answers cite it: document@version#section.")],
    workspace: Workspace = HERE,
    state: State = None,
    language: Annotated[str, typer.Option(help="One language variant only: zh or en.")] = "",
    start: Annotated[int, typer.Option(help="Where the quote begins in the section.")] = 0,
    json_: Json = False,
) -> None:
    """Open a citation: file, page and line, and what stands there in that version."""
    from assistant.knowledge.overview import cited

    with opened(workspace, state=state) as library:
        found = cited(library, citation, language=language, start=start)
    if json_:
        say(found)
        return
    place = [found["path"] or found["origin"], *(f"{name} {found[name]}" for name in ("sheet", "page", "line") if found[name])]
    print(f"{', '.join(place)}  ({found['state']}, {found['language']})\n{found['title']}{' > ' + found['heading'] if found['heading'] else ''}\n")
    print(found["text"])
