"""The log's shape: one JSON object a line on standard error, and nothing below the level."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import structlog

from assistant.api.logs import configure_logs


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_a_line_is_one_json_object_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(as_json=True)
    structlog.get_logger("assistant.api").info("request", route="/v1/company", status=200)
    told = capsys.readouterr()
    line = json.loads(told.err)
    assert (line["event"], line["level"], line["status"], told.out) == ("request", "info", 200, "")
    assert line["timestamp"].endswith("Z")


def test_what_is_below_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(level="warning")
    structlog.get_logger("assistant.api").info("request")
    structlog.get_logger("assistant.api").error("bug", reference="er-1")
    told = capsys.readouterr().err
    assert "request" not in told
    assert "er-1" in told
