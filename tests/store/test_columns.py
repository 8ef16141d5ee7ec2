"""Values go into columns in one form and come out as they were."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
import sqlalchemy as sa

from assistant.store.columns import Instant, dump_json, hash_json, plain
from assistant.types import Line


def test_instants_are_kept_in_utc_and_sort_as_text() -> None:
    bind = Instant().process_bind_param
    dialect = sa.create_engine("sqlite://").dialect
    shanghai = datetime(2026, 6, 1, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    assert bind(shanghai, dialect) == "2026-06-01T02:00:00.000000+00:00"
    assert bind(None, dialect) is None
    texts = [bind(shanghai + timedelta(microseconds=n), dialect) for n in (0, 1, 999_999, 10**9)]
    assert texts == sorted(texts)  # type: ignore[type-var]
    assert Instant().process_result_value(texts[1], dialect) == shanghai + timedelta(microseconds=1)
    with pytest.raises(ValueError, match="time zone"):
        bind(datetime(2026, 6, 1), dialect)


def test_json_is_compact_readable_and_strict() -> None:
    value = {"b": "扬程", "a": (Line("P-100", 1, 2), date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=UTC), {"x"}, MappingProxyType({"k": None}))}
    assert dump_json(value) == '{"b":"扬程","a":[{"sku":"P-100","quantity":1,"price":2},"2026-06-01","2026-06-01T00:00:00+00:00",["x"],{"k":null}]}'
    assert plain(value)["a"][0] == {"sku": "P-100", "quantity": 1, "price": 2}  # type: ignore[index,call-overload]
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump_json({"a": float("nan")})
    with pytest.raises(TypeError):
        dump_json({"a": object()})


def test_a_hash_depends_on_the_values_only() -> None:
    assert hash_json({"a": 1, "b": [1, 2]}) == hash_json({"b": (1, 2), "a": 1})
    assert len({hash_json(value) for value in ({}, {"a": 1}, {"a": "1"}, {"a": 1.5}, {"a": None}, [], [1], "1", 1)}) == 9
