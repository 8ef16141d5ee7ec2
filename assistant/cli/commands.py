"""The table of commands with their options; what they do stands in a module each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.kb_commands import kb

app = typer.Typer(
    help="A customer-service assistant for B2B commerce.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
workspace_app = typer.Typer(help="One company's folder: check it, see its schema.", no_args_is_help=True)
evaluate = typer.Typer(help="Run evaluation suites.", no_args_is_help=True)
app.add_typer(kb, name="kb")
app.add_typer(workspace_app, name="workspace")
app.add_typer(evaluate, name="eval")

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The company's folder.")]
State = Annotated[Path | None, typer.Option(help="The folder of everything that changes; the workspace's var/ by default.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
HERE = Path()


@app.command()
def chat(
    workspace: Workspace = HERE,
    as_: Annotated[str, typer.Option("--as", help='Who is chatting: "COMPANY/CONTACT".')] = "",
    clock: Annotated[str, typer.Option(help="Freeze business time at this ISO instant.")] = "",
    state: State = None,
    model: Annotated[str, typer.Option(help="The language model; none = the built-in engine.")] = "none",
    fresh: Annotated[bool, typer.Option("--fresh", help="Start from the fixture.")] = False,
    json_: Json = False,
) -> None:
    """Chat as a customer, in the terminal or by JSON lines on standard input."""
    from assistant.cli.chat import run

    run(workspace, as_=as_, clock=clock, state=state, model=model, fresh=fresh, lines=json_)


@app.command("state")
def show_state(workspace: Workspace = HERE, state: State = None, json_: Json = False) -> None:
    """Orders, tickets and hand-offs as they stand."""
    from assistant.cli.show import state as run

    run(workspace, state=state, as_json=json_)


@app.command()
def inspect(text: str, workspace: Workspace = HERE, clock: Annotated[str, typer.Option(help="Business time.")] = "", json_: Json = False) -> None:
    """What is understood of a text: tokens, slots, dates, requests, mood, yes or no."""
    from assistant.cli.inspect import run

    run(text, workspace, clock=clock, as_json=json_)


@app.command()
def trace(turn: str, workspace: Workspace = HERE, state: State = None, json_: Json = False) -> None:
    """The steps of a turn with their times."""
    from assistant.cli.show import trace as run

    run(turn, workspace, state=state, as_json=json_)


@app.command()
def serve(
    workspace: Workspace = HERE,
    state: State = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; the next free one if it is taken.")] = 8000,
    demo: Annotated[bool, typer.Option("--demo", help="With the demonstration's page and staff routes.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start from the fixture.")] = False,
    clock: Annotated[str, typer.Option(help="Freeze business time at this ISO instant.")] = "",
) -> None:
    """Serve the assistant over HTTP and WebSocket."""
    from assistant.cli.serve import run

    run(workspace, state=state, host=host, port=port, demo=demo, fresh=fresh, clock=clock)


@app.command()
def doctor(workspace: Workspace = HERE, state: State = None) -> None:
    """What is wrong, and how to mend it."""
    from assistant.cli.doctor import run

    raise typer.Exit(run(workspace, state=state))


@app.command()
def init(directory: Path) -> None:
    """Write a small valid workspace of another trade to start from."""
    from assistant.cli.company import init as run

    run(directory)


@workspace_app.command("check")
def check(directory: Annotated[Path, typer.Argument()] = HERE) -> None:
    """Every mistake in a workspace, with file, line and advice."""
    from assistant.cli.company import check as run

    raise typer.Exit(run(directory))


@workspace_app.command("schema")
def schema(file: Annotated[str, typer.Argument(help="One file's schema; all of them when left out.")] = "") -> None:
    """The JSON Schemas of the workspace's files."""
    from assistant.cli.company import schema as run

    raise typer.Exit(run(file))


@evaluate.command("run")
def run_suite(
    suite: Path,
    workspace: Workspace = HERE,
    trials: Annotated[int | None, typer.Option(help="Trials per scenario, each with other paraphrases; the suite's own number by default.")] = None,
    seed: Annotated[int | None, typer.Option(help="Chooses the paraphrases; the suite's own by default.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the JSON and JUnit reports.")] = None,
) -> None:
    """Run a suite of scenarios. Exit codes: 0 passed, 1 failed, 2 cannot run."""
    from assistant.cli.evaluate import run

    raise typer.Exit(run(suite, workspace, trials=trials, seed=seed, out=out))


@evaluate.command("calibrate")
def calibrate(
    workspace: Workspace = HERE,
    split: Annotated[str, typer.Option(help="The half of evals/data to learn from.")] = "dev",
    json_: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Fit the confidence below which a person answers, per intent and language, from evals/data; kept in evals/calibration.json."""
    from assistant.cli.evaluate import calibrate as run

    raise typer.Exit(run(workspace, split=split, as_json=json_))
