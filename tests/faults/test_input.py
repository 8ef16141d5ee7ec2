"""Bad input: whatever comes in, exactly one answer goes out, an error says what was wrong, and the next message is served as if nothing had been.

Where each fault of the project's list is tested (fault: test):

    unknown keys, broken YAML, missing document, cyclic accessory edge   test_company (together, by the command), workspace/test_load (one by one)
    an order that vanished: preview to yes, list to pick, at the yes     test_orders
    a 100,000-character message; control characters; emoji; surrogates   test_input: LINES at the terminal, BODIES over REST
    an empty line; binary on standard input                              test_input
    a full disk                                                          test_disk (a real small file system), store/test_engine (groups of writes)
    a port in use                                                        test_start
    a corrupt Chroma folder                                              test_start, knowledge/test_index (kinds of damage)
    a corrupt SQLite file                                                test_start, store/test_engine (kinds of damage)
    an unwritable state folder                                           test_start
    two processes on one conversation                                    test_processes, store/test_crash
    a kill during `kb sync`                                              test_processes
    a kill at any step of an order change                                crash/test_kills
    a rule that was changed by mistake                                   literals/test_literals
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.api.faults import status_of, told
from assistant.api.server import make_app
from assistant.app import Assistant, Company, build
from assistant.cli.chat import Session
from assistant.config import Config
from assistant.errors import BackendUnavailable
from tests.faults.lines import LINES

ROOT = Path(__file__).parents[2]
DANA = "C2/Dana Cole"


@pytest.fixture
def assistant(company: Company, prepared: Path, tmp_path: Path) -> Assistant:
    from tests.conftest import MONDAY

    return build(Config(ROOT, shutil.copytree(prepared, tmp_path / "state"), clock=MONDAY), company=company)


def test_every_bad_line_at_the_terminal_gets_one_answer_and_the_next_is_served(assistant: Assistant) -> None:
    async def talk() -> tuple[dict[str, Any], dict[str, Any], int]:
        await assistant.start_briefly()
        answers = {}
        for name, raw, _ in LINES:
            session = Session(assistant, await assistant.principal(DANA))
            answers[name] = await session.line(raw)
        last = await Session(assistant, await assistant.principal(DANA)).line(b"Where is order 12360?")
        left = await assistant.recover()
        await assistant.close()
        return answers, last, left

    answers, last, left = asyncio.run(talk())
    codes = {name: answer.get("error", {}).get("code", "") for name, answer in answers.items()}
    assert codes == {name: code for name, _, code in LINES}
    assert all(answer["text"] for answer in answers.values() if "error" not in answer), "what is no error is answered in words"
    assert "8000" in answers["too long"]["error"]["message"]
    assert "12360" in answers["an order between control characters"]["text"]
    assert (last["action"], "12360" in last["text"], left) == ("reply", True, 0)
    assert all(json.dumps(answer, ensure_ascii=False).encode() for answer in answers.values()), "every answer can be printed"


def test_binary_on_standard_input_of_the_real_command(tmp_path: Path) -> None:
    noise = Random(7).randbytes(20_000).replace(b'{"', b"..")
    given = noise + b'\n\n{"text": "Where is order 12360?"}'
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "chat", "--workspace", str(ROOT), "--as", DANA]
    command += ["--clock", "2026-06-01T10:00:00+08:00", "--state", str(tmp_path), "--json"]
    done = subprocess.run(command, input=given, capture_output=True, timeout=100, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == given.count(b"\n") + 1, "one answer a line"
    assert all(("error" in answer) != ("turn" in answer) for answer in answers)
    assert "12360" in answers[-1]["text"]


@pytest.fixture
def client(assistant: Assistant) -> Iterator[TestClient]:
    asyncio.run(assistant.start_briefly())
    with TestClient(make_app(assistant, demo=True, examples=())) as opened:
        yield opened
    asyncio.run(assistant.close())


def test_a_full_disk_over_rest_claims_nothing_was_kept() -> None:
    error = BackendUnavailable("the disk is full at a secret place", code="disk_full")
    body = told(error)["error"]
    assert (status_of(error), body["code"]) == (503, "disk_full")
    assert "secret" not in body["message"]
    assert "kept" not in body["message"], "the message itself may be what did not fit"
    assert "again" in body["message"]


# (name, body, status, code or "" when it is answered)
BODIES: tuple[tuple[str, bytes, int, str], ...] = (
    ("too long", json.dumps({"text": "x" * 100_000}).encode(), 413, "too_long"),
    ("empty", b'{"text": ""}', 422, "empty"),
    ("no body", b"", 422, "invalid_input"),
    ("binary", b"\xff\xfe\x00\x80", 422, "invalid_input"),
    ("a broken object", b'{"text": "hi"', 422, "invalid_input"),
    ("nested without end", b'{"text":' + b"[" * 100_000, 400, "bad_request"),
    ("a lone surrogate", b'{"text": "\\ud800"}', 422, "invalid_unicode"),
    ("control characters", b'{"text": "\\u0000\\u0007 where is 12360 \\u001b[31m"}', 200, ""),
    ("emoji", '{"text": "😀👍🏽👩‍👩‍👧"}'.encode(), 200, ""),
    ("nothing that can be seen", '{"text": "\u202e\u200b\ufeff"}'.encode(), 200, ""),
)


def test_every_bad_body_over_rest_gets_one_answer_and_the_next_is_served(client: TestClient) -> None:
    conversation = client.post("/v1/conversations", json={"as": DANA}).json()["conversation"]
    url, kind = f"/v1/conversations/{conversation}/messages", {"content-type": "application/json"}
    found = {name: client.post(url, content=body, headers=kind) for name, body, _, _ in BODIES}
    wanted = {name: (status, code) for name, _, status, code in BODIES}
    assert {name: (answer.status_code, answer.json().get("error", {}).get("code", "")) for name, answer in found.items()} == wanted
    assert "8000" in found["too long"].json()["error"]["message"]
    good = client.post(url, json={"text": "Where is order 12360?"})
    assert (good.status_code, "12360" in good.json()["text"]) == (200, True)
    told = [entry for entry in client.get(url).json()["entries"] if entry.get("role") == "customer"]
    assert len(told) == 1 + sum(status == 200 for _, _, status, _ in BODIES), "what was refused is not in the log, and all else is"
