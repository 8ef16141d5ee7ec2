"""Making back ends of settings: names, keys, files, and what is said when something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigError
from assistant.llm.back_ends import Given, key_of, make, make_route, named, options_of
from assistant.workspace.company import ModelSpec

KEY = "sk-a-key-that-nobody-may-see"
LOCAL = "http://127.0.0.1:9/v1"


def _given(root: Path, url: str = "", **secrets: str) -> Given:
    return Given(root, url, secrets.__getitem__, secrets.__contains__)


def test_a_setting_names_several_and_none_is_none() -> None:
    assert named("openai:qwen3, llama:small.gguf") == ("openai:qwen3", "llama:small.gguf")
    assert named("none") == named("") == ()


def test_no_model_for_any_task_is_no_route(tmp_path: Path) -> None:
    assert make_route(ModelSpec(), _given(tmp_path), use=()) is None
    assert make_route(ModelSpec(read=("none",)), _given(tmp_path), use=("none",)) is None


async def test_a_name_used_for_several_tasks_is_one_back_end_with_one_breaker(tmp_path: Path) -> None:
    spec = ModelSpec(url=LOCAL, read=("openai:small",), answer=("openai:large", "openai:small"))
    route = make_route(spec, _given(tmp_path), use=())
    assert route is not None
    assert route.serves("read")
    assert route.serves("answer")
    assert not route.serves("draft")
    assert sorted(found.model.name for found in route.back_ends()) == ["openai:large", "openai:small"]
    await route.close()


@pytest.mark.parametrize("name", ["gpt", "openai:", "cohere:x", ":x", "tape:record", "tape:loop:f:openai:x", "tape:record::openai:x", "llama:no-such.gguf"])
def test_a_name_that_is_none_is_told_with_what_would_be_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError):
        make(name, ModelSpec(url=LOCAL), _given(tmp_path))


def test_a_script_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.yaml"):
        make("scripted:absent.yaml", ModelSpec(), _given(tmp_path))


def test_a_missing_key_says_which_and_how(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="OPENAI_API_KEY"):
        key_of(ModelSpec(), _given(tmp_path))


def test_an_address_of_ones_own_needs_no_key(tmp_path: Path) -> None:
    assert key_of(ModelSpec(url=LOCAL), _given(tmp_path)) == ""
    assert key_of(ModelSpec(), _given(tmp_path, LOCAL)) == ""


def test_the_key_comes_from_the_variable_or_a_file_that_is_ones_own(tmp_path: Path) -> None:
    assert key_of(ModelSpec(key_env="MY_KEY"), _given(tmp_path, MY_KEY=KEY)) == KEY
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    file.chmod(0o600)
    assert key_of(ModelSpec(key_file="key"), _given(tmp_path)) == KEY
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600") as open_to_all:
        key_of(ModelSpec(key_file="key"), _given(tmp_path))
    assert KEY not in str(open_to_all.value)
    with pytest.raises(ConfigError, match="does not exist"):
        key_of(ModelSpec(key_file="other"), _given(tmp_path))


async def test_no_key_is_in_what_a_back_end_says_of_itself(tmp_path: Path) -> None:
    model = make("openai:qwen3", ModelSpec(url=LOCAL), _given(tmp_path, OPENAI_API_KEY=KEY))
    assert KEY not in repr(model)
    assert model.name == "openai:qwen3"
    await model.close()


async def test_the_settings_address_goes_before_the_environments(tmp_path: Path) -> None:
    model = make("openai:qwen3", ModelSpec(url="http://127.0.0.1:11/v1"), _given(tmp_path, LOCAL))
    assert "127.0.0.1:11" in repr(model)
    await model.close()


def test_options_are_json_where_they_can_be() -> None:
    assert options_of({"a": "1", "b": "true", "c": "x y", "d": '{"e": []}'}) == {"a": 1, "b": True, "c": "x y", "d": {"e": []}}
