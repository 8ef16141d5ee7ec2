"""The commands on thumbs and corrections: give one, see what they say, propose a change of ranking from them, decide on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.config import config_of
from assistant.cli.given import Json, present, read_settings
from assistant.cli.kb_open import opened, say
from assistant.cli.table import table
from assistant.errors import InvalidInput

feedback = typer.Typer(help="Thumbs and corrections on answers, and changes of ranking proposed from them.", no_args_is_help=True)

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The company's folder.")]
State = Annotated[Path | None, typer.Option(help="The folder of everything that changes; the workspace's var/ by default.")]
By = Annotated[str, typer.Option(help="Who does it, for the record.")]
Days = Annotated[int, typer.Option(help="Feedback of the last so many days.")]
Number = Annotated[int, typer.Argument(help="The proposal's number.")]
HERE = Path()


@feedback.command("add")
def add(
    turn: Annotated[str, typer.Argument(help="A turn's id, as `chat --json` and the page name it: turn-…")],
    workspace: Workspace = HERE,
    state: State = None,
    up: Annotated[bool, typer.Option("--up", help="The answer was good.")] = False,
    down: Annotated[bool, typer.Option("--down", help="The answer was bad.")] = False,
    right: Annotated[str, typer.Option(help="Where the right answer stands: document#section, or document.")] = "",
    text: Annotated[str, typer.Option(help="Why.")] = "",
    by: By = "operator",
    json_: Json = False,
) -> None:
    """Say what you think of a turn's answer."""
    from assistant.knowledge.feedback import give

    if up and down:
        raise InvalidInput("a thumb is up or down", code="bad_option")
    with opened(workspace, state=state, who=by) as library:
        given = give(library, turn, thumb=int(up) - int(down), right=right, text=text)
    say(given) if json_ else print(f"kept for {given.turn}")


@feedback.command("list")
def listed(workspace: Workspace = HERE, state: State = None, days: Days = 90, json_: Json = False) -> None:
    """What was said, as labelled questions, and what was proposed from it."""
    from assistant.evaluation import retrieval_state, retrieval_tuning
    from assistant.knowledge.feedback import as_json, collected

    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        found, made = collected(held.knowledge.library("operator"), days=days), retrieval_tuning.changes(held)
    if json_:
        say({**as_json(found), "changes": made})
        return
    print(f"{found.up} up, {found.down} down, {found.corrections} corrections in {days} days")
    table("labelled questions", ("turn", "question", "answered by"), [
        (each.id.removeprefix("feedback-"), each.question, ", ".join(each.sections or each.documents)) for each in found.cases
    ])  # fmt: skip
    for turn, question in found.open:
        print(f"bad, and nobody said what is right: {question}   ({turn})")
    for each in made:
        print(
            f"change {each['n']}: {each['state']}, proposed by {each['by']}{', ' + each['decided_by'] if each['decided_by'] else ''}: {_moves(each['moved'])}"
        )


@feedback.command("propose")
def propose(
    workspace: Workspace = HERE,
    state: State = None,
    days: Days = 90,
    settings: Annotated[Path | None, typer.Option(callback=present, help="A JSON file of settings to judge instead of looking for some.")] = None,
    by: By = "operator",
    json_: Json = False,
) -> None:
    """Look for settings that serve the feedback better, and judge them on the labelled questions; nothing moves until it is approved."""
    from assistant.evaluation import retrieval_state, retrieval_tuning

    given = read_settings(settings) if settings is not None else None
    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        found = retrieval_tuning.proposed(held, by=by, days=days, settings=given)
    if json_:
        say(found)
        return
    rows = [(name, *(f"{found.before[name][figure]:.3f} → {found.after[name][figure]:.3f}" for figure in retrieval_tuning.FIGURES)) for name in found.before]
    table(f"proposal {found.n}: {', '.join(f'{name} {value}' for name, value in found.settings.items())}", ("questions", *retrieval_tuning.FIGURES), rows)
    print(
        f"`assistant kb feedback approve {found.n} --by NAME` applies it" if found.sound else "labelled questions would be served worse: it cannot be approved"
    )


@feedback.command("approve")
def approve(n: Number, workspace: Workspace = HERE, state: State = None, by: By = "", json_: Json = False) -> None:
    """Apply a proposal; a running server follows within seconds."""
    _decide(n, "approve", workspace, state=state, by=by, as_json=json_)


@feedback.command("reject")
def reject(n: Number, workspace: Workspace = HERE, state: State = None, by: By = "", json_: Json = False) -> None:
    """Put a proposal aside."""
    _decide(n, "reject", workspace, state=state, by=by, as_json=json_)


@feedback.command("revert")
def revert(n: Number, workspace: Workspace = HERE, state: State = None, by: By = "", json_: Json = False) -> None:
    """Take an applied change back: the fitted settings serve again."""
    _decide(n, "revert", workspace, state=state, by=by, as_json=json_)


def _decide(n: int, act: str, workspace: Path, *, state: Path | None, by: str, as_json: bool) -> None:
    from assistant.evaluation import retrieval_state, retrieval_tuning

    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        done = retrieval_tuning.decided(held, n, act, by=by)
    say(done) if as_json else print(f"change {n} is {done['state']}")


def _moves(moved: dict[str, Any]) -> str:
    return ", ".join(f"{name} {old} → {new}" for name, (old, new) in moved.items())
