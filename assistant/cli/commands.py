"""The table of commands with their options; what they do stands in a module each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.given import Json, words
from assistant.cli.kb_commands import kb

app = typer.Typer(
    help="A customer-service assistant for B2B commerce.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
models = typer.Typer(help="Language models.", no_args_is_help=True)
workspace_app = typer.Typer(help="One company's folder: check it, see its schema.", no_args_is_help=True)
evaluate = typer.Typer(help="Run evaluation suites.", no_args_is_help=True)
keys = typer.Typer(help="Keys for programs.", no_args_is_help=True)
app.add_typer(kb, name="kb")
app.add_typer(workspace_app, name="workspace")
app.add_typer(models, name="model")
app.add_typer(evaluate, name="eval")
app.add_typer(keys, name="key")

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The company's folder.")]
State = Annotated[Path | None, typer.Option(help="The folder of everything that changes; the workspace's var/ by default.")]
Model = Annotated[str, typer.Option(help="The language model, such as openai:qwen3; none = the built-in engine, else what the settings say.")]
HERE = Path()


def _begin(workspace: Path) -> None:
    """Patterns come from the workspace's cache from the first import on; `Assistant.start` ends that."""
    from assistant.config import Config
    from assistant.text import patterns

    patterns.begin(Config(workspace).cache)


@app.command()
def chat(
    workspace: Workspace = HERE,
    as_: Annotated[str, typer.Option("--as", help='Who is chatting: "COMPANY/CONTACT"; the contact of [demo] by default.')] = "",
    clock: Annotated[str, typer.Option(help="Freeze business time, such as 2026-06-01T10:00:00+08:00.")] = "",
    state: State = None,
    model: Model = "",
    fresh: Annotated[bool, typer.Option("--fresh", help="Empty the state first, and start from the fixture.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="For programs: one JSON object per line, in and out.")] = False,
) -> None:
    """Chat as a customer, in the terminal or by JSON lines on standard input."""
    _begin(workspace)
    from assistant.cli.chat import run

    run(workspace, as_=as_, clock=clock, state=state, model=model, fresh=fresh, lines=json_)


@app.command("state")
def show_state(workspace: Workspace = HERE, state: State = None, json_: Json = False) -> None:
    """Orders, tickets and hand-offs as they stand."""
    from assistant.cli.show import state as run

    run(workspace, state=state, as_json=json_)


@app.command()
def inspect(
    text: Annotated[str, typer.Argument(help="A customer's message, in quotes.", callback=words)],
    workspace: Workspace = HERE,
    clock: Annotated[str, typer.Option(help="Business time, such as 2026-06-01T10:00:00+08:00.")] = "",
    json_: Json = False,
) -> None:
    """What is understood of a text: tokens, slots, dates, requests, mood, yes or no."""
    from assistant.cli.inspect import run

    run(text, workspace, clock=clock, as_json=json_)


@app.command()
def trace(
    turn: Annotated[str, typer.Argument(help="A turn's id, as `chat --json`, `kb impact` and the page name it: turn-…")],
    workspace: Workspace = HERE,
    state: State = None,
    json_: Json = False,
) -> None:
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
    anyone: Annotated[bool, typer.Option("--anyone", help="With --demo on an address that others reach: the staff's routes are open to all of them.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Empty the state first, and start from the fixture.")] = False,
    clock: Annotated[str, typer.Option(help="Freeze business time, such as 2026-06-01T10:00:00+08:00.")] = "",
    model: Model = "",
) -> None:
    """Serve the assistant over HTTP and WebSocket."""
    _begin(workspace)
    from assistant.cli.config import config_of
    from assistant.cli.serve import refuse_strangers, run

    if demo and not anyone:
        refuse_strangers(host)
    run(config_of(workspace, state=state, clock=clock, fresh=fresh, model=model), host=host, port=port, demo=demo)


@app.command()
def mcp(
    workspace: Workspace = HERE,
    state: State = None,
    clock: Annotated[str, typer.Option(help="Freeze business time, such as 2026-06-01T10:00:00+08:00.")] = "",
    page: Annotated[str, typer.Option(help="Where `assistant serve` is reached, for the addresses at which people confirm.")] = "http://127.0.0.1:8000",
    model: Model = "",
) -> None:
    """Serve one program over standard input and output (MCP). Its key comes in ASSISTANT_KEY; without one it reads public documents only."""
    _begin(workspace)
    from assistant.cli.mcp import run

    run(workspace, state=state, clock=clock, page=page, model=model)


@keys.command("make")
def make_key(
    workspace: Workspace = HERE,
    as_: Annotated[str, typer.Option("--as", help='The contact it speaks for: "COMPANY/CONTACT".')] = "",
    role: Annotated[str, typer.Option(help="Instead of a contact: knowledge or agent.")] = "",
    name: Annotated[str, typer.Option(help="What the key is called in the settings.")] = "program",
    permission: Annotated[list[str] | None, typer.Option(help="Narrow it to this permission of the contact's; may be given again.")] = None,
) -> None:
    """Print a new key once, and the lines for assistant.toml that let it in."""
    from assistant.cli.key import make

    make(as_, role, name=name, permissions=permission or (), workspace=workspace)


@app.command()
def doctor(workspace: Workspace = HERE, state: State = None, json_: Json = False) -> None:
    """What is wrong, and how to mend it."""
    from assistant.cli.doctor import run

    raise typer.Exit(run(workspace, state=state, as_json=json_))


@app.command()
def init(directory: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Write a small valid workspace of another trade to start from."""
    from assistant.cli.company import init as run

    run(directory)


@workspace_app.command("check")
def check(directory: Annotated[Path, typer.Argument(help="The company's folder; this one when left out.")] = HERE) -> None:
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
    suite: Annotated[Path, typer.Argument(help="The suite's YAML file.")],
    workspace: Workspace = HERE,
    trials: Annotated[int | None, typer.Option(help="Trials per scenario, each with other paraphrases; the suite's own number by default.")] = None,
    seed: Annotated[int | None, typer.Option(help="Chooses the paraphrases; the suite's own by default.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the JSON and JUnit reports.")] = None,
    model: Annotated[str, typer.Option(help="A language model to play with, such as openai:qwen3; without one the built-in engine plays alone.")] = "",
) -> None:
    """Run a suite of scenarios. Exit codes: 0 passed, 1 failed, 2 cannot run."""
    from assistant.cli.evaluate import run

    raise typer.Exit(run(suite, workspace, trials=trials, seed=seed, out=out, model=model))


@evaluate.command("models")
def compare_models(
    workspace: Workspace = HERE,
    against: Annotated[list[str] | None, typer.Option(help="A language model to compare with none, such as openai:qwen3; may be given again.")] = None,
    file: Annotated[Path | None, typer.Option(help="The cases; evals/data/open_wording.jsonl of the workspace by default.")] = None,
    only: Annotated[str, typer.Option(help="Only cases whose id begins so.")] = "",
    json_: Json = False,
) -> None:
    """Open questions without a model and with others, side by side, graded by patterns. Exit codes: 0 no case lost by a model, 1 some, 2 cannot run."""
    from assistant.cli.evaluate import models as run

    raise typer.Exit(run(workspace, against=against or (), file=file, only=only, as_json=json_))


@evaluate.command("calibrate")
def calibrate(
    workspace: Workspace = HERE,
    split: Annotated[str, typer.Option(help="The half of evals/data to learn from.")] = "dev",
    json_: Json = False,
) -> None:
    """Fit the confidence below which a person answers, per intent and language, from evals/data; kept in evals/calibration.json."""
    from assistant.cli.evaluate import calibrate as run

    raise typer.Exit(run(workspace, split=split, as_json=json_))


@models.command("test")
def try_model(
    model: Annotated[str, typer.Argument(help="The back end, such as openai:qwen3; those of the settings by default.")] = "",
    workspace: Workspace = HERE,
    json_: Json = False,
) -> None:
    """Try what a model can do, in at most two minutes each, and keep which tasks it is fit for. Exit code 1 when it is fit for none."""
    from assistant.cli.models import run

    raise typer.Exit(run(workspace, model=model, as_json=json_))


def _whole(group: typer.Typer) -> None:
    """Lists each command with its whole first sentence: a summary that the library makes itself is cut off in a narrow terminal."""
    for command in group.registered_commands:
        command.short_help = command.short_help or (command.callback.__doc__ or "" if command.callback else "").strip().splitlines()[0]
    for inner in group.registered_groups:
        if inner.typer_instance is not None:
            inner.short_help = inner.typer_instance.info.help
            _whole(inner.typer_instance)


_whole(app)
