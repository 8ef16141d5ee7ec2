"""Settings come from the environment and the command line; unknown and unreadable ones are refused with advice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.config import Config, load_config
from assistant.errors import ConfigError


def test_defaults() -> None:
    config = load_config(environment={"PATH": "/bin"})
    assert config == Config(state=Path("var"))
    assert config.model == ""


def test_the_command_line_wins_over_the_environment() -> None:
    environment = {"ASSISTANT_PORT": "9000", "ASSISTANT_WORKSPACE": "shop", "ASSISTANT_LOG_JSON": "yes"}
    config = load_config({"port": 9100, "model": "", "state": None}, environment=environment)
    assert (config.port, config.workspace, config.state, config.log_json, config.model) == (9100, Path("shop"), Path("shop/var"), True, "")
    assert config.cache == Path("shop/var/cache")


def test_a_clock_needs_its_offset() -> None:
    config = load_config({"clock": "2026-06-01T10:00:00+08:00"}, environment={})
    assert config.clock is not None
    assert config.clock.astimezone(UTC) == datetime(2026, 6, 1, 2, tzinfo=UTC)
    with pytest.raises(ConfigError, match="needs an offset"):
        load_config({"clock": "2026-06-01T10:00:00"}, environment={})


def test_every_wrong_setting_is_named_at_once() -> None:
    environment = {"ASSISTANT_PROT": "1", "ASSISTANT_PORT": "http", "ASSISTANT_LOG_LEVEL": "loud", "ASSISTANT_CLOCK": "noon", "ASSISTANT_FRESH": "maybe"}
    with pytest.raises(ConfigError) as raised:
        load_config(environment=environment)
    shown = "\n".join(str(problem) for problem in raised.value.problems)
    assert len(raised.value.problems) == 5
    assert "ASSISTANT_PROT: unknown setting (did you mean ASSISTANT_PORT?)" in shown
    assert "not one of debug, info, warning, error" in shown


def test_a_secret_that_is_not_set_is_an_error() -> None:
    with pytest.raises(ConfigError, match="ASSISTANT_TEST_TOKEN_THAT_IS_NOT_SET is not set"):
        Config().secret("ASSISTANT_TEST_TOKEN_THAT_IS_NOT_SET")
