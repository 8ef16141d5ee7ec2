"""The commands on documents, as a program calls them: one JSON document on standard output, exit codes, and a life from add to proven removal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from typer.testing import CliRunner

from assistant.cli.commands import app
from assistant.config import Config
from assistant.errors import Conflict, NotFound
from assistant.workspace.scaffold import init_workspace
from tests.conftest import ROOT

MANUAL = """# Press manual

## Torque of the press
The gold press is tightened to 431 N·m with the long spanner, and never by hand.
"""


class Desk:
    """The commands over one company and state; all of them share the caches of one."""

    caches: ClassVar[Path]

    def __init__(self, root: Path) -> None:
        self.root = root
        init_workspace(root / "company")
        (root / "company" / "var").symlink_to(self.caches)
        self.options = ["--workspace", str(root / "company"), "--state", str(root / "state")]

    def run(self, *words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["kb", *words, *self.options])
        if isinstance(result.exception, Exception) and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.stdout

    def json(self, *words: str, code: int = 0) -> Any:
        out = self.run(*words, "--json", code=code)
        assert out.count("\n") == 1, "one document on standard output"
        return json.loads(out)

    def file(self, name: str, text: str = MANUAL) -> str:
        path = self.root / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture(scope="module", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> None:
    Desk.caches = tmp_path_factory.mktemp("var")
    # the encoder's weights as the demo has them, where somebody unpacked them before
    (Desk.caches / "cache").mkdir()
    for weights in Config(ROOT).cache.glob("encoder-*.bin"):
        (Desk.caches / "cache" / weights.name).symlink_to(weights)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_from_add_to_proven_removal(desk: Desk) -> None:
    added = desk.json("add", desk.file("press.md"), "--by", "mia")
    assert (added["added"], added["documents"], added["failed"]) == (1, [{"document": "press", "language": "en", "version": 1}], [])
    (passage,) = desk.json("search", "torque of the gold press", "-k", "1")["passages"]
    assert {"document", "version", "section", "title", "text", "page", "score"} <= passage.keys()
    assert (passage["document"], passage["version"], passage["section"], passage["page"]) == ("press", 1, "en/torque-of-the-press", None)
    desk.json("add", desk.file("press.md", MANUAL.replace("431", "440")))
    (variant,) = desk.json("diff", "press")["variants"]
    assert [word["text"] for section in variant["sections"] for word in section["words"] if word["mark"] == "added"] == ["440"]
    assert "[-431-]{+440+}" in desk.run("diff", "press")
    assert desk.json("rollback", "press")["published"] == ["en@3"]
    assert desk.json("retire", "press")["retired"] == ["en"]
    assert desk.json("publish", "press", "--by", "noa")["approver"] == "noa"
    shown = desk.json("show", "press")
    assert [act["act"] for act in reversed(shown["acts"])] == ["add", "change", "rollback", "retire", "publish"]
    removed = desk.json("rm", "press", "--prove")
    assert (removed["hits"], removed["purged"] > 0, removed["probes"] > 0, removed["transcripts"]) == (0, True, True, "kept")
    assert desk.json("status")["tombstones"][0]["id"] == "press"
    again = desk.json("rm", "press", "--prove", "--shred")
    assert (again["hits"], again["purged"], again["probes"] > 0, again["transcripts"]) == (0, 0, True, "0 rows blacked out")
    assert "was removed before" in desk.run("rm", "press")
    assert "press" not in {p["document"] for p in desk.json("search", "torque of the gold press")["passages"]}


def test_what_cannot_be_read_is_listed_and_the_rest_comes_in(desk: Desk) -> None:
    folder = desk.root / "in"
    desk.file("good.md"), desk.file("empty.md", "")
    told = desk.json("add", str(folder), code=1)
    assert (told["added"], [each["where"] for each in told["failed"]]) == (1, ["empty.md"])
    assert desk.json("sync", code=1)["added"] > 0
    assert desk.json("sync", "--dry-run", code=1)["dry_run"] is True


def test_an_export_is_a_folder_that_comes_back(desk: Desk, tmp_path: Path) -> None:
    desk.run("sync")
    files = desk.json("export", str(tmp_path / "out"))["files"]
    other = Desk(tmp_path / "other")
    assert (len(files) > 3, other.json("add", str(tmp_path / "out"))["added"]) == (True, len(files))


def test_mistakes_are_told(desk: Desk) -> None:
    for words in (("show", "nothing"), ("rm", "nothing"), ("add", "nothing.md"), ("rollback", "nothing")):
        with pytest.raises(NotFound):
            desk.run(*words)
    desk.run("sync")
    with pytest.raises(Conflict):
        desk.run("rm", "catalog")
    assert desk.run("doctor").endswith("nothing wrong\n")
    assert "cut 0" in desk.run("reindex")


def test_sources_citations_and_whole_names(desk: Desk) -> None:
    name = "an-installation-manual-with-a-very-long-name-indeed-of-more-than-eighty-characters"
    folder = Path(desk.file(f"{name}.md")).parent
    desk.json("add", str(folder))
    assert name in desk.run("status")
    found = desk.json("open", f"{name}@1#en/torque-of-the-press")
    assert (found["path"], found["line"], found["state"]) == (f"{name}.md", 4, "live")
    (listed,) = desk.json("source", "list")["sources"]
    assert (listed["origin"], listed["options"]["audience"]) == (f"folder:{folder}", "public")
    assert desk.json("source", "rm", str(folder), "--by", "mia") == {"origin": f"folder:{folder}", "documents": [name], "retired": False}
